import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printNumber, printPercent, printPercents, printWithUnit } from '../../../renderer/charts/print-number.ts';
import { printDuration, printMoment, printStepTime } from '../../../renderer/charts/print-time.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.020211367, '0.02021'],
    [0.25, '0.2500'],
    [-3.14159, '−3.142'],
    [20, '20'],
    [1234.56, '1,235'],
    [999999, '999,999'],
    [1.2e-7, '1.20\u00a0×\u00a010⁻⁷'],
    [-2.5e9, '−2.50\u00a0×\u00a010⁹'],
    [Infinity, '∞'],
    [Number.NaN, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('%s reads %s', (value, text) => expect(printNumber(value)).toBe(text));

  it('keep three of four digits of every finite number', () => {
    const read = (text: string) => Number(text.replace('−', '-').replaceAll(',', '').replace(/\u00a0×\u00a010(.*)/, (_, raised: string) => `e${raised.split('').map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)).map((digit) => (digit < 0 ? '-' : digit)).join('')}`));
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        expect(Math.abs(read(printNumber(value)) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.006);
      }),
    );
  });

  it('have their unit, where one is known', () => {
    expect(printWithUnit(12.8, '°C')).toBe('12.80\u00a0°C');
    expect(printWithUnit(12.8, null)).toBe('12.80');
    expect(printWithUnit(Number.NaN, '°C')).toBe('–');
  });

  it.each([
    [0.924, '92\u00a0%'],
    [0.998, '99.8\u00a0%'],
    [0.003, '0.3\u00a0%'],
    [1, '100\u00a0%'],
    [-0.5, '−50\u00a0%'],
    [-Infinity, '−∞'],
  ])('share %s reads %s', (share, text) => expect(printPercent(share)).toBe(text));

  it('shares that belong together are told apart', () => {
    expect(printPercents([0.968, 0.966, 0.969])).toEqual(['96.8', '96.6', '96.9']);
    expect(printPercents([0.45, 0.4, 0.5])).toEqual(['45', '40', '50']);
    expect(printPercents([-0.001, -0.1, 0.1])).toEqual(['−0.1', '−10.0', '10.0']);
  });
});

describe('times', () => {
  it.each([
    [0.2, '<\u00a01\u00a0s'],
    [9.94, '9.9\u00a0s'],
    [9.96, '10\u00a0s'],
    [59.7, '1\u00a0min 00\u00a0s'],
    [185, '3\u00a0min 05\u00a0s'],
    [7620, '2\u00a0h 07\u00a0min'],
    [null, '–'],
  ])('%s seconds read %s', (seconds, text) => expect(printDuration(seconds)).toBe(text));

  it.each([
    [0.417, '0.42\u00a0ms'],
    [12.34, '12.3\u00a0ms'],
    [1234, '1.2\u00a0s'],
    [null, '–'],
  ])('a step of %s ms reads %s', (milliseconds, text) => expect(printStepTime(milliseconds)).toBe(text));

  it('moments are told by the local calendar', () => {
    const now = new Date(2026, 10, 23, 0, 30).getTime();
    expect(printMoment(new Date(2026, 10, 23, 0, 5).getTime(), now)).toBe('today 00:05');
    expect(printMoment(new Date(2026, 10, 22, 23, 59).getTime(), now)).toBe('yesterday 23:59');
    expect(printMoment(new Date(2026, 2, 3, 9, 8).getTime(), now)).toBe('3 Mar 09:08');
    expect(printMoment(new Date(2025, 2, 3, 9, 8).getTime(), now)).toBe('3 Mar 2025');
  });
});
