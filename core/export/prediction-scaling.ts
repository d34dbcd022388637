import type { CallingFacts, ColumnScaling } from './exportable-model.ts';

/** scaled = (value − offset) / factor of what is predicted: a row for each column, within a step where several are predicted. None where no number is predicted. */
export function predictionScaling({ classes, targetColumns, scaling, labelScaling }: CallingFacts): readonly ColumnScaling[] {
  if (classes.length > 0) return [];
  if (labelScaling.length > 0) return labelScaling.map(({ label, offset, factor }) => ({ column: label, offset, factor }));
  return targetColumns.map((column) => {
    const found = scaling.find((own) => own.column === column);
    if (found === undefined) throw new RangeError(`"${column}" is forecast and not read`);
    return found;
  });
}
