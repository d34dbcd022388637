import path from 'node:path';
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
    const { rows, labels, warnings } = report.value;
    const bandNames = given.samples === undefined ? [] : (['mean', 'low80', 'high80', 'low95', 'high95'] as const);
    const forecasts: PredictionTable = {
      file: out,
      what: countOf(rows.length, 'forecast'),
      cells: [
        ['origin', 'step', 'date', 'column', 'forecast', ...bandNames],
        ...rows.map(({ origin, step, date, column, forecast, bands }) => [origin, step, date, column, forecast, ...bandNames.map((name) => bands?.[name] ?? Number.NaN)]),
      ],
    };
    const told = labels.map(({ target, header, rows: own }, position): PredictionTable => ({
      file: rows.length === 0 && position === 0 ? out : besides(out, target),
      what: countOf(own.length, 'prediction'),
      cells: [header, ...own],
    }));
    const tables = [...(rows.length > 0 ? [forecasts] : []), ...told];
    for (const { file, cells } of tables) {
      const written = await surroundings.door.writeAtomically(file, new TextEncoder().encode(writeCsv(cells)));
      if (!written.ok) return failedWith(written);
    }
    const origins = rows.length > 0 ? new Set(rows.map((row) => row.origin)).size : (labels[0]?.rows.length ?? 0);
    return done(
      { run: runDirectory, out, origins, rows: rows.length || (labels[0]?.rows.length ?? 0), files: tables.map(({ file }) => file), warnings: warnings.map(diagnosticAsJson) },
      tables.map(({ file, what }) => `${showPath(surroundings, file)}: ${what} from ${countOf(origins, 'origin')}.`),
      warnings,
    );
  });
}

interface PredictionTable {
  readonly file: string;
  readonly what: string;
  readonly cells: readonly (readonly (string | number)[])[];
}

/** The table of a further target lies beside the first, under its name. */
function besides(out: string, target: string): string {
  const { dir, name, ext } = path.parse(out);
  return path.join(dir, `${name}-${target.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}${ext}`);
}
