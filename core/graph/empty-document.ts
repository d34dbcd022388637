import type { GraphDocument } from './graph-document.ts';

/** A project with nothing drawn yet, and training settings that suit a small recurrent net (Adam as in Keras 3). */
export const emptyDocument: GraphDocument = {
  name: 'Untitled',
  nodes: [],
  wires: [],
  definitions: [],
  data: [],
  training: {
    epochs: 20,
    batchSize: 32,
    seed: 1,
    optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    clipGlobalNorm: null,
    earlyStoppingPatience: null,
  },
  layout: {},
};
