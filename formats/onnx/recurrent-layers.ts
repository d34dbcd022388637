import type { ActivationName } from '../../core/nodes/activations.ts';
import type { RecurrentSettings } from '../../core/nodes/recurrent-parameters.ts';
import type { WeightValues } from '../../core/export/exportable-model.ts';
import { recurrentActivation } from './activations.ts';
import type { RecurrentActivation } from './activations.ts';
import { ofFloats, ofInteger, ofIntegers, ofText, ofTexts } from './onnx-scope.ts';
import type { Attributes, OnnxScope } from './onnx-scope.ts';
import { reversed } from './operation-spellings.ts';
import { inputSizes } from './whole-layer.ts';
import type { LayerOutputs, LayerSite, WholeLayer } from './whole-layer.ts';

/** What tells ONNX's recurrent operations apart. */
interface RecurrentOperation {
  readonly operation: 'LSTM' | 'GRU' | 'RNN';
  /** For each gate in ONNX's order its place in Keras's. */
  readonly gates: readonly number[];
  readonly stateNames: readonly string[];
  /** In ONNX's order: of the gates, of the candidate, of what is shown. */
  readonly activations: readonly ActivationName[];
  readonly attributes: Attributes;
}

type Settings = RecurrentSettings & { readonly activation: ActivationName };
type GatedSettings = Settings & { readonly recurrentActivation: ActivationName };

/** Keras: input, forget, candidate, output. ONNX: input, output, forget, candidate. */
export const wholeLstm: WholeLayer<GatedSettings> = (site, settings) =>
  spellRecurrence(site, settings, {
    operation: 'LSTM',
    gates: [0, 3, 1, 2],
    stateNames: ['hidden state', 'cell state'],
    activations: [settings.recurrentActivation, settings.activation, settings.activation],
    attributes: {},
  });

/** Both have update, reset, candidate. */
export const wholeGru: WholeLayer<GatedSettings & { readonly resetAfter: boolean }> = (site, settings) =>
  spellRecurrence(site, settings, {
    operation: 'GRU',
    gates: [0, 1, 2],
    stateNames: ['hidden state'],
    activations: [settings.recurrentActivation, settings.activation],
    attributes: { linear_before_reset: ofInteger(Number(settings.resetAfter)) },
  });

export const wholeSimpleRnn: WholeLayer<Settings> = (site, settings) =>
  spellRecurrence(site, settings, { operation: 'RNN', gates: [0], stateNames: ['hidden state'], activations: [settings.activation], attributes: {} });

/** ONNX's recurrent operations read [time, batch, feature] and give [time, directions, batch, units]. */
function spellRecurrence(site: LayerSite, settings: Settings, { operation, gates, stateNames, activations, attributes }: RecurrentOperation): LayerOutputs | null {
  const { scope, inputs } = site;
  const { units, bidirectional, goBackwards, returnSequences } = settings;
  const inside = activations.map(recurrentActivation);
  if (!inside.every((activation) => activation !== undefined)) return null;
  const prefixes = bidirectional ? ['forward_', 'backward_'] : [''];
  const directions = prefixes.length;

  const sequence = scope.add('Transpose', [inputs['inputs']!], { perm: ofIntegers([1, 0, 2]) }, 'time_first');
  const weights = packWeights(site, prefixes, gates, settings);
  const initial = stateNames.map((state) => {
    const wired = inputs[`initial ${state}`];
    if (wired === undefined) return '';
    const parted = scope.add('Reshape', [wired, scope.sizes([0, directions, units])], {}, 'by_direction');
    return scope.add('Transpose', [parted], { perm: ofIntegers([1, 0, 2]) }, `initial_${state.replaceAll(' ', '_')}`);
  });
  const wantsFinal = stateNames.map((state, index) => site.isRead(`final ${state}`) || (index === 0 && !returnSequences));
  const stacked = returnSequences ? scope.freshName('hidden_states') : '';
  const finals = stateNames.map((state, index) => (wantsFinal[index] ? scope.freshName(`final_${state.replaceAll(' ', '_')}`) : ''));
  scope.write({
    name: scope.freshName(operation),
    operation,
    inputs: withoutTail([sequence, weights.kernel, weights.recurrentKernel, weights.bias, '', ...initial]),
    outputs: withoutTail([stacked, ...finals]),
    attributes: {
      hidden_size: ofInteger(units),
      direction: ofText(bidirectional ? 'bidirectional' : goBackwards ? 'reverse' : 'forward'),
      ...activationAttributes(inside, directions),
      ...attributes,
    },
  });

  const states = Object.fromEntries(stateNames.flatMap((state, index) => (site.isRead(`final ${state}`) ? [[`final ${state}`, sideBySide(scope, finals[index]!, units, directions)]] : [])));
  if (!returnSequences) return { outputs: lastState(scope, finals[0]!, settings), ...states };
  return { outputs: sequenceOf(scope, stacked, settings, inputSizes(site).steps!), ...states };
}

