import { expect, test } from 'vitest';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { Chance, elementwiseAttempt, fromLanes, layoutAttempt, productAttempt, runAttempt, scanAttempt } from '../../support/kernel-attempts.ts';
import type { Attempt } from '../../support/kernel-attempts.ts';

loadTensorFlow({ threads: 1 });
if (loadScanKernel(2).kind === 'absent') throw new Error('the kernel is not there');

/** What an operation says of itself, and what TensorFlow says of a node's attributes: what was expected, and what was found. */
const named = /^(?:scan kernel: |(?:sequence|row input|matrix|initial state) \d+ of a scan wants shape |a scan (?:takes up to|of \d+ steps over)|vector \d+ of an operation by element wants shape |number \d+ of an operation by element has the shape |operations by element on tensors|the (?:left|right) factor of a product of matrices wants two axes|the factors of a product of matrices do not fit|the bias of a product of matrices wants shape |the batch size wants one integer|a sequence (?:has the axes batch, time and feature|is too long)|a tensor of (?:lanes for|shape)|Value for attr )/u;

test('whatever reaches an operation through TensorFlow, it runs or says what is wrong: damaged bytecode, other shapes, counts, sources and batches', () => {
  const outcomes = { ran: 0, refused: 0 };
  for (let seed = 0; seed < 400; seed += 1) {
    const chance = new Chance(seed);
    const attempt = chance.pick([scanAttempt, scanAttempt, elementwiseAttempt, layoutAttempt, productAttempt])(chance);
    try {
      runAttempt(attempt);
      outcomes.ran += 1;
    } catch (error) {
      expect((error as Error).message).toMatch(named);
      outcomes.refused += 1;
    }
  }
  expect(outcomes.ran).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
}, 120_000);

test.each<readonly [string, Attempt, RegExp]>([
  // Rows that begin so late that a sum of 32 bits is negative: they were read, far outside.
  ['rows of a tensor of lanes that it has not', fromLanes({ first_row: 2 ** 31 - 1, rows: 6 }, [1, 2, 8, 16]), /first_row is 2147483647, not from 0 to 16777216/u],
  ['more steps than there are', fromLanes({ steps: 3, end: 3 }, [1, 2, 8, 16]), /a tensor of lanes for 3 series and 3 steps has another shape: \[1, 2, 8, 16\]/u],
  ['more numbers than any memory holds', fromLanes({ steps: 2 ** 24, end: 0, rows: 2 ** 20 }, [1, 0, 2 ** 20, 16]), /a tensor of shape \[16777216, 3, 1048576\] needs 211106232 MB, more than is free/u],
])('%s', (_, attempt, message) => {
  expect(() => { runAttempt(attempt); }).toThrow(message);
});
