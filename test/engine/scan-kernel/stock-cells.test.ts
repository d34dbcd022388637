import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lstmNode } from '../../../core/nodes/lstm.ts';
import { simpleRnnNode } from '../../../core/nodes/simple-rnn.ts';
import { add, allAxes, matmul, multiply, reduceMean, slice, split, square, tanh, transpose } from '../../../core/program/expressions.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { lowerScan } from '../../../engine/scan-kernel/lower-scan.ts';
import { printScanProgram } from '../../../engine/scan-kernel/print-scan-program.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { kernelRefusal, separateSequences } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';
import { trainedCase } from '../../support/trained-case.ts';

const kernel = testBackend();
const plain = testBackend(defaultSpellingSettings);

interface StackPlan {
  readonly kind: 'lstm' | 'simple-rnn';
  readonly units: number;
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly layers: number;
  readonly returnSequences: boolean;
}

/** Layers on each other, a loss over what the last one gives, and its gradient with respect to everything. */
function stack({ kind, units, batch, steps, features, layers, returnSequences }: StackPlan): BodyCase {
  const gates = kind === 'lstm' ? 4 : 1;
  const built = bodyCase(batch, units * 31 + steps, ({ builder, input }) => {
    let value: Value = input('float', [batchSize, constantSize(steps), constantSize(features)]);
    for (let layer = 0; layer < layers; layer += 1) {
      const size = layer === 0 ? features : units;
      const range = [-1 / Math.sqrt(size), 1 / Math.sqrt(size)] as const;
      const weights: Readonly<Record<string, Value>> = {
        kernel: input('float', [constantSize(size), constantSize(gates * units)], range),
        recurrent_kernel: input('float', [constantSize(units), constantSize(gates * units)], [-1 / Math.sqrt(units), 1 / Math.sqrt(units)]),
        bias: input('float', [constantSize(gates * units)], [-0.5, 0.5]),
      };
      const site = { builder, node: `layer-${layer}`, inputs: { inputs: value }, mode: 'train', weight: (name: string) => weights[name]! } as const;
      const node = kind === 'lstm' ? lstmNode : simpleRnnNode;
      const declarations: readonly (readonly [string, { readonly default: unknown }])[] = Object.entries(node.parameters);
      const defaults = Object.fromEntries(declarations.map(([name, declaration]) => [name, declaration.default]));
      const parameters = { ...defaults, units, returnSequences: returnSequences || layer + 1 < layers };
      const { outputs } = node.forward({ ...site, parameters } as unknown as Parameters<typeof lstmNode.forward>[0]);
      value = outputs as Value;
    }
    return [reduceMean(builder, square(builder, value), allAxes(value)), value];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input('float', built.body.values[id]?.shape ?? []));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, inputs.map((_, index) => index).slice(1));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}

function expectKernelAsReference(built: BodyCase, tolerance: number): void {
  expectKernelTakesAll(built);
  expectClose(runOnTensorFlow(kernel, built), referenceOf(built), tolerance);
}

function expectKernelTakesAll({ body }: BodyCase): void {
  const reasons = body.instructions.map((instruction) => (instruction.kind === 'scan' ? kernelRefusal(instruction.attributes) : undefined));
  expect(reasons.filter((reason) => reason !== undefined)).toEqual([]);
}

const base: StackPlan = { kind: 'lstm', units: 20, batch: 5, steps: 7, features: 3, layers: 2, returnSequences: true };
const unitCounts = [1, 2, 5, 6, 7, 12, 13, 16, 17, 24, 31, 48, 63, 64, 65, 96, 127, 129, 257];

test.each(unitCounts)('LSTM of %i units, results and gradients as in float64', (units) => {
  const built = stack({ ...base, units, layers: 1, batch: 3, steps: 3 });
  expect.hasAssertions();
  expectKernelAsReference(built, 2e-6);
});

test.each(unitCounts)('SimpleRNN of %i units, results and gradients as in float64', (units) => {
  const built = stack({ ...base, kind: 'simple-rnn', units, batch: 17, steps: 3 });
  expect.hasAssertions();
  expectKernelAsReference(built, 2e-6);
});

test('the page on the kernel shows the backward pass of an LSTM of 20 units as it is', () => {
  const scans = stack({ ...base, features: 20, layers: 1 }).body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? [instruction.attributes] : []));
  const backwards = scans.find((scan) => scan.backwards)!;
  const { program } = lowerScan(backwards, { ...separateSequences(backwards), initialLiterals: Array.from({ length: backwards.stateCount }, () => 0) });
  expect(readFileSync(new URL('../../../docs/scan-kernel.md', import.meta.url), 'utf8')).toContain(printScanProgram(program).replaceAll(/^/gmu, '    '));
});

