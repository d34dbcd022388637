import { calledScaled } from './called-scaled.ts';
import type { CallingFacts } from './exportable-model.ts';

/** What the numbers of a model become, as a program does it. `quantiles`: so many numbers tell of each value, to be sorted; 1: itself. */
export type UsageEnding =
  | { readonly kind: 'forecast'; readonly horizon: number; readonly columns: readonly string[]; readonly places: readonly number[]; readonly quantiles: number }
  | { readonly kind: 'classes'; readonly classes: readonly string[]; readonly isBinary: boolean }
  | { readonly kind: 'numbers'; readonly scaling: CallingFacts['labelScaling'] }
  /** Values of the window itself, at every time step. */
  | { readonly kind: 'window'; readonly columns: readonly string[]; readonly places: readonly number[]; readonly isCentered: boolean };

export interface UsageFacts {
  readonly steps: number;
  /** The columns of the data, then masks, labels and categories. */
  readonly columns: readonly string[];
  /** How many of them are columns of the data. */
  readonly dataColumns: number;
  /** How many masks follow these. */
  readonly masks: number;
  /** null: the model reads the data's own unit. */
  readonly scaling: CallingFacts['scaling'] | null;
  /** A typical row of the window, to be replaced. */
  readonly typical: readonly number[];
  /** The model tells at every time step of the window; the last one knows all of it. */
  readonly isSequence: boolean;
  readonly ending: UsageEnding;
}

/** Throws RangeError for a model that takes something else than windows. */
export function usageFacts({ inputs, outputs, columns, targetColumns, horizon, scaling: ofColumns, labelScaling, classes, features = [], isCentered = false, scaler }: CallingFacts): UsageFacts {
  const [, steps] = inputs;
  if (typeof steps !== 'number' || inputs.length !== 3) throw new RangeError(`a model that takes [${inputs.join(', ')}]`);
  const further = features.map(({ name, offset, factor }) => ({ column: name, offset, factor }));
  const scaling = [...ofColumns, ...further];
  const places = targetColumns.map((column) => columns.indexOf(column));
  const tellsWindow = classes.length === 0 && labelScaling.length === 0 && horizon === 0;
  const isScaled = calledScaled({ scaling, scaler });
  return {
    steps,
    columns: scaling.map(({ column }) => column),
    dataColumns: columns.length,
    masks: features.filter(({ isMask }) => isMask === true).length,
    scaling: isScaled ? scaling : null,
    typical: [...ofColumns.map(({ offset, factor }) => rounded(offset + 0.5 * factor)), ...features.map(({ typical }) => rounded(typical))],
    isSequence: outputs.length === 3 && !tellsWindow,
    ending:
      classes.length > 0
        ? { kind: 'classes', classes, isBinary: outputs.at(-1) === 1 }
        : labelScaling.length > 0
          ? { kind: 'numbers', scaling: scaler === 'inside' ? labelScaling.map(({ label }) => ({ label, offset: 0, factor: 1 })) : labelScaling }
          : tellsWindow
            ? { kind: 'window', columns: targetColumns, places, isCentered }
            : { kind: 'forecast', horizon, columns: targetColumns, places, quantiles: Math.max(1, Math.round(Number(outputs.at(-1)) / (horizon * targetColumns.length))) },
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
