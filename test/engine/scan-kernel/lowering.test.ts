import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { add, matmul, multiply, negate, reduceMean, reduceSum, scalar, sigmoid, split, tanh } from '../../../core/program/expressions.ts';
import type { ScanAttributes } from '../../../core/program/instruction.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize } from '../../../core/shapes/size.ts';
import { lowerScan } from '../../../engine/scan-kernel/lower-scan.ts';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { printScanProgram } from '../../../engine/scan-kernel/print-scan-program.ts';
import { wholeWindow } from '../../../engine/scan-kernel/step-windows.ts';
import { kernelRefusal } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';

const row = (width: number) => [batchSize, constantSize(width)];

/** A scan of one sequence of three features, states of two units each, and the given invariants. */
function scanOf(stateCount: number, invariants: readonly Value['shape'][], build: (cell: BodyBuilder, x: Value, states: readonly Value[], invariants: readonly Value[]) => readonly Value[]): ScanAttributes {
  const cell = new BodyBuilder();
  const x = cell.input('float', row(3));
  const states = Array.from({ length: stateCount }, () => cell.input('float', row(2)));
  const given = invariants.map((shape) => cell.input('float', shape));
  const body = cell.finish(build(cell, x, states, given));
  return { body, steps: constantSize(4), sequenceCount: 1, stateCount, invariantCount: invariants.length, backwards: false };
}

const inputs = { tensors: [{ slotRows: 3, slots: 4 }], sequences: [{ tensor: 0, view: { row: 0, rows: 3, ...wholeWindow(4) } }], initialLiterals: [0, 0] } as const;
const matrix = (rows: number, columns: number) => [constantSize(rows), constantSize(columns)];

const lstm = scanOf(2, [matrix(3, 8), matrix(2, 8), [constantSize(8)]], (cell, x, [hidden, memory], [kernel, recurrent, bias]) => {
  const sums = add(cell, add(cell, matmul(cell, x, kernel!), matmul(cell, hidden!, recurrent!)), bias!);
  const [input, forget, candidate, output] = split(cell, sums, 1, [2, 2, 2, 2]);
  const next = add(cell, multiply(cell, sigmoid(cell, forget!), memory!), multiply(cell, sigmoid(cell, input!), tanh(cell, candidate!)));
  const shown = multiply(cell, sigmoid(cell, output!), tanh(cell, next));
  return [shown, next, shown];
});

test('an LSTM for prediction is a handful of instructions, and keeps its outputs alone', () => {
  expect(printScanProgram(lowerScan(lstm, inputs).program)).toBe([
    'scan forwards: scratch 12, ring 0, tape 2 with history',
    '  parameters[0…7] ← parameter',
    '  state 0 in tape+1[0…1] ← 0',
    '  state 1 in scratch[0…1] ← 0',
    '  scratch[2…9] = parameters[0…7] + sequence0[0…2]·matrix0 + tape[0…1]·matrix1',
    '  scratch[4…5] = sigmoid(scratch[4…5])',
    '  scratch[2…3] = sigmoid(scratch[2…3])',
    '  scratch[6…7] = tanh(scratch[6…7])',
    '  scratch[0…1] = scratch[4…5] · scratch[0…1] + scratch[2…3] · scratch[6…7]',
    '  scratch[8…9] = sigmoid(scratch[8…9])',
    '  scratch[10…11] = tanh(scratch[0…1])',
    '  tape+1[0…1] = scratch[8…9] · scratch[10…11]',
  ].join('\n'));
});

test('the native side accepts what the compiler writes', () => {
  loadTensorFlow({ threads: 1 });
  const loading = loadScanKernel(1);
  if (loading.kind === 'absent') throw new Error(loading.reason);
  const { kernel } = loading;
  const { text } = lowerScan(lstm, inputs);
  expect(kernel.refusal(text)).toBeNull();
  expect(kernel.refusal(text.split(' ').slice(0, -1).join(' '))).toMatch(/^the program ends too early/u);
  expect(kernel.refusal(`${text} 0`)).toBe('words are left after the last instruction');
  expect(kernel.refusal('1 2 3')).toBe('this is not a scan program of this version');
  expect(kernel.refusal('forty')).toBe('word 0 is not a number of 32 bits');
  expect(kernel.instructionSet()).toMatch(/^(?:AVX-512|AVX2|NEON)$/u);
  expect(kernel.chooseInstructionSet('MMX')).toBe(false);
  expect(kernel.chooseInstructionSet(kernel.instructionSet())).toBe(true);
  expect(() => { kernel.setThreads(0); }).toThrow(new RangeError('a scan uses from 1 to 256 threads'));
});

