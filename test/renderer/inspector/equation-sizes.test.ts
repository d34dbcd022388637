import { expect, it } from 'vitest';
import { surveyGraph } from '../../../core/check/graph-survey.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { equationSizes } from '../../../renderer/inspector/equation-sizes.ts';
import { graphWeightCount } from '../../../renderer/inspector/node-weights.ts';
import { settingProblem } from '../../../renderer/inspector/setting-range.ts';
import { chain } from '../canvas/sample-document.ts';

const survey = surveyGraph(chain());
const sizes = (id: string) => Object.fromEntries(equationSizes(survey, nodeId(id)).map(({ symbol, size }) => [symbol, size]));

it('the symbols of an equation get the sizes that they have in this graph', () => {
  expect(sizes('rnn')).toEqual({ x: '1 at each of 50 time steps', h: '20 at each of 50 time steps', W: '1 × 20', U: '20 × 20', b: '20', φ: 'tanh' });
  expect(sizes('dense')).toMatchObject({ W: '20 × 1', b: '1', φ: 'linear' });
  expect(sizes('window')).toMatchObject({ window: '50', stride: '1' });
});

it('weights are counted over all layers whose sizes are known', () => {
  expect(graphWeightCount(survey)).toBe(1 * 20 + 20 * 20 + 20 + (20 * 1 + 1));
});

it.each([
  ['20', { whole: true, minimum: 1, maximum: 100 }, null],
  ['2.5', { whole: true, minimum: 1, maximum: 100 }, 'Expected a whole number from 1 to 100; the setting stays as it was.'],
  ['', { whole: true, minimum: 1, maximum: 100 }, 'Expected a whole number from 1 to 100; the setting stays as it was.'],
  ['0', { above: 0, maximum: 10 }, 'Expected a number above 0 to 10; the setting stays as it was.'],
  ['1', { minimum: 0, below: 1 }, 'Expected a number from 0 and below 1; the setting stays as it was.'],
  ['1e-3', { above: 0, maximum: 10 }, null],
])('a training setting typed as "%s"', (text, range, problem) => {
  expect(settingProblem(text, range)).toBe(problem);
});
