import { fail, succeed, type Result } from '../diagnostics/result.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { add, concatenate, multiply, scalar } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { sequenceShape, vectorShape } from '../shapes/shape.ts';
import { constantSize, knownSize } from '../shapes/size.ts';
import { knownFeatures, knownSteps } from './layer-ports.ts';
import type { ForwardContext, PortDeclaration, ShapeContext, WeightDeclaration, WireFacts } from './node-type.ts';
import { recur, type CellStep } from './recurrence.ts';
import { cutKernels, drawMasks, maskCounts, maskedProduct, type MaskCounts } from './recurrent-dropout.ts';
import type { RecurrentSettings } from './recurrent-parameters.ts';
import { carriedStates, carryStates, statefulFaults } from './recurrent-stateful.ts';
import { directionsOf, finalStateFacts, finalStatesByPort, initialStatesOf, recurrentInputs, recurrentOutputs, stateFaults } from './recurrent-states.ts';
import { truncationFault } from './recurrent-truncation.ts';
import { sequenceInput } from './sequence-input.ts';
import { biasStart, kernelStart, recurrentStart } from './weight-parameters.ts';

/** One time step of a recurrent layer, with the two products that dropout reaches into. */
export interface RecurrentStep extends CellStep {
  /** input · kernel: [batch, gates · units]. */
  readonly inputProduct: () => Value;
  /** The hidden state, or what a gate leaves of it, [batch, units], times a recurrent kernel whose blocks of columns belong to these gates. */
  readonly hiddenProduct: (hidden: Value, kernel?: string, gates?: readonly number[]) => Value;
}

/** What tells one recurrent layer from another. */
export interface RecurrentCell<Settings extends RecurrentSettings> {
  /** The first is the output. */
  readonly stateNames: readonly string[];
  /** Blocks of `units` columns in the kernel and in the recurrent kernel. */
  readonly gates: number;
  /** The shape of the bias, and which part of it starts at 1; [gates · units] and none where it is not said. */
  readonly bias?: (settings: Settings) => Pick<WeightDeclaration, 'shape' | 'ones'>;
  /** Weights of one direction beside kernel, recurrent kernel and bias. */
  readonly moreWeights?: (settings: Settings) => readonly WeightDeclaration[];
  /** What the cell reads, where it is not the weights as they are kept. */
  readonly cellWeights?: (builder: BodyBuilder, settings: Settings, weight: (name: string) => Value) => Readonly<Record<string, Value>>;
  /** Scalings by a weight in one step, apart from the two products. */
  readonly scalings?: (settings: Settings) => number;
  /** The next states, in the order of their names. */
  readonly step: (step: RecurrentStep, settings: Settings) => readonly Value[];
}

/** Shapes of every recurrent layer in words. */
export const recurrentShapes = [
  'Reads (batch, time, feature). Gives (batch, time, units feature), or (batch, units feature) where it returns its last step only; twice the units where two directions are concatenated.',
  'States, in and out: (batch, units feature), for a bidirectional layer (batch, 2 · units feature), forwards beside backwards. Initial states that are not wired are zeros.',
].join(' ');

/** The weights of one direction. */
function cellDeclarations<Settings extends RecurrentSettings>(cell: RecurrentCell<Settings>, settings: Settings, features: number): readonly WeightDeclaration[] {
  const { units, useBias } = settings;
  const columns = cell.gates * units;
  return [
    { name: 'kernel', shape: [features, columns], ...kernelStart(settings) },
    { name: 'recurrent_kernel', shape: [units, columns], ...recurrentStart(settings) },
    ...(useBias ? [{ name: 'bias', ...(cell.bias?.(settings) ?? { shape: [columns] }), ...biasStart(settings) }] : []),
    ...(cell.moreWeights?.(settings) ?? []),
  ];
}

type Configured<Context, Settings> = Omit<Context, 'parameters'> & { readonly parameters: Settings };

/** The members of a node type that follow from its cell. */
export interface RecurrentMembers<Settings extends RecurrentSettings> {
  readonly inputs: readonly PortDeclaration[];
  readonly outputs: readonly PortDeclaration[];
  readonly shape: (context: Configured<ShapeContext, Settings>) => Result<Readonly<Record<string, WireFacts>>>;
  readonly weights: (context: Configured<ShapeContext, Settings>) => readonly WeightDeclaration[];
  readonly multiplyAdds: (context: Configured<ShapeContext, Settings>) => number;
  readonly forward: (context: Configured<ForwardContext<Record<never, never>>, Settings>) => Readonly<Record<string, Value>>;
}

/** Names of the directions in the weights of a bidirectional layer: Keras's forward_layer and backward_layer. */
const directionPrefixes = ['forward_', 'backward_'] as const;

/** The weights of a layer in Keras's order, a cell's own last: those of one direction, or of the forward one and then the backward one. */
export function weightNames({ bidirectional, useBias }: RecurrentSettings, own: readonly string[] = []): readonly string[] {
  const names = ['kernel', 'recurrent_kernel', ...(useBias ? ['bias'] : []), ...own];
  return bidirectional ? directionPrefixes.flatMap((prefix) => names.map((name) => `${prefix}${name}`)) : names;
}

