import { expect, test } from 'vitest';
import { createStepTimes } from '../../../engine/training/step-times.ts';

test('the median leaves the first step out', () => {
  const times = createStepTimes();
  expect(times.median()).toBeNull();
  for (const milliseconds of [900, 3, 1, 2]) times.add(milliseconds);
  expect(times.median()).toBe(2);
  times.add(8);
  expect(times.median()).toBe(2.5);
});

test('many steps are all counted, and the recent ones by themselves', () => {
  const times = createStepTimes();
  for (let step = 0; step <= 3000; step += 1) times.add(step);
  expect(times.median()).toBe(1500.5);
  expect(times.recentMedian()).toBe(2950.5);
});
