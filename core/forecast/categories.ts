import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Where } from '../diagnostics/diagnostic.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { GapPlace } from './gaps.ts';
import { labelIndex, labelOf, type SeriesLabel } from './series-labels.ts';
import type { SeriesTable } from './series-table.ts';
import { rowsOfPart, seriesOfPart, type SplitBorders } from './split.ts';

/**
 * The table with the classes of its categories counted as a run counts them (`known`, by label; a label that it does not hold is
 * counted as the data do). Fails, with the row and the column, where a category is missing or is none of the run's.
 */
export function settleCategories(
  table: SeriesTable,
  names: readonly string[],
  known: ReadonlyMap<string, readonly string[]>,
  place: Pick<GapPlace, 'where' | 'source' | 'lines'>,
): Result<SeriesTable> {
  const diagnostics: Diagnostic[] = [];
  const settled = new Map<string, SeriesLabel>();
  for (const name of new Set(names)) {
    const label = labelOf(table, name);
    const classes = label.classes ?? { names: [], indices: new Int32Array() };
    const wanted = known.get(name) ?? classes.names;
    const positions = classes.names.map((own) => wanted.indexOf(own));
    const rowOf = (index: number): number => (label.perSeries ? index * table.steps : index);
    const missing = classes.indices.findIndex((own) => own < 0);
    const unknown = classes.indices.findIndex((own) => own >= 0 && positions[own]! < 0);
    const facts = { source: place.source, column: name };
    if (missing >= 0) {
      const count = classes.indices.reduce((sum, own) => sum + Number(own < 0), 0);
      diagnostics.push(diagnose('category-missing', placeOf(place, name, rowOf(missing)), { ...facts, count, ...lineOf(place, table, rowOf(missing)) }));
    }
    if (unknown >= 0) {
      const found = classes.names[classes.indices[unknown]!]!;
      diagnostics.push(diagnose('category-unknown', placeOf(place, name, rowOf(unknown)), { ...facts, found, known: wanted, ...lineOf(place, table, rowOf(unknown)) }));
    }
    settled.set(name, { ...label, classes: { names: wanted, indices: classes.indices.map((own) => positions[own] ?? -1) } });
  }
  if (diagnostics.length > 0) return fail(...diagnostics);
  return succeed(settled.size === 0 ? table : { ...table, labels: (table.labels ?? []).map((label) => settled.get(label.name) ?? label) });
}

/** Categories that the data have and the training part has not: nothing is learned of them. */
export function untrainedCategories(table: SeriesTable, names: readonly string[], borders: SplitBorders, where: Where): readonly Diagnostic[] {
  const [firstSeries, endSeries] = seriesOfPart(borders, 'training', table);
  const [firstStep, endStep] = rowsOfPart(borders, 'training', table);
  return names.flatMap((name) => {
    const label = labelOf(table, name);
    const { names: classes, indices } = label.classes ?? { names: [], indices: new Int32Array() };
    const learned = new Set<number>();
    for (let series = firstSeries; series < endSeries; series += 1) {
      for (let step = firstStep; step < endStep; step += 1) learned.add(indices[labelIndex(label, table, series, step)]!);
    }
    const met = new Set(indices);
    const untrained = classes.filter((_, index) => met.has(index) && !learned.has(index));
    return untrained.length === 0 ? [] : [diagnose('category-untrained', where, { column: name, names: untrained })];
  });
}

function lineOf({ lines }: Pick<GapPlace, 'lines'>, { steps }: SeriesTable, row: number): { readonly row: number; readonly unit: 'line' | 'row' } {
  return lines === null ? { row: (row % steps) + 1, unit: 'row' } : { row: lines[row]!, unit: 'line' };
}

function placeOf({ where, lines }: Pick<GapPlace, 'where' | 'lines'>, column: string, row: number): Where {
  if (where.kind !== 'file') return where;
  const line = lines?.[row];
  return line === undefined ? { ...where, column } : { ...where, column, line };
}
