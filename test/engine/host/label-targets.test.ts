import { describe, expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import type { DrawnNodes, Parameters } from '../../support/drawn-graph.ts';
import { hostDriver } from './host-driver.ts';
import { adamAt } from './small-project.ts';

const driver = hostDriver();

interface Read {
  readonly target: string;
  readonly units: number;
  readonly parameters?: Parameters;
}

/** Waves read by two small recurrent layers, and read out for each target by a Dense of its own: 'target 0', 'target 1' … */
function readOut(reads: readonly Read[], series: Parameters = { steps: 12 }, epochs = 4): GraphDocument {
  const ends = reads.map(({ target, units, parameters = {} }, place): DrawnNodes => ({ [`dense ${place}`]: ['dense', { units }], [`target ${place}`]: [target, parameters] }));
  return drawnGraph({
    series: ['series', { series: 60, ...series }],
    window: ['window', { window: 12, splitBy: 'series', trainingShare: 0.7, validationShare: 0.2 }],
    first: ['simple-rnn', { units: 4 }],
    drop: ['dropout', { rate: 0.2 }],
    second: ['simple-rnn', { units: 4, returnSequences: false }],
    ...(Object.assign({}, ...ends) as DrawnNodes),
  }, ['series > window > first > drop > second', ...reads.map((_, place) => `second > dense ${place} > target ${place}`)], { epochs, optimizer: adamAt(0.01) });
}

describe('a classification', () => {
  test.each([['categorical-crossentropy', 2], ['binary-crossentropy', 1]] as const)('by %s is judged by its probabilities, sampled and predicted', async (loss, units) => {
    const report = await driver.trains(readOut([{ target: 'classify', units, parameters: { loss } }]));
    expect(report).toMatchObject({ kind: 'classify', target: 'target 0' });
    expect(Object.keys(report.baselines ?? {})).toEqual(['shares', 'linear']);
    expect(report.classes?.names).toEqual(['first', 'second']);
    expect(report.classes?.confusion.flat().reduce((sum, cell) => sum + cell, 0)).toBe(12);
    expect(report.verdict).toMatch(/^is right in \d+ % of cases \(the most frequent class in \d+ %\); .*the shares of the classes/u);
    const { labels, samples } = await driver.samples({ count: 3 });
    expect(samples).toEqual([]);
    for (const { values, history } of labels) {
      expect(history[0]?.values).toHaveLength(12);
      expect(values.reduce((sum, { model }) => sum + model, 0)).toBeCloseTo(1, 6);
      expect(values.map(({ truth }) => truth).sort((left, right) => left - right)).toEqual([0, 1]);
    }
    const predicted = await driver.predicts();
    expect(predicted.labels[0]?.header).toEqual(['series', 'origin', 'faster wave', 'probability of first', 'probability of second']);
    expect(predicted.labels[0]?.rows).toHaveLength(60);
  });

  test('of classes in a file, whose test part is judged once asked', async () => {
    const rows = Array.from({ length: 40 }, (_, series) =>
      Array.from({ length: 12 }, (__, step) => `s${series},${(series % 2 === 0 ? Math.sin(step) : Math.sin(2.5 * step)).toFixed(4)},${series % 2 === 0 ? 'slow' : 'quick'}`)).flat();
    await driver.write('waves.csv', ['id,value,kind', ...rows, ''].join('\n'));
    const csv = { source: 'csv', file: 'waves.csv', seriesColumn: 'id' };
    const report = await driver.trains(readOut([{ target: 'classify', units: 2 }], csv, 30));
    expect(report.classes?.names).toEqual(['quick', 'slow']);
    expect(report.classes?.accuracy).toBe(1);
    const test = await driver.evaluates('test');
    expect(test.classes?.confusion.flat().reduce((sum, cell) => sum + cell, 0)).toBe(4);
    const { labels } = await driver.predicts({ file: 'waves.csv' });
    expect(labels[0]?.rows.slice(0, 2).map((row) => row.slice(0, 3))).toEqual([['s0', '12', 'slow'], ['s1', '12', 'quick']]);
  });

  test.each([
    ['a single member', (series: number) => (series === 3 ? 'odd' : series % 2 === 0 ? 'slow' : 'quick'),
      'target 0: the class "odd" of "kind" has fewer than two samples in the training part, too few to learn from: gather more, join classes, or enlarge the training share.'],
    ['no other class', () => 'slow',
      'target 0: every training sample is of the class "slow" of "kind", so there is nothing to tell apart: choose another label, or split the data otherwise.'],
  ])('of a class with %s is refused', async (_, kindOf, message) => {
    const rows = Array.from({ length: 40 }, (__, series) => Array.from({ length: 12 }, (___, step) => `s${series},${Math.sin(step + series)},${kindOf(series)}`)).flat();
    await driver.write('waves.csv', ['id,value,kind', ...rows, ''].join('\n'));
    const units = new Set(Array.from({ length: 40 }, (__, series) => kindOf(series))).size;
    const document = readOut([{ target: 'classify', units }], { source: 'csv', file: 'waves.csv', seriesColumn: 'id' });
    expect(await driver.refusal(document)).toEqual([message]);
  });
});

test('a regression tells the numbers of a series in their own unit, beside their mean', async () => {
  const report = await driver.trains(readOut([{ target: 'regress', units: 4 }]));
  expect(report.kind).toBe('regress');
  expect(report.validation?.perColumn.map(({ column }) => column)).toEqual(['frequency 1', 'frequency 2', 'offset 1', 'offset 2']);
  expect(Object.keys(report.baselines ?? {})).toEqual(['mean', 'linear']);
  // Numbers drawn evenly from 0 to 1 have a variance of 1/12.
  expect(report.baselines?.mean?.mse).toBeGreaterThan(0.04);
  expect(report.baselines?.mean?.mse).toBeLessThan(0.15);
  const { labels } = await driver.predicts();
  expect(labels[0]?.header).toEqual(['series', 'origin', 'frequency 1', 'frequency 2', 'offset 1', 'offset 2']);
});

describe('several targets on one model', () => {
  test('are trained by the weighted sum of their losses and judged each for itself', async () => {
    const report = await driver.trains(readOut([
      { target: 'forecast', units: 2, parameters: { horizon: 2 } },
      { target: 'regress', units: 2, parameters: { labels: ['frequency 2', 'offset 1'], weight: 0.5 } },
      { target: 'classify', units: 2, parameters: { weight: 0.1 } },
    ], { steps: 14 }));
    expect(report).toMatchObject({ kind: 'forecast', others: [{ target: 'target 1', kind: 'regress' }, { target: 'target 2', kind: 'classify' }] });
    expect(report.verdict).toMatch(/naive/u);
    const { samples, labels } = await driver.samples();
    expect([samples.length, labels.map(({ target }) => target)]).toEqual([2, ['target 1', 'target 1', 'target 2', 'target 2']]);
    const again = await driver.evaluates();
    expect([again.validation, again.others?.map(({ scores }) => scores)]).toEqual([report.validation, report.others?.map(({ scores }) => scores)]);
  });

  test('a target of weight 0 is judged and not trained: the others end as without it', async () => {
    const alone = readOut([{ target: 'regress', units: 4 }]);
    const { bestLoss } = await driver.trains(alone, 'alone');
    const beside = await driver.trains(readOut([{ target: 'regress', units: 4 }, { target: 'classify', units: 2, parameters: { weight: 0 } }]));
    expect(beside.bestLoss).toBeCloseTo(bestLoss!, 5);
    expect(beside.others?.[0]?.classes?.names).toEqual(['first', 'second']);
  });
});
