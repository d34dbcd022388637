import { expect, it } from 'vitest';
import { needPython } from '../support/python.ts';
import { freshCases, freshFaults, goldensOf } from './fresh-goldens.ts';

const seed = Number(process.env['UNROLL_GOLDENS_SEED'] ?? Date.now() % 2 ** 31);

it(`twenty layers with options that nobody wrote down compute what Keras computes (UNROLL_GOLDENS_SEED=${seed})`, async (context) => {
  const goldens = await goldensOf(needPython(context), freshCases(20, seed));
  expect(goldens).toHaveLength(20);
  expect(freshFaults(goldens)).toEqual([]);
}, 240_000);
