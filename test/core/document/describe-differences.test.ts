import { expect, test } from 'vitest';
import { describeDifferences } from '../../../core/document/describe-differences.ts';
import { emptyDocument } from '../../../core/graph/empty-document.ts';
import type { GraphDocument, GraphNode } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';

function node(id: string, type: string, label: string, parameters: GraphNode['parameters'] = {}): GraphNode {
  return { id: nodeId(id), type, label, parameters };
}

const lstm = node('lstm-1', 'lstm', 'LSTM 1', { units: 20, returnSequences: false });
const dense = node('dense-1', 'dense', 'Dense 1', { units: 1 });
const wire = { id: wireId('wire-1'), from: { node: lstm.id, port: 'outputs' }, to: { node: dense.id, port: 'inputs' } };
const before: GraphDocument = { ...emptyDocument, nodes: [lstm, dense], wires: [wire], data: [{ node: lstm.id, file: 'a.csv', sha256: 'a' }] };

test('a document does not differ from itself, nor by where its nodes stand', () => {
  expect(describeDifferences(before, { ...before, layout: { 'lstm-1': { x: 1, y: 2 } }, name: 'Other' })).toEqual([]);
});

test('every kind of change is one phrase', () => {
  const dropout = node('dropout-1', 'dropout', 'Dropout 1', { rate: 0.1 });
  const after: GraphDocument = {
    ...before,
    nodes: [node('lstm-1', 'lstm', 'LSTM 1', { units: 40, returnSequences: true }), dropout],
    wires: [],
    data: [{ node: lstm.id, file: 'a.csv', sha256: 'b' }],
    training: { ...before.training, epochs: 50, clipping: { kind: 'norm', limit: 1 }, schedule: { kind: 'cosine', warmupEpochs: 1, decayEpochs: null, finalShare: 0 }, optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true } },
  };
  expect(describeDifferences(before, after)).toEqual([
    'Dense 1 removed', 'LSTM 1: returnSequences off → on', 'LSTM 1: units 20 → 40', 'Dropout 1 added', 'LSTM 1: other data in a.csv',
    'epochs 20 → 50', 'optimizer adam → sgd', 'learning rate 0.001 → 0.1', 'schedule constant → cosine', 'clipping none → norm 1',
  ]);
});

test('the same nodes wired differently are said to be', () => {
  const crossed = { ...wire, to: { node: dense.id, port: 'other' } };
  expect(describeDifferences(before, { ...before, wires: [crossed] })).toEqual(['wired differently']);
});
