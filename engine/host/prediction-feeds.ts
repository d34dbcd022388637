import { prepareBatches } from '../../core/forecast/batch-source.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { splitBorders } from '../../core/forecast/split.ts';
import type { SampleFeeds } from '../../core/forecast/target-batches.ts';
import type { WindowSettings } from '../../core/forecast/windows.ts';
import type { Scaling } from '../training/dataset.ts';

/** Windows alone, with nothing hidden: nothing is known of what follows them. */
export function predictionFeeds(table: SeriesTable, settings: WindowSettings, { scaler, labels }: Pick<Scaling, 'scaler' | 'labels'>): SampleFeeds {
  const inputs = prepareBatches(table, { settings, borders: splitBorders(settings.split, table) }, scaler, labels);
  return { inputs, hides: false, labels: null, targets: [] };
}
