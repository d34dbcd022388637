import { evaluateSize, sizesEqual } from '../../shapes/size.ts';
import type { ScanAttributes } from '../instruction.ts';
import type { OperationRow, ResultType } from '../operation-row.ts';
import { elementCount } from '../reference/numeric-tensor.ts';
import type { NumericTensor } from '../reference/numeric-tensor.ts';
import type { Value } from '../value.ts';
import { misfit, tensorShapesEqual } from './fit.ts';

/** The inputs of a scan by their part, in the order in which they are given. */
export function partsOfScan<Item>(attributes: ScanAttributes, inputs: readonly Item[]) {
  const states = attributes.sequenceCount;
  const invariants = states + attributes.stateCount;
  return { sequences: inputs.slice(0, states), states: inputs.slice(states, invariants), invariants: inputs.slice(invariants) };
}

function bodyValues(attributes: ScanAttributes, ids: readonly number[]): readonly Value[] {
  return ids.map((id) => {
    const value = attributes.body.values[id];
    if (value === undefined) throw new TypeError(`the body of the scan has no value ${id}`);
    return value;
  });
}

function sameType(first: ResultType, second: ResultType): boolean {
  return first.type === second.type && tensorShapesEqual(first.shape, second.shape);
}

function stepOf(sequence: ResultType, attributes: ScanAttributes): ResultType {
  const [steps, ...shape] = sequence.shape;
  if (steps === undefined || !sizesEqual(steps, attributes.steps)) throw misfit('scan', 'sequences of its number of steps', [sequence]);
  return { type: sequence.type, shape };
}

const scanRow: OperationRow<'scan'> = {
  shape: (inputs, attributes) => {
    const { body, sequenceCount, stateCount, invariantCount, steps } = attributes;
    if (inputs.length !== sequenceCount + stateCount + invariantCount || body.inputs.length !== inputs.length) {
      throw misfit('scan', `${body.inputs.length} inputs`, inputs);
    }
    const given = partsOfScan(attributes, inputs);
    const expected = [...given.sequences.map((sequence) => stepOf(sequence, attributes)), ...given.states, ...given.invariants];
    bodyValues(attributes, body.inputs).forEach((own, index) => {
      const found = expected[index];
      if (found === undefined || !sameType(own, found)) throw misfit('scan', `input ${index} as its body takes it`, found ? [own, found] : [own]);
    });
    const outputs = bodyValues(attributes, body.outputs);
    given.states.forEach((state, index) => {
      const next = outputs[index];
      if (next === undefined || !sameType(state, next)) throw misfit('scan', `a next state ${index} like the state`, next ? [state, next] : [state]);
    });
    const stacked = outputs.slice(stateCount).map((output) => ({ type: output.type, shape: [steps, ...output.shape] }));
    return [...given.states, ...stacked];
  },
  gradient: () => {
    throw new Error('the gradient of a scan is derived as a whole, by differentiate-scan.ts');
  },
  reference: (inputs, attributes, environment) => {
    const { body, backwards, stateCount } = attributes;
    const given = partsOfScan(attributes, inputs);
    const steps = evaluateSize(attributes.steps, { batch: environment.batch });
    const perStep: NumericTensor[][] = new Array<NumericTensor[]>(steps);
    let states = given.states;
    for (let count = 0; count < steps; count += 1) {
      const step = backwards ? steps - 1 - count : count;
      const results = environment.evaluate(body, [...given.sequences.map((sequence) => oneStep(sequence, step)), ...states, ...given.invariants]);
      states = results.slice(0, stateCount);
      perStep[step] = results.slice(stateCount);
    }
    const stackedCount = body.outputs.length - stateCount;
    return [...states, ...Array.from({ length: stackedCount }, (_, output) => stack(perStep.map((results) => results[output])))];
  },
};

function oneStep(sequence: NumericTensor, step: number): NumericTensor {
  const [, ...shape] = sequence.shape;
  const length = elementCount(shape);
  return { shape, values: sequence.values.subarray(step * length, (step + 1) * length) };
}

function stack(steps: readonly (NumericTensor | undefined)[]): NumericTensor {
  const [first] = steps;
  if (first === undefined) throw new RangeError('a scan of no steps has nothing to stack');
  const values = new Float64Array(steps.length * first.values.length);
  steps.forEach((step, index) => step && values.set(step.values, index * first.values.length));
  return { shape: [steps.length, ...first.shape], values };
}

export const scanRows = { scan: scanRow };
