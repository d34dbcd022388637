import { expect, test } from 'vitest';
import { runNativeTest } from '../../../scripts/scan-kernel-tests.mjs';

test('10,000 random programs are refused, or run inside their memory, under AddressSanitizer and UBSan', async () => {
  const { code, output } = await runNativeTest('fuzz', ['10000', '1']);
  expect(output).toMatch(/^10000 programs: \d+ ran on .+, \d+ refused$/mu);
  expect(code).toBe(0);
}, 300_000);

test('several scans at once give the bits of one alone, under ThreadSanitizer; rounding mode and flush-to-zero stay as they were', async () => {
  const { code, output } = await runNativeTest('threads');
  expect(output.trim()).toMatch(/^4 callers, 5 rounds on .+: the same bits$/u);
  expect(code).toBe(0);
}, 300_000);

test('vectors as wide as those of AVX-512 and NEON give what those of this processor give, to rounding', async () => {
  const { code, output } = await runNativeTest('widths');
  expect(output.trim()).toMatch(/^\d+ results, the same to rounding$/u);
  expect(code).toBe(0);
}, 300_000);