test.each<readonly [string, ScanAttributes, string]>([
  ['a mean over the batch', scanOf(1, [], (cell, _, [state]) => [add(cell, state!, reduceMean(cell, state!, [0]))]), 'it takes a mean over the batch'],
  ['a sum over the batch within a step', scanOf(1, [], (cell, _, [state]) => [add(cell, state!, reduceSum(cell, state!, [0]))]), 'it uses a sum over the batch in "add"'],
  ['an invariant matrix as rows', scanOf(1, [matrix(2, 2)], (cell, x, [state], [own]) => [tanh(cell, state!), multiply(cell, matmul(cell, x, matmul(cell, x, x, { transposeLeft: true })), scalar(cell, 0)), own!]), 'it uses a sum over the batch in "matmul"'],
  ['more steps than the kernel counts', { ...scanOf(1, [], (cell, _, [state]) => [tanh(cell, state!)]), steps: constantSize(2 ** 24 + 1) }, 'it takes more than 16,777,216 steps'],
  ['more features than the kernel counts', scanOf(1, [matrix(3, 2 ** 20 + 1), matrix(2 ** 20 + 1, 2)], (cell, x, _, [wide, back]) => [matmul(cell, tanh(cell, matmul(cell, x, wide!)), back!)]), 'it has more than 1,048,576 features at a step'],
  ['steps that only a run knows', { ...scanOf(1, [], (cell, _, [state]) => [tanh(cell, state!)]), steps: batchSize }, 'its number of steps is not known'],
])('%s is left to ordinary operations, with the reason', (_, attributes, reason) => {
  expect(kernelRefusal(attributes)).toBe(reason);
});

/** The instructions of a cell with one sequence of three features and a state of two. */
function instructionsOf(build: Parameters<typeof scanOf>[2]): readonly string[] {
  const text = printScanProgram(lowerScan(scanOf(1, [], build), inputs).program);
  return text.split('\n').filter((line) => line.includes(' = ')).map((line) => line.trim());
}

test('factors of sums over rows become one where no number rounds otherwise, and a negation its sign', () => {
  const factorsOf = (outer: number, mean: boolean) => instructionsOf((cell, x, [state]) => {
    const sum = mean ? reduceMean(cell, x, [1], true) : reduceSum(cell, x, [1], true);
    return [add(cell, state!, multiply(cell, scalar(cell, outer), sum))];
  });
  expect(factorsOf(-0.5, false)[0]).toBe('scratch[2] = -0.5 · Σ sequence0[0…2]');
  expect(factorsOf(0.3, false)[0]).toBe('scratch[2] = 0.3 · Σ sequence0[0…2]');
  expect(factorsOf(2, true)[0]).toBe(`scratch[2] = ${2 / 3} · Σ sequence0[0…2]`);
  // A third times three tenths is rounded twice; half of a third of a huge sum may be there where the sum itself is not.
  expect(factorsOf(0.3, true).slice(0, 2)).toEqual([`scratch[2] = ${1 / 3} · Σ sequence0[0…2]`, 'scratch[2] = 0.3 · scratch[2] + 0']);
  expect(factorsOf(0.5, true)).toHaveLength(3);
  expect(instructionsOf((cell, x, [state]) => [add(cell, state!, reduceMean(cell, negate(cell, x), [1], true))])[0]).toBe(`scratch[2] = ${-1 / 3} · Σ sequence0[0…2]`);
});

test('twice a vector times a number that is multiplied anyway is the vector times twice the number', () => {
  const made = instructionsOf((cell, x, [state]) => {
    const number = multiply(cell, scalar(cell, 0.3), reduceSum(cell, tanh(cell, x), [1], true));
    const [first] = split(cell, x, 1, [2, 1]);
    return [add(cell, multiply(cell, state!, first!), multiply(cell, number, multiply(cell, scalar(cell, 2), first!)))];
  });
  expect(made.slice(1)).toEqual(['scratch[5] = 0.6 · Σ scratch[2…4]', 'scratch[0…1] = scratch[0…1] · sequence0[0…1] + scratch[5] · sequence0[0…1]']);
});
