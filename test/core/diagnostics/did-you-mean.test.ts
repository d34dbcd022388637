import { expect, it } from 'vitest';
import { editDistance, nearMiss } from '../../../core/diagnostics/did-you-mean.ts';

it.each([
  ['', '', 0],
  ['units', 'units', 0],
  ['unit', 'units', 1],
  ['lstn', 'lstm', 1],
  ['untis', 'units', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
])('from %s to %s it takes %i letters', (first, second, distance) => {
  expect(editDistance(first, second)).toBe(distance);
  expect(editDistance(second, first)).toBe(distance);
});

it.each([
  ['unit', 'units'],
  ['return_sequences', 'returnSequences'],
  ['RATE', 'rate'],
  ['dropout', undefined],
  ['x'.repeat(1_000_000), undefined],
])('%s is near to %s', (found, expected) => {
  expect(nearMiss(found, ['units', 'returnSequences', 'rate'])).toBe(expected);
});