/**
 * A recurrent layer from its cell: one scan, or for a bidirectional layer two with weights of their own.
 * Shapes: (batch, time, feature) → (batch, time, units), or (batch, units) for the last step; twice the units where two
 * directions are joined side by side. States: (batch, units), side by side for two directions.
 */
export function recurrentMembers<Settings extends RecurrentSettings>(cell: RecurrentCell<Settings>): RecurrentMembers<Settings> {
  const { stateNames, gates } = cell;
  return {
    inputs: recurrentInputs(stateNames),
    outputs: recurrentOutputs(stateNames),
    shape: (context) => {
      const sequence = sequenceInput(context);
      if (!sequence.ok) return sequence;
      const faults = [...stateFaults(context, stateNames), ...statefulFaults(context, stateNames), ...truncationFault(context, sequence.value.time)];
      if (faults.length > 0) return fail(...faults);
      const { facts, time } = sequence.value;
      const { units, bidirectional, merge, returnSequences } = context.parameters;
      const width = constantSize(bidirectional && merge === 'concatenate' ? 2 * units : units);
      const outputs = { ...facts, shape: returnSequences ? sequenceShape(time, width) : vectorShape(width) };
      return succeed({ outputs, ...finalStateFacts(stateNames, facts, context.parameters) });
    },
    weights: (context) => {
      const declared = cellDeclarations(cell, context.parameters, knownFeatures(context));
      if (!context.parameters.bidirectional) return declared;
      return directionPrefixes.flatMap((prefix) => declared.map((weight) => ({ ...weight, name: `${prefix}${weight.name}` })));
    },
    multiplyAdds: (context) => {
      const { units } = context.parameters;
      const perStep = (knownFeatures(context) + units) * gates * units + (cell.scalings?.(context.parameters) ?? 0);
      return directionsOf(context.parameters) * knownSteps(context) * perStep;
    },
    forward: (context) => runLayer(cell, context),
  };
}

function runLayer<Settings extends RecurrentSettings>(
  cell: RecurrentCell<Settings>,
  context: Configured<ForwardContext<Record<never, never>>, Settings>,
): Readonly<Record<string, Value>> {
  const { builder, node, mode, parameters: settings, inputs, weight, seed } = context;
  const { stateNames } = cell;
  const { units, bidirectional, goBackwards, returnSequences } = settings;
  const sequence = inputs['inputs']!;
  const counts = maskCounts(mode, settings, cell.gates);
  const features = knownSize(sequence.shape[2]!);
  if (features === undefined) throw new RangeError('a recurrence reads a known number of features');
  const directions = directionsOf(settings);
  const masks = drawMasks({ builder, node, rates: settings, counts, directions, batch: sequence.shape[0]!, features, units }, seed);
  const initial = settings.stateful ? [carriedStates(context, stateNames)] : initialStatesOf(builder, stateNames, inputs, settings);
  const names = cellDeclarations(cell, settings, features).map(({ name }) => name);
  const runs = Array.from({ length: directions }, (_, direction) => {
    const own = (name: string): Value => weight(bidirectional ? `${directionPrefixes[direction]!}${name}` : name);
    const kept = cell.cellWeights?.(builder, settings, own) ?? Object.fromEntries(names.map((name) => [name, own(name)]));
    return recur({
      builder, node, inputs: sequence, units, stateNames, returnSequences,
      initialStates: initial[direction]!,
      weights: { ...cutKernels(builder, kept, counts, units), ...masks[direction]! },
      goBackwards: bidirectional ? direction === 1 : goBackwards,
      inOrderOfReading: !bidirectional,
      truncateAfter: mode === 'train' ? settings.truncateAfter : null,
      cell: (step) => cell.step(withProducts(step, counts, cell.gates), settings),
    });
  });
  if (settings.stateful) carryStates(context, stateNames, runs[0]!.finalStates);
  const outputs = runs.map(({ output }) => output);
  const finalStates = finalStatesByPort(builder, stateNames, runs.map((run) => run.finalStates));
  if (bidirectional) return { outputs: mergeDirections(builder, outputs[0]!, outputs[1]!, settings.merge), ...finalStates };
  return { outputs: outputs[0]!, ...finalStates };
}

function withProducts(step: CellStep, counts: MaskCounts, gates: number): RecurrentStep {
  const all = Array.from({ length: gates }, (_, gate) => gate);
  return {
    ...step,
    inputProduct: () => maskedProduct(step, step.input, 'kernel', 'input', all.slice(0, counts.input)),
    hiddenProduct: (hidden, kernel = 'recurrent_kernel', own = all) => maskedProduct(step, hidden, kernel, 'hidden', counts.hidden === 0 ? [] : own),
  };
}

function mergeDirections(builder: BodyBuilder, forwards: Value, backwards: Value, merge: RecurrentSettings['merge']): Value {
  switch (merge) {
    case 'concatenate':
      return concatenate(builder, [forwards, backwards], forwards.shape.length - 1);
    case 'sum':
      return add(builder, forwards, backwards);
    case 'average':
      return multiply(builder, add(builder, forwards, backwards), scalar(builder, 0.5));
    case 'multiply':
      return multiply(builder, forwards, backwards);
  }
}
