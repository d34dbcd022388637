import { expect, it } from 'vitest';
import { lstmNode } from '../../../core/nodes/lstm.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { contextFor, runLayer, someNumbers, writeLayer } from './run-layer.ts';
import { anyNodeType } from '../../../core/nodes/catalog.ts';
import type { LayerNodeType } from '../../../core/nodes/node-type.ts';
import { sequenceShape } from '../../../core/shapes/shape.ts';
import { constantSize } from '../../../core/shapes/size.ts';

const units = 2;
const features = 3;
const kernel = someNumbers(features * 4 * units, 1);
const recurrentKernel = someNumbers(units * 4 * units, 2);
const bias = someNumbers(4 * units, 3);
const weights = { kernel, recurrent_kernel: recurrentKernel, bias };
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** The equations gate by gate and unit by unit, gates in Keras's order: input, forget, candidate, output. */
function equations(series: readonly (readonly number[])[]): number[][] {
  let hidden = new Array<number>(units).fill(0);
  let memory = new Array<number>(units).fill(0);
  return series.map((input) => {
    const sum = (gate: number, unit: number) => {
      const column = gate * units + unit;
      const fromInput = input.reduce((total, value, row) => total + value * kernel[row * 4 * units + column]!, 0);
      const fromHidden = hidden.reduce((total, value, row) => total + value * recurrentKernel[row * 4 * units + column]!, 0);
      return fromInput + fromHidden + bias[column]!;
    };
    const nextMemory = memory.map((old, unit) => sigmoid(sum(1, unit)) * old + sigmoid(sum(0, unit)) * Math.tanh(sum(2, unit)));
    hidden = nextMemory.map((value, unit) => sigmoid(sum(3, unit)) * Math.tanh(value));
    memory = nextMemory;
    return hidden;
  });
}

const series = [someNumbers(3, 5), someNumbers(3, 6), someNumbers(3, 7), someNumbers(3, 8)];

it('computes its equations at every step', () => {
  const outputs = runLayer(lstmNode, { units }, numericTensor([1, 4, 3], series.flat()), weights);
  expect(outputs.shape).toEqual([1, 4, 2]);
  const expected = equations(series).flat();
  outputs.values.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 12));
});

it('returns the last hidden state without stacking the others', () => {
  const outputs = runLayer(lstmNode, { units, returnSequences: false }, numericTensor([1, 4, 3], series.flat()), weights);
  expect([...outputs.values]).toEqual(equations(series)[3]!.map((value): unknown => expect.closeTo(value, 12)));
  const { body } = writeLayer(anyNodeType(lstmNode) as LayerNodeType, { units, returnSequences: false }, sequenceShape(constantSize(4), constantSize(3)));
  const scan = body.instructions.find((instruction) => instruction.kind === 'scan');
  expect(scan?.outputs.length).toBe(2);
});

it('names its gates, so that they can be looked at', () => {
  const { body } = writeLayer(anyNodeType(lstmNode) as LayerNodeType, { units }, sequenceShape(constantSize(4), constantSize(3)));
  const cell = body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? instruction.attributes.body.values : []));
  const names = cell.map((value) => value.origin?.name);
  expect(names).toEqual(expect.arrayContaining(['input gate', 'forget gate', 'candidate', 'output gate', 'cell state', 'hidden state']));
});

it("starts the forget gate's bias at one where asked", () => {
  const type = anyNodeType(lstmNode) as LayerNodeType;
  const onesOf = (unitForgetBias: boolean) =>
    type.weights(contextFor(type, { units, unitForgetBias }, sequenceShape(constantSize(4), constantSize(3)))).find((weight) => weight.name === 'bias')?.ones;
  expect([onesOf(true), onesOf(false)]).toEqual([[units, 2 * units], undefined]);
});
