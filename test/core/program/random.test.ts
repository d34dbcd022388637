import { describe, expect, it } from 'vitest';
import { philox, seedFor, shuffledOrder, uniformStream } from '../../../core/program/random.ts';

describe('counter-based random numbers', () => {
  it('are those of Philox2x32-10 as its authors publish them', () => {
    // Known answers of Random123 (Salmon et al.), kat_vectors: philox2x32 with 10 rounds.
    expect(philox(0, 0, 0)).toEqual([0xff1dae59, 0x6cd10df2]);
    expect(philox(0xffffffff, 0xffffffff, 0xffffffff)).toEqual([0x2c3f628b, 0xab4fd7ad]);
    expect(philox(0x243f6a88, 0x85a308d3, 0x13198a2e)).toEqual([0xdd7ce038, 0xf62a4c12]);
  });

  it('differ by run, node and step, and by nothing else', () => {
    const seeds = [seedFor(1, 'dropout-1', 1), seedFor(2, 'dropout-1', 1), seedFor(1, 'dropout-2', 1), seedFor(1, 'dropout-1', 2)];
    expect(new Set(seeds.map(String)).size).toBe(4);
    expect(seedFor(1, 'dropout-1', 1)).toEqual(seeds[0]);
  });

  it('shuffle every index once, another way in each epoch', () => {
    const first = shuffledOrder(1, 0, 1000);
    expect([...first].sort((one, other) => one - other)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(shuffledOrder(1, 1, 1000)).not.toEqual(first);
    expect(shuffledOrder(1, 0, 1000)).toEqual(first);
  });

  it('are uniform: the mean of 10,000 lies within five standard errors of a half', () => {
    const next = uniformStream(7, 'kernel');
    const mean = Array.from({ length: 10_000 }, next).reduce((sum, value) => sum + value, 0) / 10_000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * 10_000));
  });
});
