import type { CallingFacts, ColumnScaling } from '../../../core/export/exportable-model.ts';
import { predictionScaling } from '../../../core/export/prediction-scaling.ts';
import { writeInputs } from '../../../core/forecast/batch-inputs.ts';
import type { CompiledDocument, Experiment } from '../../training/prepare-experiment.ts';
import { philox, hashName } from '../../../core/program/random.ts';
import type { Entry } from '../../../core/program/program.ts';
import { carriesStates, createCarriedStates } from '../../training/carried-states.ts';
import type { Session } from '../../session.ts';
import { entryInputNames, entryOf } from '../../training/entry-inputs.ts';
import { hiddenOf } from '../../training/sample-batches.ts';
import { spreadPositions, spreadSamples } from '../../training/spread-samples.ts';
import type { ProofWindows } from './checker.ts';

/** Enough to catch a wrong number, few enough to be read in a second. */
const mostWindows = 200;
const madeUpWindows = 32;

type Inputs = Omit<ProofWindows, 'predictions'>;

/** Windows of the test part, or of validation or training where there are none, evenly spread; with the values hidden by which the run is judged. */
export function windowsOfData({ dataset, model }: Experiment): Inputs | null {
  for (const part of ['test', 'validation', 'training'] as const) {
    const all = dataset.plan.samples[part];
    const samples = spreadSamples(all, mostWindows);
    const positions = spreadPositions(all.count, mostWindows);
    if (samples.count === 0) continue;
    const shape = [samples.count, model.data.window, model.inputFeatures] as const;
    const inputs = new Float32Array(shape[0] * shape[1] * shape[2]);
    const picks = Array.from({ length: samples.count }, (_, index) => index);
    writeInputs(dataset.batches, samples, picks, inputs, hiddenOf(dataset.feeds, samples, picks));
    const words = samples.count === all.count ? `all ${samples.count}` : `${samples.count} of ${all.count}`;
    return { shape, inputs, chosen: { part, positions }, origin: `${words} windows of the ${part} part` };
  }
  return null;
}

/** Windows of numbers from −2 to 2, always the same, for a run whose data are not there. */
export function madeUp({ model }: CompiledDocument): Inputs {
  const shape = [madeUpWindows, model.data.window, model.inputFeatures] as const;
  const key = hashName('windows of a proof');
  const { categories } = model.data;
  const inputs = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, index) => {
    const [drawn] = philox(index, 0, key);
    const category = categories[(index % shape[2]) - shape[2] + categories.length];
    return category === undefined ? drawn / 2 ** 30 - 2 : drawn % category.classes.length;
  });
  return { shape, inputs, chosen: null, origin: `${madeUpWindows} windows of made-up numbers, because the run's data could not be read` };
}

/** Each window for itself, with the states that the one before left, whether or not it follows. */
function predictionsInTurn(session: Session, entry: Entry, name: string, { shape, inputs }: Inputs): Float32Array {
  const [count, window, features] = shape;
  const carried = createCarriedStates(entry);
  const found = Array.from({ length: count }, (_, index) => {
    const values = inputs.subarray(index * window * features, (index + 1) * window * features);
    const feeds = { [name]: { type: 'float', shape: [1, window, features], values } as const, ...carried.feeds(Uint8Array.of(1)) };
    const outputs = session.run('predict', feeds, ['predictions', ...carried.outputs]);
    carried.keep(outputs);
    return Float32Array.from(outputs['predictions']!.values);
  });
  const width = found[0]?.length ?? 0;
  const all = new Float32Array(count * width);
  found.forEach((own, index) => { all.set(own, index * width); });
  return all;
}

/** The windows with what the model says of them in the engine that trained it; in the data's own unit where the artefact scales by itself. */
export function withPredictions(session: Session, compiled: CompiledDocument, windows: Inputs, facts: CallingFacts): ProofWindows {
  if (facts.scaler === 'outside') return withScaled(session, compiled, windows);
  const { raw, scaled } = inUnitOfData(windows, facts);
  return { ...raw, predictions: unscaled(withScaled(session, compiled, scaled).predictions, facts) };
}

/** Windows in the data's own unit, and those very numbers scaled: float32 keeps fewer digits of the ones than of the others. */
export function inUnitOfData(windows: Inputs, { scaling }: CallingFacts): { readonly raw: Inputs; readonly scaled: Inputs } {
  const of = (values: Float32Array, change: (value: number, own: ColumnScaling) => number): Inputs =>
    ({ ...windows, inputs: values.map((value, index) => change(value, scaling[index % scaling.length]!)) });
  const raw = of(windows.inputs, (value, { offset, factor }) => value * factor + offset);
  return { raw, scaled: of(raw.inputs, (value, { offset, factor }) => (value - offset) / factor) };
}

/** Predictions in the data's own unit. */
export function unscaled(predictions: Float32Array, facts: CallingFacts): Float32Array {
  const columns = predictionScaling(facts);
  if (columns.length === 0) return predictions;
  return predictions.map((value, index) => {
    const { offset, factor } = columns[index % columns.length]!;
    return value * factor + offset;
  });
}

function withScaled(session: Session, { program }: CompiledDocument, windows: Inputs): ProofWindows {
  const entry = entryOf(program, 'predict');
  const { inputs: name } = entryInputNames(entry);
  if (name === null) throw new TypeError('the program predicts from nothing');
  if (carriesStates(entry)) return { ...windows, predictions: predictionsInTurn(session, entry, name, windows), origin: `${windows.origin}, one after another with their states carried` };
  const outputs = session.run('predict', { [name]: { type: 'float', shape: windows.shape, values: windows.inputs } }, ['predictions']);
  return { ...windows, predictions: Float32Array.from(outputs['predictions']!.values) };
}