test('SimpleRNN of 1,024 units', () => {
  const built = stack({ ...base, kind: 'simple-rnn', units: 1024, layers: 1, batch: 2, steps: 2 });
  expect.hasAssertions();
  expectKernelAsReference(built, 2e-6);
});

test.each([[1, 114_000], [16, 114_000], [114_000, 1]])('from %i features at a step to %i and their gradients: tiles of so many rows are counted without overflow', (features, width) => {
  const built = trainedCase(1, ({ builder, input }) => {
    const [series, matrix] = [input('float', [constantSize(2), batchSize, constantSize(features)]), input('float', [constantSize(features), constantSize(width)], [-0.01, 0.01])];
    const cell = new BodyBuilder();
    const [x, own] = [cell.input('float', [batchSize, constantSize(features)]), cell.input('float', [constantSize(features), constantSize(width)])];
    const body = cell.finish([tanh(cell, matmul(cell, x, own))]);
    return builder.scan({ sequences: [series], initialStates: [], invariants: [matrix], steps: constantSize(2), backwards: false, body }).stacked[0]!;
  });
  expect.hasAssertions();
  expectKernelAsReference(built, 2e-5);
});

test.each([1, 2, 15, 16, 17, 31, 32, 33, 64, 129, 200])('a batch of %i series', (batch) => {
  const built = stack({ ...base, units: 5, batch });
  expect.hasAssertions();
  expectKernelAsReference(built, 2e-6);
});

test.each([[1, true], [2, true], [1, false], [2, false], [65, false], [130, true]])('%i steps, all of them returned: %s', (steps, returnSequences) => {
  const built = stack({ ...base, units: 4, steps, returnSequences });
  expect.hasAssertions();
  expectKernelAsReference(built, 3e-6);
});

test('2,000 steps', () => {
  const built = stack({ ...base, units: 4, steps: 2000, batch: 2, layers: 1 });
  expect.hasAssertions();
  expectKernelAsReference(built, 1e-5);
});

test('forwards and backwards in time over one sequence, states handed from one scan to the next, parts of stacked results', () => {
  const steps = constantSize(6);
  const row = [batchSize, constantSize(4)];
  const built = bodyCase(19, 5, ({ builder, input }) => {
    const cell = new BodyBuilder();
    const [element, state, matrix] = [cell.input('float', row), cell.input('float', row), cell.input('float', [constantSize(4), constantSize(8)])];
    const [kept, added] = split(cell, cell.emitOne('matmul', [element, matrix], { transposeLeft: false, transposeRight: false }), 1, [4, 4]);
    const next = cell.emitOne('tanh', [add(cell, multiply(cell, kept!, state), added!)], {});
    const body = cell.finish([next, next, kept!]);
    const [sequence, kernelMatrix] = [input('float', [steps, ...row]), input('float', [constantSize(4), constantSize(8)], [-0.5, 0.5])];
    const first = builder.scan({ sequences: [sequence], initialStates: [input('float', row)], invariants: [kernelMatrix], steps, backwards: false, body });
    const second = builder.scan({ sequences: [first.stacked[1]!], initialStates: first.finalStates, invariants: [kernelMatrix], steps, backwards: true, body });
    const shown = transpose(builder, second.stacked[0]!, [1, 0, 2]);
    const tail = slice(builder, second.stacked[1]!, 0, 2, 3);
    const loss = [shown, tail, ...second.finalStates].map((value) => reduceMean(builder, square(builder, value), allAxes(value)));
    return [loss.reduce((sum, term) => add(builder, sum, term)), shown, tail];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input('float', built.body.values[id]?.shape ?? []));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, [1, 2, 3]);
  const withGradients = { ...built, body: builder.finish([...outputs, ...gradients]) };
  expect.hasAssertions();
  expectKernelAsReference(withGradients, 2e-6);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, 1e-40])('%f in any input goes where ordinary operations let it go', (poison) => {
  const built = stack({ ...base, units: 3, batch: 17, steps: 4, layers: 1 });
  const kindOf = (value: number): string => (Number.isNaN(value) ? 'not a number' : Number.isFinite(value) ? 'finite' : `infinite ${Math.sign(value)}`);
  for (let input = 1; input < built.inputs.length; input += 1) {
    const values = Float64Array.from(built.inputs[input]!.values);
    values[values.length >> 1] = poison;
    const inputs = built.inputs.map((tensor, index) => (index === input ? { ...tensor, values } : tensor));
    const [onKernel, onPlain] = [kernel, plain].map((backend) => runOnTensorFlow(backend, { ...built, inputs }));
    const kinds = (results: typeof onKernel): readonly string[] => (results ?? []).flatMap((tensor) => Array.from(tensor.values, kindOf));
    expect(kinds(onKernel)).toEqual(kinds(onPlain));
  }
});
