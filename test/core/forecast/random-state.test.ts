import { expect, test } from 'vitest';
import { RandomState } from '../../../core/forecast/random-state.ts';

test('RandomState(42).rand gives the numbers that NumPy gives', () => {
  const expected = [0.3745401188473625, 0.9507143064099162, 0.7319939418114051, 0.5986584841970366, 0.15601864044243652];
  expect([...new RandomState(42).rand(5)]).toEqual(expected);
});

test('drawing in two pieces is drawing in one, also across a twist of the state', () => {
  const whole = new RandomState(7).rand(1000);
  const pieces = new RandomState(7);
  expect([...pieces.rand(311), ...pieces.rand(689)]).toEqual([...whole]);
  expect(new RandomState(0).rand(1)[0]).toBe(0.5488135039273248);
});

test('a seed that NumPy would refuse is refused', () => {
  for (const seed of [-1, 1.5, 2 ** 32, NaN]) expect(() => new RandomState(seed)).toThrow(RangeError);
});
