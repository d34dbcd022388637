import { cells, layerNormRnn } from './cells.ts';
import type { CellDescription, CellName } from './cells.ts';

interface Sequences {
  /** The last step alone, where false. */
  readonly returnSequences?: boolean;
}

/** A layer of a benchmark, in Keras's semantics. */
export type BenchLayer =
  | (Sequences & { readonly kind: 'simple-rnn' | 'lstm'; readonly units: number })
  /** Two directions side by side; each contender drops states by masks of its own. */
  | { readonly kind: 'bidirectional-lstm'; readonly units: number; readonly recurrentDropout: number }
  | (Sequences & { readonly kind: 'gru'; readonly units: number; readonly resetAfter: boolean })
  /** A cell that contenders without such a layer build of its description. */
  | (Sequences & { readonly kind: 'layer-norm-rnn'; readonly units: number; readonly cell: CellDescription })
  | { readonly kind: 'described-cell'; readonly units: number; readonly name: CellName; readonly cell: CellDescription }
  | { readonly kind: 'conv1d'; readonly units: number; readonly kernelSize: number; readonly stride: number; readonly dilation: number; readonly padding: 'causal' | 'valid'; readonly activation: 'relu' | 'linear' }
  | { readonly kind: 'batch-norm' }
  /** The last step's vector as a sequence: the same at so many steps. */
  | { readonly kind: 'repeat-vector'; readonly steps: number }
  | { readonly kind: 'dense'; readonly units: number; readonly activation: 'relu' | 'linear' }
  | { readonly kind: 'flatten' };

/** A model to be trained by every contender that has its layers: the layers, then Dense(outputs), mean squared error, Adam. */
export interface TrainingCase {
  readonly name: string;
  readonly layers: readonly BenchLayer[];
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly outputs: number;
  readonly learningRate: number;
  /** Targets at every time step, or one vector a series. */
  readonly everyStep: boolean;
  /** How far losses may differ after the twenty steps, where that is not 1e-4. */
  readonly lossTolerance?: number;
}

const chapter = { batch: 32, steps: 50, features: 1, outputs: 10, learningRate: 0.005, everyStep: true } as const;
// Normalising small sums magnifies float32's rounding: at the others' rate any two engines differ by 1e-4 after twenty steps, and from float64.
const gently = { ...chapter, features: 4, learningRate: 0.001 } as const;

function twice(layer: BenchLayer): readonly BenchLayer[] {
  return [layer, layer];
}

function described(name: CellName): readonly BenchLayer[] {
  return [{ kind: 'described-cell', units: 20, name, cell: cells[name] }];
}

const simpleRnn = { kind: 'simple-rnn', units: 20 } as const;
const lstm = (units: number) => ({ kind: 'lstm', units }) as const;
const gru = (resetAfter: boolean) => ({ kind: 'gru', units: 20, resetAfter }) as const;

export const trainingCases: readonly TrainingCase[] = [
  { name: '2 × SimpleRNN(20)', layers: twice(simpleRnn), ...chapter },
  { name: '2 × LSTM(20)', layers: twice(lstm(20)), ...chapter },
  { name: '2 × layer-norm RNN(20)', layers: twice({ kind: 'layer-norm-rnn', units: 20, cell: layerNormRnn }), ...gently },
  { name: '2 × GRU(20), reset after', layers: twice(gru(true)), ...chapter },
  { name: '2 × GRU(20), reset before', layers: twice(gru(false)), ...chapter },
  { name: 'peephole LSTM(20)', layers: described('peephole LSTM'), ...chapter },
  { name: 'minimal gated unit(20)', layers: described('minimal gated unit'), ...chapter },
  // The memory is normalised while it is small: at a rate of 2e-4 weights changed by one rounding end at losses from 0.2448 to 0.2494, here all at 0.25889.
  { name: 'layer-norm LSTM(20)', layers: described('layer-norm LSTM'), ...gently, learningRate: 0.00005 },
  { name: 'random cell(20) of 15 operations', layers: described('random cell'), ...chapter },
  { name: '2 × LSTM(64)', layers: twice(lstm(64)), ...chapter, steps: 100, features: 8 },
  { name: '2 × LSTM(128)', layers: twice(lstm(128)), ...chapter, batch: 64, steps: 100, features: 16 },
  { name: 'bidirectional LSTM(32), recurrent dropout', layers: [{ kind: 'bidirectional-lstm', units: 32, recurrentDropout: 0.2 }], ...chapter, lossTolerance: Infinity },
  { name: 'encoder-decoder LSTM(32)', layers: [{ ...lstm(32), returnSequences: false }, { kind: 'repeat-vector', steps: chapter.steps }, lstm(32)], ...chapter },
  {
    name: 'WaveNet', ...chapter,
    layers: [1, 2, 4, 8, 1, 2, 4, 8].map((dilation) => ({ kind: 'conv1d', units: 20, kernelSize: 2, stride: 1, dilation, padding: 'causal', activation: 'relu' })),
  },
  { name: '1 × SimpleRNN(20)', layers: [{ ...simpleRnn, returnSequences: false }], ...chapter, everyStep: false },
  { name: 'SimpleRNN(20) with BatchNorm between', layers: [simpleRnn, { kind: 'batch-norm' }, simpleRnn, { kind: 'batch-norm' }], ...gently },
  {
    name: 'Conv1D + 2 × GRU(20)', ...chapter, everyStep: false,
    layers: [{ kind: 'conv1d', units: 20, kernelSize: 4, stride: 2, dilation: 1, padding: 'valid', activation: 'linear' }, gru(true), { ...gru(true), returnSequences: false }],
  },
  { name: 'linear model', layers: [{ kind: 'flatten' }], ...chapter, everyStep: false },
  { name: 'dense network', layers: [{ kind: 'flatten' }, { kind: 'dense', units: 100, activation: 'relu' }, { kind: 'dense', units: 100, activation: 'relu' }], ...chapter, everyStep: false },
];

/** The same net over ever longer series: a step must grow no faster than they do. */
export const lengthCases: readonly TrainingCase[] = [200, 500, 2000].map((steps) => ({ name: `LSTM(20), ${steps} steps`, layers: [lstm(20)], ...chapter, steps }));

/** Batches that every contender trains on, in turn; the loss is compared after one round of them. */
export const batchCount = 20;
