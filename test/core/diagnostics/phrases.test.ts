import { expect, it } from 'vitest';
import { alternatives, countOf, listOf, printBytes, printCount, quote } from '../../../core/diagnostics/phrases.ts';

it('writes numbers, lists and sizes as people read them', () => {
  expect([printCount(65_536), printCount(0.25), printCount(1e300)]).toEqual(['65,536', '0.25', '1e+300']);
  expect([countOf(1, 'column'), countOf(2_000, 'column'), countOf(2, 'series')]).toEqual(['1 column', '2,000 columns', '2 series']);
  expect([listOf([]), listOf(['a']), listOf(['a', 'b']), listOf(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a and b', 'a, b or c']);
  expect(alternatives(['do this', 'do that'])).toBe('do this, or do that');
  expect([printBytes(0), printBytes(2048), printBytes(2 ** 31)]).toEqual(['0 bytes', '2 KiB', '2 GiB']);
  expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(60)}…"`);
});
