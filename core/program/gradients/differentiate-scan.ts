import { BodyBuilder } from '../body-builder.ts';
import { add, filled } from '../expressions.ts';
import type { Body, OperationAttributes, ScanAttributes } from '../instruction.ts';
import { partsOfScan } from '../operations/scan.ts';
import type { Value, ValueId } from '../value.ts';
import { activeValues } from './activity.ts';
import { copyForward } from './forward-copy.ts';
import type { ForwardStep } from './forward-copy.ts';
import { GradientSums } from './gradient-sums.ts';
import { reverseSteps } from './reverse.ts';
import type { ScanGradient } from './scan-gradient.ts';

/**
 * The gradient of a scan is a scan in the other direction (back-propagation through time: Werbos, 1990,
 * https://doi.org/10.1109/5.58337), derived from the forward body, scans inside it included.
 */
export function differentiateScan(attributes: ScanAttributes, activeInputs: readonly boolean[]): ScanGradient {
  const { body, stateCount } = attributes;
  const activity = spreadThroughStates(attributes, activeInputs);
  const forwardBuilder = new BodyBuilder();
  const forwardInputs = body.inputs.map((id) => inputLike(forwardBuilder, body, id));
  const copy = copyForward(forwardBuilder, body, forwardInputs, activity, differentiateScan);
  const forwardOutputs = body.outputs.map(copy.copyOf);

  const builder = new BodyBuilder();
  const sums = new GradientSums(builder);
  const parts = partsOfScan(attributes, forwardInputs);
  const flags = partsOfScan(attributes, activity);
  const differentiatedOutputs = indicesWhere(forwardOutputs.slice(stateCount), (output) => copy.active.has(output.id));
  const activeStates = indicesWhere(flags.states, (flag, index) => flag && parts.states[index]?.type === 'float');
  const activeSequences = indicesWhere(flags.sequences, (flag, index) => flag && parts.sequences[index]?.type === 'float');
  const activeInvariants = indicesWhere(flags.invariants, (flag, index) => flag && parts.invariants[index]?.type === 'float');

  const sequences = parts.sequences.map((sequence) => builder.input(sequence.type, sequence.shape));
  const invariants = parts.invariants.map((invariant) => builder.input(invariant.type, invariant.shape));
  const store = new SavedValues(builder, copy.steps, new Map([
    ...parts.sequences.map((forward, index) => [forward.id, sequences[index]] as const),
    ...parts.invariants.map((forward, index) => [forward.id, invariants[index]] as const),
  ]));
  const receive = (forward: Value | undefined): Value => {
    if (forward === undefined) throw new RangeError('the scan has no such output');
    const gradient = builder.input('float', forward.shape);
    sums.contribute(forward.id, gradient);
    return gradient;
  };
  const outputGradients = differentiatedOutputs.map((output) => receive(forwardOutputs[stateCount + output]));
  const stateGradients = activeStates.map((state) => receive(forwardOutputs[state]));
  const runningSums = activeInvariants.map((index) => inputOf(builder, parts.invariants[index]));

  reverseSteps(builder, copy.steps, copy.active, (forward) => store.valueOf(forward), sums);

  const gradientAt = (forward: Value | undefined): Value => {
    if (forward === undefined) throw new RangeError('the scan has no such input');
    return sums.of(forward.id) ?? filled(builder, forward.shape, 0);
  };
  const backward = builder.finish([
    ...activeStates.map((state) => gradientAt(parts.states[state])),
    ...activeInvariants.map((invariant, index) => accumulate(builder, runningSums[index], sums.of(parts.invariants[invariant]?.id ?? -1))),
    ...activeSequences.map((sequence) => gradientAt(parts.sequences[sequence])),
  ]);
  const inOrder = [...store.savedInputs(), ...sequences, ...outputGradients, ...stateGradients, ...runningSums, ...invariants];
  const ownOutputs = forwardOutputs.length - stateCount;
  return {
    forward: forwardBuilder.finish([...forwardOutputs, ...store.savedForward()]),
    backward: { ...backward, inputs: inOrder.map((value) => value.id) },
    savedOutputs: store.savedForward().map((_, index) => ownOutputs + index),
    differentiatedOutputs,
    activeSequences,
    activeStates,
    activeInvariants,
  };
}

/** A state is active as soon as any step makes it so: repeated until nothing changes. */
function spreadThroughStates(attributes: ScanAttributes, activeInputs: readonly boolean[]): readonly boolean[] {
  const { body, sequenceCount, stateCount } = attributes;
  const flags = [...activeInputs];
  for (let changed = true; changed; ) {
    const active = activeValues(body, body.inputs.filter((_, index) => flags[index] === true));
    changed = false;
    for (let state = 0; state < stateCount; state += 1) {
      const next = body.outputs[state];
      if (flags[sequenceCount + state] === true || next === undefined || !active.has(next)) continue;
      flags[sequenceCount + state] = true;
      changed = true;
    }
  }
  return flags;
}

function inputLike(builder: BodyBuilder, body: Body, id: ValueId): Value {
  return inputOf(builder, body.values[id]);
}

function inputOf(builder: BodyBuilder, like: Value | undefined): Value {
  if (like === undefined) throw new RangeError('the body has no such input');
  return builder.input(like.type, like.shape, like.origin);
}

function accumulate(builder: BodyBuilder, sum: Value | undefined, gradient: Value | undefined): Value {
  if (sum === undefined) throw new RangeError('an active invariant has no running sum');
  return gradient === undefined ? sum : add(builder, sum, gradient);
}

function indicesWhere<Item>(items: readonly Item[], holds: (item: Item, index: number) => boolean): readonly number[] {
  return items.flatMap((item, index) => (holds(item, index) ? [index] : []));
}

/** Hands forward values to the backward body: constants are written again, everything else is saved by the forward scan. */
class SavedValues {
  readonly #builder: BodyBuilder;
  readonly #constants: ReadonlyMap<ValueId, OperationAttributes['constant']>;
  readonly #known: Map<ValueId, Value | undefined>;
  readonly #saved: { readonly forward: Value; readonly input: Value }[] = [];

  constructor(builder: BodyBuilder, steps: readonly ForwardStep[], known: Map<ValueId, Value | undefined>) {
    this.#builder = builder;
    this.#known = known;
    this.#constants = new Map(steps.flatMap((step) => {
      const [output] = step.outputs;
      return step.kind === 'constant' && output ? [[output.id, step.attributes as OperationAttributes['constant']] as const] : [];
    }));
  }

  valueOf(forward: Value): Value {
    const known = this.#known.get(forward.id);
    if (known !== undefined) return known;
    const constant = this.#constants.get(forward.id);
    const value = constant === undefined ? this.#save(forward) : this.#builder.emitOne('constant', [], constant);
    this.#known.set(forward.id, value);
    return value;
  }

  savedInputs(): readonly Value[] {
    return this.#saved.map((saved) => saved.input);
  }

  savedForward(): readonly Value[] {
    return this.#saved.map((saved) => saved.forward);
  }

  #save(forward: Value): Value {
    const input = this.#builder.input(forward.type, forward.shape);
    this.#saved.push({ forward, input });
    return input;
  }
}