/** [directions, batch, units] → [batch, directions · units] */
function sideBySide(scope: OnnxScope, states: string, units: number, directions: number): string {
  const batchFirst = scope.add('Transpose', [states], { perm: ofIntegers([1, 0, 2]) }, 'batch_first');
  return scope.add('Reshape', [batchFirst, scope.sizes([0, directions * units])], {}, 'side_by_side');
}

function lastState(scope: OnnxScope, states: string, { units, bidirectional, merge }: Settings): string {
  if (!bidirectional) return scope.add('Squeeze', [states, scope.sizes([0])], {}, 'last_step');
  return merge === 'concatenate' ? sideBySide(scope, states, units, 2) : mergeAlong(scope, states, 0, merge);
}

/** [time, directions, batch, units] → [batch, time, …] */
function sequenceOf(scope: OnnxScope, stacked: string, { units, bidirectional, merge, goBackwards }: Settings, steps: number): string {
  if (bidirectional && merge === 'concatenate') {
    const batchFirst = scope.add('Transpose', [stacked], { perm: ofIntegers([2, 0, 1, 3]) }, 'batch_first');
    return scope.add('Reshape', [batchFirst, scope.sizes([0, steps, 2 * units])], {}, 'side_by_side');
  }
  const merged = bidirectional && merge !== 'concatenate' ? mergeAlong(scope, stacked, 1, merge) : scope.add('Squeeze', [stacked, scope.sizes([1])], {}, 'one_direction');
  // In the order of reading, as Keras has it; ONNX gives the order of the series.
  const ordered = !bidirectional && goBackwards ? reversed(scope, merged, 0, 'order_of_reading') : merged;
  return scope.add('Transpose', [ordered], { perm: ofIntegers([1, 0, 2]) }, 'batch_first');
}

function mergeAlong(scope: OnnxScope, value: string, axis: number, merge: Exclude<RecurrentSettings['merge'], 'concatenate'>): string {
  switch (merge) {
    case 'sum':
      return scope.add('ReduceSum', [value, scope.sizes([axis])], { keepdims: ofInteger(0) }, 'sum_of_directions');
    case 'average':
      return scope.add('ReduceMean', [value], { axes: ofIntegers([axis]), keepdims: ofInteger(0) }, 'mean_of_directions');
    case 'multiply':
      return scope.add('ReduceProd', [value], { axes: ofIntegers([axis]), keepdims: ofInteger(0) }, 'product_of_directions');
  }
}

function activationAttributes(inside: readonly RecurrentActivation[], directions: number): Attributes {
  const all = Array.from({ length: directions }, () => inside).flat();
  const alphas = all.flatMap(({ alpha }) => (alpha === undefined ? [] : [alpha]));
  const betas = all.flatMap(({ beta }) => (beta === undefined ? [] : [beta]));
  return {
    activations: ofTexts(all.map(({ name }) => name)),
    ...(alphas.length > 0 ? { activation_alpha: ofFloats(alphas) } : {}),
    ...(betas.length > 0 ? { activation_beta: ofFloats(betas) } : {}),
  };
}

/** W [directions, gates · units, features], R [directions, gates · units, units], B [directions, 2 · gates · units]: of the input, then of the hidden state. */
function packWeights({ scope, weight }: LayerSite, prefixes: readonly string[], gates: readonly number[], { units, useBias }: Settings) {
  const rows = gates.length * units;
  const packed = (name: string): string => {
    const kernels = prefixes.map((prefix) => weight(`${prefix}${name}`));
    const values = concatenated(kernels.map((kernel) => gateRows(kernel, gates, units)));
    return scope.constant({ element: 'float', shape: [prefixes.length, rows, kernels[0]!.shape[0]!], values }, name);
  };
  const biases = useBias ? prefixes.map((prefix) => bothBiases(weight(`${prefix}bias`), gates, units)) : [];
  const bias = useBias ? scope.constant({ element: 'float', shape: [prefixes.length, 2 * rows], values: concatenated(biases) }, 'bias') : '';
  return { kernel: packed('kernel'), recurrentKernel: packed('recurrent_kernel'), bias };
}

/** [inputs, gates · units] → [gates · units, inputs], the gates in ONNX's order. */
function gateRows({ shape: [inputs, columns], values }: WeightValues, gates: readonly number[], units: number): Float32Array {
  const rows = new Float32Array(values.length);
  gates.forEach((from, to) => {
    for (let unit = 0; unit < units; unit += 1) {
      for (let input = 0; input < inputs!; input += 1) rows[(to * units + unit) * inputs! + input] = values[input * columns! + from * units + unit]!;
    }
  });
  return rows;
}

/** Keras keeps one bias, or of a GRU with reset after the product the two as rows of one. */
function bothBiases({ shape, values }: WeightValues, gates: readonly number[], units: number): Float32Array {
  const length = gates.length * units;
  const both = new Float32Array(2 * length);
  for (let row = 0; row < (shape.length === 2 ? 2 : 1); row += 1) {
    gates.forEach((from, to) => both.set(values.subarray(row * length + from * units, row * length + (from + 1) * units), row * length + to * units));
  }
  return both;
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Optional inputs and outputs at the end are left out altogether. */
function withoutTail(names: readonly string[]): readonly string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}
