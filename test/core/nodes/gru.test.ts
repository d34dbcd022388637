import { expect, it } from 'vitest';
import { anyNodeType } from '../../../core/nodes/catalog.ts';
import { gruNode } from '../../../core/nodes/gru.ts';
import type { LayerNodeType } from '../../../core/nodes/node-type.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { sequenceShape } from '../../../core/shapes/shape.ts';
import { constantSize } from '../../../core/shapes/size.ts';
import { contextFor, runLayer, writeLayer } from './run-layer.ts';

// One unit on one feature, so that the recurrence can be written out; gates in Keras's order z, r, candidate.
const kernel = [0.5, -0.4, 0.8];
const recurrentKernel = [0.3, 0.6, -0.7];
const inputBias = [0.1, 0.2, -0.3];
const recurrentBias = [0.05, -0.15, 0.25];
const series = [1, 2, -1];
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

function states(candidateHidden: (reset: number, hidden: number) => number, gateBias: readonly number[]): number[] {
  let hidden = 0;
  return series.map((input) => {
    const sum = (gate: number) => input * kernel[gate]! + hidden * recurrentKernel[gate]! + gateBias[gate]!;
    const [update, reset] = [sigmoid(sum(0)), sigmoid(sum(1))];
    const candidate = Math.tanh(input * kernel[2]! + inputBias[2]! + candidateHidden(reset, hidden));
    hidden = update * hidden + (1 - update) * candidate;
    return hidden;
  });
}

it("resets the hidden state's product, with a bias of its own, unless told otherwise", () => {
  const weights = { kernel, recurrent_kernel: recurrentKernel, bias: [...inputBias, ...recurrentBias] };
  const outputs = runLayer(gruNode, { units: 1 }, numericTensor([1, 3, 1], series), weights);
  const expected = states((reset, hidden) => reset * (hidden * recurrentKernel[2]! + recurrentBias[2]!), inputBias.map((bias, gate) => bias + recurrentBias[gate]!));
  expect([...outputs.values]).toEqual(expected.map((value): unknown => expect.closeTo(value, 12)));
});

it('resets the hidden state itself where asked', () => {
  const weights = { kernel, recurrent_kernel: recurrentKernel, bias: inputBias };
  const outputs = runLayer(gruNode, { units: 1, resetAfter: false }, numericTensor([1, 3, 1], series), weights);
  const expected = states((reset, hidden) => reset * hidden * recurrentKernel[2]!, inputBias);
  expect([...outputs.values]).toEqual(expected.map((value): unknown => expect.closeTo(value, 12)));
});

it('keeps two rows of biases only where the second can differ', () => {
  const type = anyNodeType(gruNode) as LayerNodeType;
  const biasShape = (given: object) => type.weights(contextFor(type, { units: 2, ...given }, sequenceShape(constantSize(4), constantSize(3)))).find(({ name }) => name === 'bias')?.shape;
  expect([biasShape({}), biasShape({ resetAfter: false }), biasShape({ useBias: false })]).toEqual([[2, 6], [6], undefined]);
});

it('names its gates, so that they can be looked at', () => {
  const { body } = writeLayer(anyNodeType(gruNode) as LayerNodeType, { units: 2 }, sequenceShape(constantSize(4), constantSize(3)));
  const cell = body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? instruction.attributes.body.values : []));
  expect(cell.map((value) => value.origin?.name)).toEqual(expect.arrayContaining(['update gate', 'reset gate', 'candidate', 'hidden state']));
});
