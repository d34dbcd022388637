import { describe, expect, it } from 'vitest';
import { conv1dNode } from '../../../core/nodes/conv1d.ts';
import { numericTensor } from '../../../core/program/reference/numeric-tensor.ts';
import { runLayer } from './run-layer.ts';

/** One filter on one feature without a bias, over 1, 2, 4, 8, 16. */
function convolved(given: object, kernel: readonly number[]): readonly number[] {
  const series = numericTensor([1, 5, 1], [1, 2, 4, 8, 16]);
  const outputs = runLayer(conv1dNode, { filters: 1, kernelSize: kernel.length, useBias: false, ...given }, series, { kernel });
  expect(outputs.shape).toEqual([1, outputs.values.length, 1]);
  return [...outputs.values];
}

describe('the places of a kernel', () => {
  it.each([
    ['valid: inside the series', {}, [100, 10, 1], [124, 248, 496]],
    ['causal: zeros before, nothing of the future', { padding: 'causal' }, [100, 10, 1], [1, 12, 124, 248, 496]],
    ['same: zeros at both ends', { padding: 'same' }, [100, 10, 1], [12, 124, 248, 496, 960]],
    ['same, an even kernel: the odd zero after', { padding: 'same' }, [10, 1], [12, 24, 48, 96, 160]],
    ['every second place', { stride: 2 }, [10, 1], [12, 48]],
    ['every second place, same', { stride: 2, padding: 'same' }, [100, 10, 1], [12, 248, 960]],
    ['two time steps between taps, causal', { dilation: 2, padding: 'causal' }, [10, 1], [1, 2, 14, 28, 56]],
  ] as const)('%s', (_, given, kernel, expected) => {
    expect(convolved(given, kernel)).toEqual(expected);
  });
});

it('weighs every feature for every filter, adds the bias and applies the activation', () => {
  const kernel = [1, 2, 3, 4, 5, 6, 7, 8];
  const outputs = runLayer(conv1dNode, { filters: 2, kernelSize: 2, activation: 'relu' }, numericTensor([1, 2, 2], [1, 0, 0, -1]), { kernel, bias: [10, -3] });
  expect([...outputs.values]).toEqual([1 - 7 + 10, 0]);
});
