import { describe, expect, it } from 'vitest';
import { printDuration, printError } from '../../../cli/output/print-number.ts';

describe('numbers for a person', () => {
  it.each([
    [0.0085, '0.008500'], [0.25697407, '0.2570'], [13.724, '13.72'], [1234.5, '1,235'], [0, '0'], [1e-7, '1.000e-7'],
    [9.9999, '10.00'], [3.2e9, '3.200e+9'], [Number.NaN, '–'], [Number.POSITIVE_INFINITY, '–'], [-0.5, '-0.5000'],
  ])('prints the error %d as %s', (value, text) => {
    expect(printError(value)).toBe(text);
  });

  it.each([[0.4, '0 s'], [59.4, '59 s'], [60, '1:00'], [3723, '1:02:03']])('prints %d seconds as %s', (seconds, text) => {
    expect(printDuration(seconds)).toBe(text);
  });
});
