/** A recurrent layer of a benchmark, in Keras's semantics; every layer returns its sequence. */
export interface BenchLayer {
  readonly kind: 'simple-rnn' | 'lstm';
  readonly units: number;
}

/** A model to be trained by every contender: the layers, then Dense(outputs) at every time step, mean squared error, Adam. */
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
  { name: '2 × LSTM(64)', layers: twice({ kind: 'lstm', units: 64 }), ...chapter, steps: 100, features: 8 },
  { name: '2 × LSTM(128)', layers: twice({ kind: 'lstm', units: 128 }), ...chapter, batch: 64, steps: 100, features: 16 },
];

/** Batches that every contender trains on, in turn; the loss is compared after one round of them. */
export const batchCount = 20;
