import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '../../../core/program/instruction.ts';
import type { NumericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { lowerScan } from '../../../engine/scan-kernel/lower-scan.ts';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { kernelRefusal, separateSequences } from '../../../engine/tensorflow/scan-kernel-spelling.ts';
import { referenceOf } from '../../support/body-case.ts';
import type { BodyCase } from '../../support/body-case.ts';
import { randomRowCell } from '../../support/random-row-cell.ts';
import type { RowCellPlan } from '../../support/random-row-cell.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

const kernel = testBackend();
const plain = testBackend(defaultSpellingSettings);

const width = fc.constantFrom(1, 2, 3, 5, 8, 20);
const plans: fc.Arbitrary<RowCellPlan> = fc.record({
  seed: fc.nat(),
  batch: fc.constantFrom(1, 2, 15, 16, 17, 33),
  steps: fc.constantFrom(1, 2, 3, 9),
  backwards: fc.boolean(),
  operations: fc.integer({ min: 1, max: 15 }),
  sequences: fc.array(width, { minLength: 1, maxLength: 3 }),
  states: fc.array(width, { minLength: 1, maxLength: 3 }),
  stacked: fc.nat(3),
});

function refusals(body: Body): readonly string[] {
  return body.instructions.flatMap((instruction) => (instruction.kind === 'scan' ? kernelRefusal(instruction.attributes) ?? [] : []));
}

/** The largest error of each result, relative to the larger of the expected number and 1. */
function largestErrors(found: readonly NumericTensor[], expected: readonly NumericTensor[]): readonly number[] {
  return expected.map(({ values }, index) =>
    values.reduce((worst, value, position) => Math.max(worst, Math.abs((found[index]?.values[position] ?? Number.NaN) - value) / Math.max(1, Math.abs(value))), 0));
}

/** Within the tolerance of float64; where a random cell is so steep that float32 cannot be, as near as ordinary operations. */
function expectAsExactAsOrdinary(built: BodyCase, tolerance: number): void {
  const expected = referenceOf(built);
  const errors = largestErrors(runOnTensorFlow(kernel, built), expected);
  if (errors.every((error) => error <= tolerance)) return;
  const ordinary = largestErrors(runOnTensorFlow(plain, built), expected);
  errors.forEach((error, index) => { expect(error).toBeLessThanOrEqual(tolerance + 5 * (ordinary[index] ?? 0)); });
}

test('the kernel is what these tests run on', () => {
  expect(kernel.scans.kind).toBe('kernel');
});

test('a thousand random cells: the native side accepts every program', () => {
  const loading = loadScanKernel(1);
  if (loading.kind === 'absent') throw new Error(loading.reason);
  const { refusal } = loading.kernel;
  expect.hasAssertions();
  const isAccepted = (plan: RowCellPlan): void => {
    for (const instruction of randomRowCell({ ...plan, batch: 1, steps: 1 }).body.instructions) {
      if (instruction.kind === 'scan') expect(refusal(lowerScan(instruction.attributes, separateSequences(instruction.attributes)).text)).toBeNull();
    }
  };
  fc.assert(fc.property(plans, isAccepted), { numRuns: 1000 });
}, 120_000);

test('two hundred random cells: results and every gradient as in float64', () => {
  const run = (plan: RowCellPlan): void => {
    const built = randomRowCell(plan);
    expect(refusals(built.body)).toEqual([]);
    expectAsExactAsOrdinary(built, 2e-5);
  };
  fc.assert(fc.property(plans, run), { numRuns: 200 });
  expect.hasAssertions();
}, 300_000);
