import { describe, expect, it } from 'vitest';
import { surveyGraph } from '../../../core/check/graph-survey.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { nodeSummary } from '../../../core/drawing/node-summary.ts';
import { labelLines, wireLabel } from '../../../core/drawing/wire-label.ts';
import { chain, node } from './sample-document.ts';

describe('what a wire carries', () => {
  const facts = surveyGraph(chain()).propagation.facts;
  it.each([
    ['series', 'series', '(10,000 series, 60 time, 1 column)'],
    ['window', 'windows', '(batch, 50 time, 1 feature)'],
    ['rnn', 'outputs', '(batch, 50 time, 20 feature)'],
  ])('%s: %s', (id, port, label) => {
    expect(wireLabel(facts.get(nodeId(id))?.outputs[port])).toBe(label);
  });
  it('of a file that has not been read: the axes without sizes', () => {
    const series = { ...node('series', 'series'), parameters: { ...node('series', 'series').parameters, source: 'csv', file: 'a.csv' } };
    const survey = surveyGraph({ ...chain(), nodes: [series] });
    expect(wireLabel(survey.propagation.facts.get(series.id)?.outputs['series'])).toBe('(series, time, columns)');
  });
  it('is nothing where it is not known', () => {
    expect(wireLabel(undefined)).toBe('');
  });
});

describe('the lines of a label', () => {
  it.each([
    [400, ['(batch, 50 time, 20 feature)']],
    [100, ['(batch, 50 time,', '20 feature)']],
    [10, ['(batch,', '50 time,', '20 feature)']],
  ])('in %i pixels', (room, lines) => {
    expect(labelLines('(batch, 50 time, 20 feature)', room, 10)).toEqual(lines);
  });
  it('say the label word for word', () => {
    expect(labelLines('(batch, 50 time, 20 feature)', 10, 10).join(' ')).toBe('(batch, 50 time, 20 feature)');
    expect(labelLines('', 100, 10)).toEqual([]);
  });
});

describe('the summary of a node', () => {
  it.each([
    ['series', 'generator · 10,000 series'],
    ['window', 'window 50 · stride 1'],
    ['lstm', '20 units · tanh'],
    ['dense', '1 unit · linear'],
    ['layer-norm', 'epsilon 0.001'],
    ['forecast', 'horizon 1 · mse'],
    ['flatten', 'Flatten'],
    ['attention-of-tomorrow', 'unknown type attention-of-tomorrow'],
  ])('%s: %s', (type, summary) => {
    expect(nodeSummary(node('a', type))).toBe(summary);
  });
  it('of a Series that reads a file: the file', () => {
    const series = node('series', 'series');
    expect(nodeSummary({ ...series, parameters: { ...series.parameters, source: 'csv', file: 'data/rivers/elbe.csv' } })).toBe('csv · elbe.csv');
  });
});
