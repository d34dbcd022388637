import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, matmul, multiply, reduceSum, relu, tanh } from '../../../core/program/expressions.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { spellProgram } from '../../../engine/tensorflow/program-graph.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { programOf, runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const backend = testBackend();

/** What computes, in the order in which it is written; all that an operation of the kernel does is one of them. */
function operationsOf(built: BodyCase): readonly string[] {
  const { graph } = spellProgram(programOf(built), new Set(), { ...defaultSpellingSettings, scanKernel: true });
  return graph.nodes.map(({ operation }) => operation).filter((operation) => /^(?:MatMul|AddV2|Relu|Sum|Mul|Tanh|UnrollMatMul)$/u.test(operation));
}

interface Layer extends CaseMaker {
  readonly inputs: Value;
  readonly kernel: Value;
  readonly bias: Value;
}

function layer(build: (layer: Layer) => readonly Value[], { batch = 5, features = 7, units = 3 } = {}): BodyCase {
  return bodyCase(batch, 1, (maker) => {
    const { input } = maker;
    return build({ ...maker, inputs: input('float', [batchSize, constantSize(features)]), kernel: input('float', [constantSize(features), constantSize(units)]), bias: input('float', [constantSize(units)]) });
  });
}

test.each<readonly [string, Parameters<typeof layer>[0], readonly string[]]>([
  ['a dense layer with ReLU is one operation', ({ builder, inputs, kernel, bias }) => [relu(builder, add(builder, matmul(builder, inputs, kernel), bias))], ['UnrollMatMul']],
  ['the bias may come first', ({ builder, inputs, kernel, bias }) => [add(builder, bias, matmul(builder, inputs, kernel))], ['UnrollMatMul']],
  ['what is looked at stays: the sums before the ReLU', ({ builder, inputs, kernel, bias }) => {
    const sums = add(builder, matmul(builder, inputs, kernel), bias);
    return [sums, relu(builder, sums)];
  }, ['UnrollMatMul', 'Relu']],
  ['what is added after the ReLU is added after it', ({ builder, inputs, kernel, bias }) => [add(builder, relu(builder, matmul(builder, inputs, kernel)), bias)], ['UnrollMatMul', 'AddV2']],
  ['a second bias is added by itself', ({ builder, inputs, kernel, bias }) => [add(builder, add(builder, matmul(builder, inputs, kernel), bias), bias)], ['UnrollMatMul', 'AddV2']],
  ['a row for every series is no bias', ({ builder, input, inputs, kernel }) => [add(builder, matmul(builder, inputs, kernel), input('float', [batchSize, constantSize(3)]))], ['UnrollMatMul', 'AddV2']],
  ['the gradients of a kernel and its bias are one operation, whichever is asked for first', ({ builder, input, inputs }) => {
    const arriving = input('float', [batchSize, constantSize(3)]);
    return [reduceSum(builder, arriving, [0]), matmul(builder, inputs, arriving, { transposeLeft: true })];
  }, ['UnrollMatMul']],
  ['… and where the other factor is made between them they are two', ({ builder, input, inputs }) => {
    const arriving = input('float', [batchSize, constantSize(3)]);
    const sums = reduceSum(builder, arriving, [0]);
    const scaled = multiply(builder, inputs, reduceSum(builder, sums, [0]));
    return [sums, matmul(builder, scaled, arriving, { transposeLeft: true })];
  }, ['Sum', 'Sum', 'Mul', 'UnrollMatMul']],
  ['the gradient of the inputs', ({ builder, input, kernel }) => [matmul(builder, input('float', [batchSize, constantSize(3)]), kernel, { transposeRight: true })], ['UnrollMatMul']],
])('%s', (_, build, operations) => {
  const built = layer(build);
  expect(operationsOf(built)).toEqual(operations);
  expectClose(runOnTensorFlow(backend, built), referenceOf(built), 1e-5);
});

test.each([[128, 128, 'UnrollMatMul'], [128, 129, 'MatMul']] as const)('%i × %i weights are %s', (features, units, operation) => {
  const built = layer(({ builder, inputs, kernel }) => [matmul(builder, inputs, kernel)], { features, units });
  expect(operationsOf(built)).toEqual([operation]);
});

test('a dense layer of any size gives what float64 gives, forwards and backwards', () => {
  const size = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(size, size, size, (batch, features, units) => {
      const built = layer(({ builder, input, inputs, kernel, bias }) => {
        const arriving = input('float', [batchSize, constantSize(units)]);
        return [
          relu(builder, add(builder, matmul(builder, inputs, kernel), bias)),
          matmul(builder, arriving, kernel, { transposeRight: true }),
          matmul(builder, inputs, arriving, { transposeLeft: true }),
          reduceSum(builder, arriving, [0]),
          tanh(builder, matmul(builder, kernel, inputs, { transposeLeft: true, transposeRight: true })),
        ];
      }, { batch, features, units });
      const results = runOnTensorFlow(backend, built);
      expect(results).toHaveLength(5);
      expectClose(results, referenceOf(built), 1e-4);
    }),
    { numRuns: 60 },
  );
});

test('what is not a number stays so through the ReLU', () => {
  const built = layer(({ builder, inputs, kernel, bias }) => [relu(builder, add(builder, matmul(builder, inputs, kernel), bias))], { batch: 1 });
  const holed = { ...built, inputs: built.inputs.map((tensor, index) => (index === 3 ? { ...tensor, values: tensor.values.with(1, NaN) } : tensor)) };
  const [result] = runOnTensorFlow(backend, holed);
  expect([...result!.values].map(Number.isNaN)).toEqual([false, true, false]);
});
