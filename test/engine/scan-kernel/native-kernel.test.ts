import { expect, test } from 'vitest';
import { runNativeTest } from '../../../scripts/scan-kernel-tests.mjs';

test('10,000 random programs are refused, or run inside their memory, under AddressSanitizer and UBSan, by the sources of every instruction set: scans, scans that read the tape of another, chains by element, products of small matrices', async () => {
  const { code, output } = await runNativeTest('fuzz', ['10000', '1']);
  expect(output).toMatch(/^10000 programs: \d+ scans ran, with vectors of 4, 8 and 16 numbers in turn, \d+ of them read the tape of another; \d+ chains by element ran, and \d+ products; \d+ were refused$/mu);
  expect(code).toBe(0);
}, 300_000);

test('several passes of two scans and a chain by element at once, by the sources of every instruction set, give the bits of one alone, under ThreadSanitizer; rounding mode and flush-to-zero stay as they were', async () => {
  const { code, output } = await runNativeTest('threads');
  expect(output.trim().split('\n')).toEqual([16, 8, 4].map((width) => `4 callers, 5 rounds with ${width} numbers a vector: the same bits`));
  expect(code).toBe(0);
}, 300_000);

test.each(['lending', 'lending-threads'] as const)('memory that is lent, also on large pages, and the choice of threads, under AddressSanitizer and UBSan, and under ThreadSanitizer: %s', async (name) => {
  const { code, output } = await runNativeTest(name);
  expect(output.trim()).toBe('memory is lent and threads are chosen: as they should be');
  expect(code).toBe(0);
}, 300_000);

test('every number of units from 1 to 257 gives what float64 gives, with vectors as wide as those of AVX-512, AVX2 and NEON, and the same bits in unaligned memory; so do chains by element and products of small matrices', async () => {
  const { code, output } = await runNativeTest('widths');
  expect(output.trim()).toMatch(/^\d+ results, the same to rounding$/u);
  expect(code).toBe(0);
}, 300_000);
