import path from 'node:path';
import { countOf } from '../../core/diagnostics/phrases.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import type { ForecastRow } from '../../engine/host/prediction-messages.ts';
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
    const { rows, otherForecasts, labels, filled, warnings } = report.value;
    const origins = rows.length > 0 ? new Set(rows.map(({ series, origin }) => `${series} ${origin}`)).size : (labels[0]?.rows.length ?? 0);
    const from = `from ${countOf(origins, 'origin')}`;
    const forecasts = [...(rows.length > 0 ? [{ target: null, rows }] : []), ...otherForecasts].map(({ target, rows: own }) =>
      ({ target, what: `${countOf(own.length, 'forecast')} ${from}`, cells: forecastTable(own, given.samples !== undefined) }));
    const told = labels.map(({ target, header, rows: own }) => ({ target, what: `${countOf(own.length, 'prediction')} ${from}`, cells: [header, ...own] }));
    const series = filled.map(({ target, header, rows: own, filled: count, leftOpen }) => ({
      target,
      what: `${countOf(count, 'value')} filled in ${countOf(own.length, 'time step')}${leftOpen === 0 ? '' : `; ${countOf(leftOpen, 'missing value')} left open, with no known value within a window`}`,
      cells: [header, ...own.map((row) => row.map((cell) => (Number.isNaN(cell) ? null : cell)))],
    }));
    const files = namesBeside(out, [...forecasts, ...told, ...series].map(({ target }) => target));
    const tables = [...forecasts, ...told, ...series].map(({ what, cells }, position): PredictionTable => ({ file: files[position]!, what, cells }));
    for (const { file } of tables.slice(1)) {
      const isFree = await checkOutputPlace(surroundings.door, file);
      if (!isFree.ok) return failedWith(isFree);
    }
    for (const { file, cells } of tables) {
      const written = await surroundings.door.writeAtomically(file, new TextEncoder().encode(writeCsv(cells)));
      if (!written.ok) return failedWith(written);
    }
    return done(
      { run: runDirectory, out, origins, rows: rows.length || (labels[0]?.rows.length ?? 0), filled: filled.reduce((sum, { filled: count }) => sum + count, 0), files: tables.map(({ file }) => file), warnings: warnings.map(diagnosticAsJson) },
      tables.map(({ file, what }) => `${showPath(surroundings, file)}: ${what}.`),
      warnings,
    );
  });
}

/** A row a forecast value. Where there are several series each is named, as in a table of labels. */
function forecastTable(rows: readonly ForecastRow[], isDrawn: boolean): PredictionTable['cells'] {
  const bandNames = isDrawn ? (['mean', 'low80', 'high80', 'low95', 'high95'] as const) : [];
  const levels = (rows[0]?.quantiles ?? []).map(({ level }) => level);
  const isOfSeveral = rows.some(({ series }) => series !== rows[0]?.series);
  return [
    [...(isOfSeveral ? ['series'] : []), 'origin', 'step', 'date', 'column', 'forecast', ...levels.map((level) => `quantile ${level}`), ...bandNames],
    ...rows.map(({ seriesName, origin, step, date, column, forecast, quantiles = [], bands }) => [
      ...(isOfSeveral ? [seriesName] : []), origin, step, date, column, forecast, ...quantiles.map(({ value }) => value), ...bandNames.map((name) => bands?.[name] ?? Number.NaN),
    ]),
  ];
}

interface PredictionTable {
  readonly file: string;
  readonly what: string;
  readonly cells: readonly (readonly (string | number | null)[])[];
}

/** Where tables go: the first to `out`, that of a further target beside it, under its name, with a number where two are called alike. */
function namesBeside(out: string, targets: readonly (string | null)[]): readonly string[] {
  const { dir, name, ext } = path.parse(out);
  const files: string[] = [];
  for (const target of targets) {
    const own = files.length === 0 || target === null ? name : `${name}-${target.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}`;
    const fileAt = (number: number): string => path.join(dir, `${own}${number === 1 ? '' : `-${number}`}${ext}`);
    let number = 1;
    while (files.includes(fileAt(number))) number += 1;
    files.push(fileAt(number));
  }
  return files;
}
