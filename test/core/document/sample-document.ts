import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';

/** A small document with something in every member. */
export const sampleDocument: GraphDocument = {
  name: 'Sample',
  nodes: [
    { id: nodeId('series-1'), type: 'series', label: 'Weather', parameters: { source: 'csv', file: 'weather.csv', columns: ['max', 'min'] } },
    { id: nodeId('window-1'), type: 'window', label: 'Window 1', parameters: { window: 50, stride: 1 } },
  ],
  wires: [{ id: wireId('wire-1'), from: { node: nodeId('series-1'), port: 'series' }, to: { node: nodeId('window-1'), port: 'series' } }],
  definitions: [
    {
      name: 'Minimal gated unit',
      inputs: ['x', 'state'],
      outputs: ['state'],
      nodes: [{ id: nodeId('add-1'), type: 'add', label: 'Add', parameters: {} }],
      wires: [],
    },
  ],
  data: [{ node: nodeId('series-1'), file: 'weather.csv', sha256: '0123456789abcdef'.repeat(4) }],
  training: {
    epochs: 20,
    batchSize: 32,
    seed: 1,
    optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
    schedule: { kind: 'constant' },
    clipping: null,
    weightAveraging: null,
    earlyStoppingPatience: 5,
  },
  layout: { 'series-1': { x: 0, y: 0 }, 'window-1': { x: 240, y: -8 } },
};
