import type { CallingFacts } from '../../core/export/exportable-model.ts';
import { predictionScaling } from '../../core/export/prediction-scaling.ts';
import { elementTypes } from './onnx-schema.ts';
import { ofInteger } from './onnx-scope.ts';
import type { OnnxScope } from './onnx-scope.ts';

/**
 * Windows in the data's own unit as the network reads them: (value − offset) / factor, column by column. In float64, because
 * of large values that differ little (air pressure, CO₂) float32 would leave too few digits.
 */
export function scaleInputs(scope: OnnxScope, windows: string, { scaling }: CallingFacts): string {
  const wide = scope.add('Cast', [windows], { to: ofInteger(elementTypes.double) }, 'wide');
  const moved = scope.add('Sub', [wide, column(scope, scaling.map(({ offset }) => offset), 'offsets')], {}, 'moved');
  const scaled = scope.add('Div', [moved, column(scope, scaling.map(({ factor }) => factor), 'factors')], {}, 'divided');
  return scope.add('Cast', [scaled], { to: ofInteger(elementTypes.float) }, 'scaled');
}

/** Predictions in the data's own unit: value · factor + offset, for each number that is predicted. */
export function unscalePredictions(scope: OnnxScope, predictions: string, facts: CallingFacts): string {
  const all = predictionScaling(facts);
  if (all.length === 0) return predictions;
  const wide = scope.add('Cast', [predictions], { to: ofInteger(elementTypes.double) }, 'wide');
  const stretched = scope.add('Mul', [wide, column(scope, all.map(({ factor }) => factor), 'prediction_factors')], {}, 'stretched');
  const moved = scope.add('Add', [stretched, column(scope, all.map(({ offset }) => offset), 'prediction_offsets')], {}, 'moved');
  return scope.add('Cast', [moved], { to: ofInteger(elementTypes.float) }, 'in_unit_of_data');
}

function column(scope: OnnxScope, values: readonly number[], called: string): string {
  return scope.constant({ element: 'double', shape: [values.length], values }, called);
}
