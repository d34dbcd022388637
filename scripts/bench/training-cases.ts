/** A layer of a benchmark, in Keras's semantics; every layer gives a sequence of `units` features. */
export type BenchLayer =
  | { readonly kind: 'simple-rnn' | 'lstm' | 'layer-norm-rnn'; readonly units: number }
  | { readonly kind: 'gru'; readonly units: number; readonly resetAfter: boolean }
  /** Causal, with relu. */
  | { readonly kind: 'conv1d'; readonly units: number; readonly kernelSize: number; readonly dilation: number };

/** A model to be trained by every contender that has its layers: the layers, then Dense(outputs) at every time step, mean squared error, Adam. */
export interface TrainingCase {
  readonly name: string;
  readonly layers: readonly BenchLayer[];
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly outputs: number;
  readonly learningRate: number;
}

const chapter = { batch: 32, steps: 50, features: 1, outputs: 10, learningRate: 0.005 } as const;

function twice(layer: BenchLayer): readonly BenchLayer[] {
  return [layer, layer];
}

export const trainingCases: readonly TrainingCase[] = [
  { name: '2 × SimpleRNN(20)', layers: twice({ kind: 'simple-rnn', units: 20 }), ...chapter },
  { name: '2 × LSTM(20)', layers: twice({ kind: 'lstm', units: 20 }), ...chapter },
  // Normalising small sums magnifies float32's rounding: at the others' rate any two engines differ by 1e-4 after twenty steps, and from float64.
  { name: '2 × layer-norm RNN(20)', layers: twice({ kind: 'layer-norm-rnn', units: 20 }), ...chapter, features: 4, learningRate: 0.001 },
  { name: '2 × GRU(20), reset after', layers: twice({ kind: 'gru', units: 20, resetAfter: true }), ...chapter },
  { name: '2 × GRU(20), reset before', layers: twice({ kind: 'gru', units: 20, resetAfter: false }), ...chapter },
  { name: 'WaveNet', layers: [1, 2, 4, 8, 1, 2, 4, 8].map((dilation) => ({ kind: 'conv1d', units: 20, kernelSize: 2, dilation })), ...chapter },
  { name: '2 × LSTM(64)', layers: twice({ kind: 'lstm', units: 64 }), ...chapter, steps: 100, features: 8 },
  { name: '2 × LSTM(128)', layers: twice({ kind: 'lstm', units: 128 }), ...chapter, batch: 64, steps: 100, features: 16 },
];

/** Batches that every contender trains on, in turn; the loss is compared after one round of them. */
export const batchCount = 20;
