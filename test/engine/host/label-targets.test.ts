import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GraphDocument, GraphNode, ParameterValue } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import type { HostClient } from '../../../engine/host/client.ts';
import { startHostInProcess } from '../../../engine/host/in-process.ts';
import { messagesOf, valueOf } from '../../support/forecast-data.ts';
import { services, smallProject, temporaryFolder } from './small-project.ts';

let project: string;
let host: HostClient;
beforeEach(async () => {
  project = await temporaryFolder();
  host = startHostInProcess(services());
});
afterEach(async () => {
  await host.close();
  await rm(project, { recursive: true });
});

interface Read {
  readonly target: string;
  readonly units: number;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** The small project's waves and recurrent layers, read out for targets other than its forecast. */
function readOut(reads: readonly Read[], series: Readonly<Record<string, ParameterValue>> = { steps: 12 }, epochs = 4): GraphDocument {
  const base = smallProject({ series, window: { window: 12 }, training: { epochs } });
  const trunk = base.nodes.filter(({ type }) => type !== 'dense' && type !== 'forecast');
  const last = trunk.at(-1)!;
  const added = reads.flatMap(({ target, units, parameters = {} }, position): readonly GraphNode[] => [
    { id: nodeId(`dense-${position}`), type: 'dense', label: `Dense ${position}`, parameters: { units } },
    { id: nodeId(`target-${position}`), type: target, label: `Target ${position}`, parameters },
  ]);
  const wires = reads.flatMap((_, position) => [
    { id: wireId(`in-${position}`), from: { node: last.id, port: 'outputs' }, to: { node: nodeId(`dense-${position}`), port: 'inputs' } },
    { id: wireId(`out-${position}`), from: { node: nodeId(`dense-${position}`), port: 'outputs' }, to: { node: nodeId(`target-${position}`), port: 'predictions' } },
  ]);
  const kept = new Set<string>(trunk.map(({ id }) => id));
  return { ...base, nodes: [...trunk, ...added], wires: [...base.wires.filter(({ from, to }) => kept.has(from.node) && kept.has(to.node)), ...wires] };
}

async function train(document: GraphDocument) {
  const { prepared } = valueOf(await host.prepare({ document, projectDirectory: project }));
  return valueOf(await host.train({ prepared, runDirectory: path.join(project, 'run') }));
}
const runDirectory = () => path.join(project, 'run');

describe('a classification', () => {
  test.each([['categorical-crossentropy', 2], ['binary-crossentropy', 1]] as const)('by %s is judged by its probabilities, sampled and predicted', async (loss, units) => {
    const report = await train(readOut([{ target: 'classify', units, parameters: { loss } }]));
    expect(report).toMatchObject({ kind: 'classify', target: 'Target 0' });
    expect(Object.keys(report.baselines ?? {})).toEqual(['shares', 'linear']);
    expect(report.classes?.names).toEqual(['first', 'second']);
    expect(report.classes?.confusion.flat().reduce((sum, cell) => sum + cell, 0)).toBe(12);
    expect(report.verdict).toMatch(/^is right in \d+ % of cases \(the most frequent class in \d+ %\); .*the shares of the classes/u);
    const { labels, samples } = valueOf(await host.sampleForecasts({ runDirectory: runDirectory(), part: 'validation', count: 3 }));
    expect(samples).toEqual([]);
    for (const { values, history } of labels) {
      expect(history[0]?.values).toHaveLength(12);
      expect(values.reduce((sum, { model }) => sum + model, 0)).toBeCloseTo(1, 6);
      expect(values.map(({ truth }) => truth).sort((left, right) => left - right)).toEqual([0, 1]);
    }
    const predicted = valueOf(await host.predict({ runDirectory: runDirectory(), dataFile: null, origins: 'last' }));
    expect(predicted.labels[0]?.header).toEqual(['series', 'origin', 'faster wave', 'probability of first', 'probability of second']);
    expect(predicted.labels[0]?.rows).toHaveLength(60);
  });

  test('of classes in a file, whose test part is judged once asked', async () => {
    const rows = Array.from({ length: 40 }, (_, series) =>
      Array.from({ length: 12 }, (__, step) => `s${series},${(series % 2 === 0 ? Math.sin(step) : Math.sin(2.5 * step)).toFixed(4)},${series % 2 === 0 ? 'slow' : 'quick'}`)).flat();
    await writeFile(path.join(project, 'waves.csv'), ['id,value,kind', ...rows, ''].join('\n'));
    const csv = { source: 'csv', file: 'waves.csv', seriesColumn: 'id' };
    const report = await train(readOut([{ target: 'classify', units: 2 }], csv, 30));
    expect(report.classes?.names).toEqual(['quick', 'slow']);
    expect(report.classes?.accuracy).toBe(1);
    const test = valueOf(await host.evaluate({ runDirectory: runDirectory(), part: 'test' }));
    expect(test.classes?.confusion.flat().reduce((sum, cell) => sum + cell, 0)).toBe(4);
    const { labels } = valueOf(await host.predict({ runDirectory: runDirectory(), dataFile: path.join(project, 'waves.csv'), origins: 'last' }));
    expect(labels[0]?.rows.slice(0, 2).map((row) => row.slice(0, 3))).toEqual([['s0', '12', 'slow'], ['s1', '12', 'quick']]);
  });

  test.each([
    ['a single member', (series: number) => (series === 3 ? 'odd' : series % 2 === 0 ? 'slow' : 'quick'),
      'Target 0: the class "odd" of "kind" has fewer than two samples in the training part, too few to learn from: gather more, join classes, or enlarge the training share.'],
    ['no other class', () => 'slow',
      'Target 0: every training sample is of the class "slow" of "kind", so there is nothing to tell apart: choose another label, or split the data otherwise.'],
  ])('of a class with %s is refused', async (_, kindOf, message) => {
    const rows = Array.from({ length: 40 }, (__, series) => Array.from({ length: 12 }, (___, step) => `s${series},${Math.sin(step + series)},${kindOf(series)}`)).flat();
    await writeFile(path.join(project, 'waves.csv'), ['id,value,kind', ...rows, ''].join('\n'));
    const units = new Set(Array.from({ length: 40 }, (__, series) => kindOf(series))).size;
    const document = readOut([{ target: 'classify', units }], { source: 'csv', file: 'waves.csv', seriesColumn: 'id' });
    expect(messagesOf(await host.prepare({ document, projectDirectory: project }))).toEqual([message]);
  });
});

test('a regression tells the numbers of a series in their own unit, beside their mean', async () => {
  const report = await train(readOut([{ target: 'regress', units: 4 }]));
  expect(report.kind).toBe('regress');
  expect(report.validation?.perColumn.map(({ column }) => column)).toEqual(['frequency 1', 'frequency 2', 'offset 1', 'offset 2']);
  expect(Object.keys(report.baselines ?? {})).toEqual(['mean', 'linear']);
  // Numbers drawn evenly from 0 to 1 have a variance of 1/12.
  expect(report.baselines?.mean?.mse).toBeGreaterThan(0.04);
  expect(report.baselines?.mean?.mse).toBeLessThan(0.15);
  const { labels } = valueOf(await host.predict({ runDirectory: runDirectory(), dataFile: null, origins: 'last' }));
  expect(labels[0]?.header).toEqual(['series', 'origin', 'frequency 1', 'frequency 2', 'offset 1', 'offset 2']);
});

describe('several targets on one model', () => {
  test('are trained by the weighted sum of their losses and judged each for itself', async () => {
    const report = await train(readOut([
      { target: 'forecast', units: 2, parameters: { horizon: 2 } },
      { target: 'regress', units: 2, parameters: { labels: ['frequency 2', 'offset 1'], weight: 0.5 } },
      { target: 'classify', units: 2, parameters: { weight: 0.1 } },
    ], { steps: 14 }));
    expect(report).toMatchObject({ kind: 'forecast', others: [{ target: 'Target 1', kind: 'regress' }, { target: 'Target 2', kind: 'classify' }] });
    expect(report.verdict).toMatch(/naive/u);
    const { samples, labels } = valueOf(await host.sampleForecasts({ runDirectory: runDirectory(), part: 'validation', count: 2 }));
    expect([samples.length, labels.map(({ target }) => target)]).toEqual([2, ['Target 1', 'Target 1', 'Target 2', 'Target 2']]);
    const again = valueOf(await host.evaluate({ runDirectory: runDirectory(), part: 'validation' }));
    expect([again.validation, again.others?.map(({ scores }) => scores)]).toEqual([report.validation, report.others?.map(({ scores }) => scores)]);
  });

  test('a target of weight 0 is judged and not trained: the others end as without it', async () => {
    const alone = readOut([{ target: 'regress', units: 4 }]);
    const { bestLoss } = await train(alone);
    await rm(runDirectory(), { recursive: true });
    const beside = await train(readOut([{ target: 'regress', units: 4 }, { target: 'classify', units: 2, parameters: { weight: 0 } }]));
    expect(beside.bestLoss).toBeCloseTo(bestLoss!, 5);
    expect(beside.others?.[0]?.classes?.names).toEqual(['first', 'second']);
  });
});
