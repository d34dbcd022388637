import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { defaultSpellingSettings } from '../../../engine/tensorflow/scan-spelling.ts';
import { loadScanKernel } from '../../../engine/scan-kernel/native-kernel.ts';
import { tapsOf } from '../../../core/nodes/sliding-window.ts';
import { concatenate, matmul, reshape, tanh } from '../../../core/program/expressions.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize, productOfSizes } from '../../../core/shapes/size.ts';
import { referenceOf } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { randomRowCell } from '../../support/random-row-cell.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';
import { trainedCase } from '../../support/trained-case.ts';

loadTensorFlow({ threads: 1 });
const loading = loadScanKernel(1);
if (loading.kind === 'absent') throw new Error(loading.reason);
const { kernel } = loading;
const best = kernel.instructionSet();

const cells = [1, 2, 3].map((seed) =>
  randomRowCell({ seed, batch: 19, steps: 5, backwards: seed === 2, operations: 8, sequences: [3, 20], states: [20, 7], stacked: 2 }));

/** Two layers of sliding products with a stride, and all gradients. */
const strided = trainedCase(19, ({ builder, input }) => [3, 2].reduce((series, stride): Value => {
  const neighbours = concatenate(builder, tapsOf(builder, series, { size: 4, stride, dilation: 1, padding: 'same' }), 2);
  const [batch, time, width] = neighbours.shape;
  const products = matmul(builder, reshape(builder, neighbours, [productOfSizes([batch!, time!]), width!]), input('float', [width!, constantSize(5)], [-0.5, 0.5]));
  return reshape(builder, tanh(builder, products), [batch!, time!, constantSize(5)]);
}, input('float', [batchSize, constantSize(25), constantSize(2)])));

describe('each way of running a scan, forced', () => {
  afterEach(() => { kernel.chooseInstructionSet(best); });

  test.each(['AVX-512', 'AVX2', 'NEON'])('%s', (name) => {
    const available = kernel.chooseInstructionSet(name);
    // A processor has some of them: the others are refused, and the best stays.
    expect(available).toBe(kernel.instructionSet() === name);
    if (!available) return;
    for (const built of [...cells, strided]) expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 2e-5);
  });

  test('ordinary operations, unrolled and as a loop', () => {
    for (const unrolledSteps of [128, 0]) {
      const backend = testBackend({ ...defaultSpellingSettings, unrolledSteps });
      expect(backend.scans).toEqual({ kind: 'plain', reason: 'ordinary operations were asked for' });
      for (const built of [...cells, strided]) expectClose(runOnTensorFlow(backend, built), referenceOf(built), 2e-5);
    }
  });
});

describe('UNROLL_SCAN_KERNEL', () => {
  afterEach(() => { vi.unstubAllEnvs(); });

  async function loadedWith(wanted: string): Promise<unknown> {
    vi.stubEnv('UNROLL_SCAN_KERNEL', wanted);
    vi.resetModules();
    const fresh = await import('../../../engine/scan-kernel/native-kernel.ts');
    const found = fresh.loadScanKernel(1);
    return found.kind === 'loaded' ? found.kernel.instructionSet() : found.reason;
  }

  test.each([
    ['off', 'UNROLL_SCAN_KERNEL is off'],
    ['MMX', 'UNROLL_SCAN_KERNEL asks for MMX, which this processor lacks'],
    [best, best],
    ['', best],
  ])('%j', async (wanted, expected) => {
    expect(await loadedWith(wanted)).toBe(expected);
  });
});
