import { expect, test } from 'vitest';
import type { CallingFacts } from '../../../core/export/exportable-model.ts';
import { usageSnippets } from '../../../core/export/usage-snippets.ts';

const facts: CallingFacts = {
  inputs: ['batch', 20, 2], outputs: ['batch', 6], columns: ['level', 'load'], targetColumns: ['level', 'load'], horizon: 3, meaning: 'what follows',
  scaling: [{ column: 'level', offset: 10, factor: 2 }, { column: 'load', offset: -1, factor: 0.5 }], labelScaling: [], classes: [], scaler: 'outside',
};

const titlesOf = (given: CallingFacts): readonly string[] => usageSnippets(['keras', 'weights'], { facts: given, hasCells: false }).map(({ title }) => title);

test.each([
  ['a forecast', facts, ['Python with Keras', 'Weights in NumPy']],
  ['several quantiles of each value', { ...facts, outputs: ['batch', 18] }, ['Weights in NumPy']],
  ['windows with masks beside their columns', { ...facts, inputs: ['batch', 20, 4] }, ['Weights in NumPy']],
  ['gaps that are filled', { ...facts, horizon: 0, outputs: ['batch', 20, 2] }, ['Weights in NumPy']],
] as const)('of %s', (_, given, titles) => expect(titlesOf(given)).toEqual(titles));

test('says the sizes, the scaling and a typical window of the model', () => {
  const [{ code } = { code: '' }] = usageSnippets(['keras'], { facts, hasCells: false, names: { keras: 'weather.keras' } });
  expect(code).toContain('keras.saving.load_model("weather.keras")');
  expect(code).toContain('np.tile([11, -0.75], (20, 1))');
  expect(code).toContain('outputs.reshape(3, 2) * factors[[0, 1]] + offsets[[0, 1]]');
});
