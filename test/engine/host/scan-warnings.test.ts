import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, tanh } from '../../../core/program/expressions.ts';
import type { Entry } from '../../../core/program/program.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { scanWarnings } from '../../../engine/host/scan-warnings.ts';
import type { Backend } from '../../../engine/session.ts';

const row = [batchSize, constantSize(2)];

/** Recurrences of two features, one for each number of steps. */
function entryOf(steps: readonly number[]): Entry {
  const builder = new BodyBuilder();
  const outputs = steps.map((count) => {
    const cell = new BodyBuilder();
    const [x, state] = [cell.input('float', row), cell.input('float', row)];
    const body = cell.finish([tanh(cell, add(cell, x, state))]);
    const sequence = builder.input('float', [constantSize(count), ...row]);
    return builder.scan({ sequences: [sequence], initialStates: [builder.input('float', row)], invariants: [], steps: constantSize(count), backwards: false, body }).finalStates[0]!;
  });
  return { inputs: [], reads: [], body: builder.finish(outputs), outputs: [], assigns: [] };
}

const backend = (scans: Backend['scans']): Backend => ({ name: 'none', version: '1', threads: 1, scans, open: () => { throw new TypeError('nothing is run here'); } });
const messages = (steps: readonly number[], scans: Backend['scans']): readonly string[] => scanWarnings(entryOf(steps), backend(scans)).map(({ message }) => message);

test('a kernel that takes every recurrence has nothing to be said of it', () => {
  expect(messages([3, 5], { kind: 'kernel', instructionSet: 'AVX2', refusal: () => undefined })).toEqual([]);
});

test('a recurrence that the kernel leaves is said once for each reason, and what it means', () => {
  const refusal: Extract<Backend['scans'], { kind: 'kernel' }>['refusal'] = ({ steps }) => (steps.kind === 'constant' && steps.value === 5 ? 'it takes a mean over the batch' : undefined);
  expect(messages([3, 5, 5], { kind: 'kernel', instructionSet: 'AVX2', refusal })).toEqual([
    "This recurrence runs on TensorFlow's own operations, several times slower and no different: it takes a mean over the batch.",
  ]);
});

test('without a kernel that is said once for the project, and only where there is a recurrence', () => {
  expect(messages([3, 5], { kind: 'plain', reason: 'this processor has neither AVX2 with FMA nor NEON' })).toEqual([
    "Recurrent layers run on TensorFlow's own operations here, several times slower and no different: this processor has neither AVX2 with FMA nor NEON.",
  ]);
  expect(messages([], { kind: 'plain', reason: 'it was not built' })).toEqual([]);
});
