import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilitiesOf, scoreClasses } from '../../../core/forecast/classification.ts';
import { classesOf, labelFacts } from '../../../core/forecast/series-labels.ts';
import { classCounts, classTargets, labelScale, numberTargets } from '../../../core/forecast/target-batches.ts';
import type { Samples } from '../../../core/forecast/windows.ts';
import { generateWaves } from '../../../core/forecast/wave-generator.ts';

describe('scores of classes', () => {
  it('count who is taken for whom', () => {
    const probabilities = [0.8, 0.2, 0.6, 0.4, 0.3, 0.7, 0.9, 0.1];
    const scores = scoreClasses(['cat', 'dog'], probabilities, [0, 1, 1, -1]);
    expect(scores.confusion).toEqual([[1, 0], [1, 1]]);
    expect(scores.accuracy).toBeCloseTo(2 / 3);
    expect(scores.balancedAccuracy).toBeCloseTo(0.75);
    expect(scores.perClass.map(({ precision, recall, count }) => [precision, recall, count])).toEqual([[0.5, 1, 1], [1, 0.5, 2]]);
    expect(scores.f1).toBeCloseTo(2 / 3);
    expect(scores.crossEntropy).toBeCloseTo(-(Math.log(0.8) + Math.log(0.4) + Math.log(0.7)) / 3);
  });

  it('of guessing one of two uneven classes are half right when balanced', () => {
    const { accuracy, balancedAccuracy } = scoreClasses(['rare', 'common'], [0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9], [0, 1, 1, 1]);
    expect([accuracy, balancedAccuracy]).toEqual([0.75, 0.5]);
  });
});

it('probabilities of any logits are from 0 to 1 and sum to 1', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 6, maxLength: 6 }), fc.constantFrom(1, 2, 3), (logits, outputs) => {
      const probabilities = probabilitiesOf(logits, outputs);
      const classes = Math.max(2, outputs);
      for (let start = 0; start < probabilities.length; start += classes) {
        const own = [...probabilities.subarray(start, start + classes)];
        expect(own.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
      }
    }),
  );
  expect([...probabilitiesOf([0], 1)]).toEqual([0.5, 0.5]);
});

describe('the generator labels its waves', () => {
  const table = generateWaves({ seed: 42, series: 200, steps: 5 });
  const samples: Samples = { part: 'training', count: 200, series: Int32Array.from({ length: 200 }, (_, series) => series), origin: new Int32Array(200).fill(4) };
  const [faster, ...numbers] = table.labels!;

  it('with the class of the faster one and the four numbers that they are drawn from', () => {
    expect(labelFacts(table.labels).map(({ name, isNumber, classes }) => [name, isNumber, classes])).toEqual([
      ['faster wave', false, ['first', 'second']],
      ['frequency 1', true, null], ['frequency 2', true, null], ['offset 1', true, null], ['offset 2', true, null],
    ]);
    const [frequency1, frequency2, offset1, offset2] = numbers.map((label) => label.numbers!);
    faster!.classes!.indices.forEach((index, series) => expect(index).toBe(frequency1![series]! > frequency2![series]! ? 0 : 1));
    // Without noise a value of the series is what its labels say it is.
    const still = generateWaves({ seed: 42, series: 200, steps: 5, noise: 0 });
    const wave = (series: number, t: number) => 0.5 * Math.sin((t - offset1![series]!) * (frequency1![series]! * 10 + 10)) + 0.2 * Math.sin((t - offset2![series]!) * (frequency2![series]! * 20 + 20));
    for (const series of [0, 77, 199]) expect(still.values[series * 5 + 3]).toBeCloseTo(wave(series, 0.75), 6);
  });

  it('which targets are fed with: a class a sample, one or all of them 1, and numbers standardised', () => {
    const counts = classCounts(faster!, table, samples);
    expect(counts[0]! + counts[1]!).toBe(200);
    const targets = new Float32Array(4);
    const weights = new Float32Array(2);
    classTargets(table, faster!, 2, [1, 3]).write(samples, [0, 1], targets, weights);
    const [first, second] = [0, 1].map((series) => faster!.classes!.indices[series]!);
    expect([...targets]).toEqual([1 - first!, first, 1 - second!, second]);
    expect([...weights]).toEqual([first === 0 ? 1 : 3, second === 0 ? 1 : 3]);
    const scales = numbers.map((label) => labelScale(label, table, samples));
    const all = new Float32Array(800);
    numberTargets(table, numbers, scales).write(samples, Array.from({ length: 200 }, (_, pick) => pick), all, new Float32Array(800));
    expect(all.reduce((sum, value) => sum + value, 0) / 800).toBeCloseTo(0, 5);
    expect(all.reduce((sum, value) => sum + value * value, 0) / 800).toBeCloseTo(1, 4);
  });
});

it('classes stand in alphabetical order, numbers by size; too many values name none', () => {
  expect(classesOf(['b', null, 'a', 'b'])).toEqual({ names: ['a', 'b'], indices: Int32Array.of(1, -1, 0, 1) });
  expect(classesOf(['10', '9'])?.names).toEqual(['9', '10']);
  expect(classesOf(Array.from({ length: 101 }, (_, value) => String(value)))).toBeNull();
});
