import { countOf } from '../../core/diagnostics/phrases.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { withEngine } from '../engine-session.ts';
import { done, failedWith } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { checkOutputPlace } from '../../engine/files/output-place.ts';
import { diagnosticAsJson } from '../output/print-diagnostic.ts';
import { resolvePath, showPath } from '../surroundings.ts';
import type { Surroundings } from '../surroundings.ts';

export interface PredictArguments {
  readonly directory: string;
  readonly data: string;
  readonly out: string;
  readonly origins: 'last' | 'all';
  readonly samples?: number;
}

/** `unroll predict`: forecasts of new data as a CSV file, in the data's unit. */
export async function predictWithRun(surroundings: Surroundings, given: PredictArguments): Promise<Outcome> {
  const out = resolvePath(surroundings, given.out);
  const free = await checkOutputPlace(surroundings.door, out);
  if (!free.ok) return failedWith(free);
  return withEngine(surroundings, async ({ engine }) => {
    const runDirectory = resolvePath(surroundings, given.directory);
    const drawn = given.samples === undefined ? {} : { draws: given.samples };
    const report = await engine.predict({ runDirectory, dataFile: resolvePath(surroundings, given.data), origins: given.origins, ...drawn });
    if (!report.ok) return failedWith(report);
    const { rows, warnings } = report.value;
    const bandNames = given.samples === undefined ? [] : (['mean', 'low80', 'high80', 'low95', 'high95'] as const);
    const cells = rows.map(({ origin, step, date, column, forecast, bands }) => [origin, step, date, column, forecast, ...bandNames.map((name) => bands?.[name] ?? Number.NaN)]);
    const content = writeCsv([['origin', 'step', 'date', 'column', 'forecast', ...bandNames], ...cells]);
    const written = await surroundings.door.writeAtomically(out, new TextEncoder().encode(content));
    if (!written.ok) return failedWith(written);
    const origins = new Set(rows.map((row) => row.origin)).size;
    return done(
      { run: runDirectory, out, origins, rows: rows.length, warnings: warnings.map(diagnosticAsJson) },
      [`${showPath(surroundings, out)}: ${countOf(rows.length, 'forecast')} from ${countOf(origins, 'origin')}.`],
      warnings,
    );
  });
}
