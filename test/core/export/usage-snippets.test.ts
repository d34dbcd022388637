import { expect, test } from 'vitest';
import type { CallingFacts } from '../../../core/export/exportable-model.ts';
import { usageSnippets } from '../../../core/export/usage-snippets.ts';

const facts: CallingFacts = {
  inputs: ['batch', 20, 2], outputs: ['batch', 6], columns: ['level', 'load'], targetColumns: ['level', 'load'], horizon: 3, meaning: 'what follows',
  scaling: [{ column: 'level', offset: 10, factor: 2 }, { column: 'load', offset: -1, factor: 0.5 }], labelScaling: [], classes: [], scaler: 'outside',
};

test('several quantiles of a value are put in order before they are shown', () => {
  const [{ code } = { code: '' }] = usageSnippets(['keras'], { facts: { ...facts, outputs: ['batch', 18] }, hasCells: false, tfjs: 'graph model', scalers: ['outside'] });
  expect(code).toContain('np.sort(outputs.reshape(3, 2, 3)) * factors[[0, 1], np.newaxis] + offsets[[0, 1], np.newaxis]');
});

test('an ONNX file has programs for each place that its scaler can be in', () => {
  const snippets = usageSnippets(['onnx'], { facts, hasCells: false, tfjs: 'graph model', scalers: ['outside', 'inside'] });
  expect(snippets.map(({ title, code }) => [title, code.includes('offsets')])).toEqual([
    ['Python with ONNX Runtime, scaler outside', true],
    ['Node with ONNX Runtime, scaler outside', true],
    ['Python with ONNX Runtime, scaler inside', false],
    ['Node with ONNX Runtime, scaler inside', false],
  ]);
});

test('no name of a column ends the script of a page', () => {
  const columns = ['</script><script>alert(1)</script>', '<!-- load'];
  const named = { ...facts, columns, targetColumns: columns, scaling: facts.scaling.map((scale, place) => ({ ...scale, column: columns[place]! })) };
  const page = usageSnippets(['tfjs'], { facts: named, hasCells: false, tfjs: 'graph model', scalers: ['outside'] }).find(({ language }) => language === 'HTML');
  expect(page?.code.match(/<\/script>|<!--/gu)).toEqual(['<!--', '</script>', '</script>']);
});

test('says the sizes, the scaling and a typical window of the model', () => {
  const [{ code } = { code: '' }] = usageSnippets(['keras'], { facts, hasCells: false, tfjs: 'graph model', scalers: ['outside'], names: { keras: 'weather.keras' } });
  expect(code).toContain('keras.saving.load_model("weather.keras")');
  expect(code).toContain('np.tile([11, -0.75], (20, 1))');
  expect(code).toContain('outputs.reshape(3, 2) * factors[[0, 1]] + offsets[[0, 1]]');
});
