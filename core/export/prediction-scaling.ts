import type { CallingFacts, ColumnScaling } from './exportable-model.ts';

/**
 * scaled = (value − offset) / factor of each number that an output holds, in their order: step by step, column by column,
 * the quantiles of a value beside each other. None where a class is told.
 */
export function predictionScaling(facts: CallingFacts): readonly ColumnScaling[] {
  if (facts.classes.length > 0) return [];
  const columns = columnsOf(facts);
  const steps = Math.max(facts.horizon, 1);
  const perValue = Number(facts.outputs.at(-1)) / (steps * columns.length);
  const step = columns.flatMap((column) => Array.from({ length: perValue }, () => column));
  return Array.from({ length: steps }, () => step).flat();
}

function columnsOf({ targetColumns, scaling, labelScaling }: CallingFacts): readonly ColumnScaling[] {
  if (labelScaling.length > 0) return labelScaling.map(({ label, offset, factor }) => ({ column: label, offset, factor }));
  return targetColumns.map((column) => {
    const found = scaling.find((own) => own.column === column);
    if (found === undefined) throw new RangeError(`"${column}" is predicted and not read`);
    return found;
  });
}
