import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Where } from '../diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { SeriesTable } from './series-table.ts';
import { checkSplit, splitBorders, type Part, type SplitBorders, type SplitSettings } from './split.ts';
import { windowObstacles, type Obstacle } from './window-obstacles.ts';
import { reportWindows } from './window-reports.ts';

/** Known values that are hidden from the network, to be told by it. */
export interface HidingSettings {
  /** Positions of columns in the table. */
  readonly columns: readonly number[];
  /** Of what is known, and how many time steps a hidden stretch lasts on average. */
  readonly share: number;
  readonly run: number;
  /** Whether the mean of what is visible in a window is taken from its values. */
  readonly centers: boolean;
}

export interface WindowSettings {
  /** Input rows of a sample. */
  readonly window: number;
  /** Rows between the starts of neighbouring windows; the first starts at row 0. */
  readonly stride: number;
  /** Rows forecast after the origin; 0 where nothing is forecast. */
  readonly horizon: number;
  readonly split: SplitSettings;
  /** Positions of columns in the table, in the order of the model's features. */
  readonly inputColumns: readonly number[];
  readonly targetColumns: readonly number[];
  /** How much each step of the horizon counts in the loss; null: all alike. */
  readonly horizonWeights: readonly number[] | null;
  /** The horizon's targets at every step of the window instead of after its last step only. */
  readonly sequenceTargets: boolean;
  /** A feature beside each input column says where it has a value; missing ones are then no obstacle. */
  readonly mask: boolean;
  /** Names of labels whose numbers are features after columns and masks. */
  readonly labels: readonly string[];
  /** Names of labels whose classes, by number, are the last features. */
  readonly categories: readonly string[];
  /** Whether values of the window itself are told: it then lies wholly in one part, so that looking both ways never looks into another. */
  readonly whole: boolean;
  /** null: nothing is hidden. */
  readonly hide: HidingSettings | null;
}

/** Features of one time step of a window: the input columns, then their masks, then labels, then categories. */
export function inputWidth({ inputColumns, mask, labels, categories }: Pick<WindowSettings, 'inputColumns' | 'mask' | 'labels' | 'categories'>): number {
  return (mask ? 2 : 1) * inputColumns.length + labels.length + categories.length;
}

/** Windows as numbers: each is the `window` rows of one series that end with its origin. */
export interface Samples {
  /** Null where samples are only for forecasting and belong to no part. */
  readonly part: Part | null;
  readonly count: number;
  readonly series: Int32Array;
  /** The index of the last input row, counted from 0. */
  readonly origin: Int32Array;
}

export interface WindowPlan {
  readonly settings: WindowSettings;
  readonly borders: SplitBorders;
  readonly samples: Readonly<Record<Part, Samples>>;
  readonly leftOut: Readonly<Record<Obstacle, number>>;
  /** Warnings and notes. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Divides a table into samples. A sample belongs to the part that all targets after its origin lie in; its inputs may reach back
 * into an earlier part, never forward; where values of the window itself are told, all of it lies in the part. A window is left out where its targets cross a border, an input is missing, its origin lies
 * inside a gap that was filled from a later value (in an input or target column), no target after its origin was observed, or, in the
 * validation and test parts, no season lies before its origin (`season` in rows, null = none: the model and every baseline are judged
 * on the same windows).
 * Errors: shares that cannot be, a window or horizon that the series have no room for, a training part or a validation part with a share but
 * without windows; a test part without windows is a warning.
 * Throws RangeError for settings that are not whole numbers of at least 1.
 */
export function planWindows(
  table: SeriesTable,
  settings: WindowSettings,
  season: number | null = null,
  where: Where = { kind: 'project' },
): Result<WindowPlan> {
  const { window, horizon, stride } = settings;
  for (const [size, least] of [[window, 1], [horizon, 0], [stride, 1], [season ?? 1, 1]] as const) {
    if (!Number.isInteger(size) || size < least) throw new RangeError(`a size of ${size}: whole numbers of at least 1 are expected`);
  }
  const problems = [...checkSplit(settings.split, where)];
  const length = { window, horizon, steps: table.steps };
  if (horizon > 0 && horizon >= table.steps) problems.push(diagnose('horizon-longer-than-series', where, length));
  else if (window + horizon > table.steps) problems.push(diagnose('window-too-long', where, length));
  if (problems.length > 0) return fail(...problems);

  const borders = splitBorders(settings.split, table);
  const found = { training: emptyLists(), validation: emptyLists(), test: emptyLists() };
  const leftOut: Record<Obstacle, number> = { 'crosses-border': 0, 'missing-input': 0, 'looks-ahead': 0, 'no-season': 0, 'no-target': 0 };
  // Only judging needs a season before the origin: windows to learn from are not given up for it.
  const [learningObstacle, judgingObstacle] = [windowObstacles(table, settings, null), windowObstacles(table, settings, season)];
  let total = 0;
  for (let series = 0; series < table.seriesCount; series += 1) {
    for (let origin = window - 1; origin + horizon < table.steps; origin += stride) {
      total += 1;
      const part = partOf(borders, borders.by === 'series' ? series : origin + Math.min(1, horizon));
      const reachesBack = settings.whole && origin + 1 - window < borders[part][0];
      const crosses = borders.by === 'time' && (reachesBack || origin + horizon >= borders[part][1]);
      const obstacleOf = part === 'training' ? learningObstacle : judgingObstacle;
      const obstacle = crosses ? 'crosses-border' : obstacleOf(series, origin);
      if (obstacle !== null) {
        leftOut[obstacle] += 1;
        continue;
      }
      found[part].series.push(series);
      found[part].origin.push(origin);
    }
  }
  const samples = { training: packed('training', found.training), validation: packed('validation', found.validation), test: packed('test', found.test) };
  const plan = { settings, borders, samples, leftOut };
  const diagnostics = reportWindows(table, plan, total, where);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? fail(...errors) : succeed({ ...plan, diagnostics });
}

/**
 * The origins from which a forecast can be made, whether or not what follows is known: every row ('all') or the last readable one
 * of each series ('last'). Windows with missing inputs, or that would look past their origin, are left out.
 */
export function forecastOrigins(table: SeriesTable, settings: WindowSettings, which: 'all' | 'last'): Samples {
  const lists = emptyLists();
  const obstacleOf = windowObstacles(table, settings, null);
  for (let series = 0; series < table.seriesCount; series += 1) {
    const origins: number[] = [];
    for (let origin = settings.window - 1; origin < table.steps; origin += 1) {
      const obstacle = obstacleOf(series, origin);
      if (obstacle === null || obstacle === 'no-target') origins.push(origin);
    }
    for (const origin of which === 'all' ? origins : origins.slice(-1)) {
      lists.series.push(series);
      lists.origin.push(origin);
    }
  }
  return packed(null, lists);
}

interface SampleLists {
  readonly series: number[];
  readonly origin: number[];
}

function emptyLists(): SampleLists {
  return { series: [], origin: [] };
}

function packed(part: Part | null, { series, origin }: SampleLists): Samples {
  return { part, count: series.length, series: Int32Array.from(series), origin: Int32Array.from(origin) };
}

function partOf(borders: SplitBorders, position: number): Part {
  return position < borders.training[1] ? 'training' : position < borders.validation[1] ? 'validation' : 'test';
}
