import { expect, test } from 'vitest';
import { recur } from '../../../core/nodes/recurrence.ts';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, allAxes, matmul, reduceMean, square, tanh, transpose } from '../../../core/program/expressions.ts';
import { differentiate } from '../../../core/program/gradients/differentiate.ts';
import { eliminateDeadCode } from '../../../core/program/passes/eliminate-dead-code.ts';
import { simplify } from '../../../core/program/passes/simplify.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { spellProgram } from '../../../engine/tensorflow/program-graph.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { BodyCase, CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { programOf, runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const units = 24;

function layer({ builder, input }: CaseMaker, inputs: Value, returnSequences: boolean): Value {
  const features = inputs.shape[2]!;
  const weights = { kernel: input('float', [features, constantSize(units)], [-0.4, 0.4]), recurrent: input('float', [units, units].map(constantSize), [-0.2, 0.2]) };
  const cell: Parameters<typeof recur>[0]['cell'] = (step) =>
    [tanh(step.builder, add(step.builder, matmul(step.builder, step.input, step.weight('kernel')), matmul(step.builder, step.states[0]!, step.weight('recurrent'))))];
  return recur({ builder, node: 'rnn', inputs, units, stateNames: ['hidden state'], initialStates: [], weights, returnSequences, goBackwards: false, inOrderOfReading: true, truncateAfter: null, cell }).output;
}

/** The loss of a network over a sequence of five features, and its gradient. */
function trained(batch: number, steps: number, network: (maker: CaseMaker, sequence: Value) => Value): BodyCase {
  const built = bodyCase(batch, 3, (maker) => {
    const result = network(maker, maker.input('float', [batchSize, constantSize(steps), constantSize(5)]));
    return [reduceMean(maker.builder, square(maker.builder, result), allAxes(result))];
  });
  const builder = new BodyBuilder();
  const inputs = built.body.inputs.map((id) => builder.input('float', built.body.values[id]!.shape));
  const { outputs, gradients } = differentiate(builder, built.body, inputs, 0, inputs.map((_, index) => index).slice(2));
  return { ...built, body: eliminateDeadCode(simplify(builder.finish([...outputs, ...gradients]))) };
}

const scanNodes = (built: BodyCase) =>
  spellProgram(programOf(built), new Set(), { ...defaultSpellingSettings, scanKernel: true }).graph.nodes.filter(({ operation }) => operation === 'UnrollScan');

const stacked = (maker: CaseMaker, sequence: Value): Value => layer(maker, layer(maker, layer(maker, sequence, true), true), false);

test('layers on each other are one operation forwards, and one backwards', () => {
  const built = trained(5, 4, stacked);
  expect(scanNodes(built).map(({ attributes }) => attributes['scan_count'])).toEqual([{ kind: 'integer', value: 3 }, { kind: 'integer', value: 3 }]);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 3e-6);
});

test('a scan that begins with the state another ended with comes after it', () => {
  const built = trained(18, 4, (maker, sequence) => {
    const { builder, input } = maker;
    const cell = new BodyBuilder();
    const rows = [batchSize, constantSize(5)];
    const [x, state] = [cell.input('float', rows), cell.input('float', rows)];
    const next = tanh(cell, add(cell, x, state));
    const body = cell.finish([next, next]);
    const run = { sequences: [transpose(builder, sequence, [1, 0, 2])], invariants: [], steps: constantSize(4), backwards: false, body };
    const encoder = builder.scan({ ...run, initialStates: [input('float', rows)] });
    return builder.scan({ ...run, initialStates: encoder.finalStates }).stacked[0]!;
  });
  expect(scanNodes(built).length).toBeGreaterThan(1);
  expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 3e-6);
});

test('the same bits on one thread, two and three', () => {
  loadTensorFlow({ threads: 1 });
  const loading = loadScanKernel(1);
  if (loading.kind === 'absent') throw new Error(loading.reason);
  const built = trained(150, 30, stacked);
  const expected = runOnTensorFlow(testBackend(), built);
  for (const threads of [2, 3]) {
    const backend = testBackend();
    loading.kernel.setThreads(threads);
    expect(runOnTensorFlow(backend, built)).toEqual(expected);
  }
  loading.kernel.setThreads(1);
});
