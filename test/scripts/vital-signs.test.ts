import { expect, test } from 'vitest';
import { findings, trend } from '../../scripts/soak/vital-signs.ts';
import type { VitalSigns } from '../../scripts/soak/vital-signs.ts';

const steady: VitalSigns = { minutes: 0, residentMegabytes: 500, heapMegabytes: 60, files: 30, resources: 2, tensors: 12 };
const rounds = (change: (minutes: number) => Partial<VitalSigns>): readonly VitalSigns[] =>
  Array.from({ length: 20 }, (_, minutes) => ({ ...steady, minutes, ...change(minutes) }));

test('memory that goes up and down without a trend is sound', () => {
  expect(findings(rounds((minutes) => ({ residentMegabytes: 500 + 30 * Math.sin(minutes) })))).toEqual([]);
});

test('so is memory that an allocator gives back now and then: rounds as they were measured', () => {
  const measured = [[10.6, 631.3], [12, 713.7], [13.7, 601.3], [15.1, 807.8], [16.8, 658.3], [18.6, 667.6], [20.4, 628.8], [21.8, 629.9], [23, 628.8], [24.4, 643.4], [25.8, 631.5], [27.2, 718.6], [28.4, 796.3], [30.1, 654.9]] as const;
  expect(findings(measured.map(([minutes, residentMegabytes]) => ({ ...steady, minutes, residentMegabytes })))).toEqual([]);
});

test('memory that rises is found', () => {
  const rising = rounds((minutes) => ({ residentMegabytes: 500 + 2 * minutes + 10 * Math.sin(minutes) }));
  expect(trend(rising, (own) => own.residentMegabytes)).toBeCloseTo(2, 0);
  expect(findings(rising)).toEqual([expect.stringMatching(/^resident memory rose by 3\d\.\d MB in 19\.0 minutes, more than 16 MB$/u)]);
});

test('one more handle is found', () => {
  expect(findings(rounds((minutes) => ({ files: minutes < 10 ? 30 : 31 })))).toEqual(['files were not constant: 30, 31']);
  expect(findings(rounds((minutes) => ({ tensors: 12 + minutes % 2 })))).toEqual(['tensors were not constant: 12, 13']);
});

test('too few rounds prove nothing', () => {
  expect(findings([steady])).toEqual(['fewer than three rounds after warm-up: give it more minutes']);
});
