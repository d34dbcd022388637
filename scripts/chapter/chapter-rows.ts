import { applyEdits } from '../../core/graph/apply-edit.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import { freshWireId } from '../../core/graph/fresh-identifier.ts';
import type { GraphDocument, ParameterValue } from '../../core/graph/graph-document.ts';
import { defaultOptimizers } from '../../core/graph/training-defaults.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { newNode } from '../../core/nodes/new-node.ts';

export type LayerSpelling = readonly [type: string, parameters: Readonly<Record<string, ParameterValue>>];

/** What is asked of a network: one value ahead, ten one after the other by a network of one, ten at once after the last step, or ten at each of the 50 steps. */
export type ChapterTask = 'one step' | 'ten steps, iterated' | 'ten steps' | 'ten steps at every step';

/** A network of the chapter with the notebook's own settings: batch 32, 20 epochs, mean squared error, Adam at this rate. */
export interface ChapterRow {
  readonly id: string;
  readonly title: string;
  readonly task: ChapterTask;
  readonly layers: readonly LayerSpelling[];
  readonly learningRate: number;
  /** The notebook's stored output: mean squared error on the validation part, of the last step where there are many. */
  readonly notebook: number | null;
  /** Milliseconds a step in the notebook's stored output (a laptop of 2021). */
  readonly notebookMs?: string;
  /** Where it is not quite what the notebook trains. */
  readonly note?: string;
}

const simple = (units: number, settings: LayerSpelling[1] = {}): LayerSpelling => ['simple-rnn', { units, ...settings }];
const dense = (units: number): LayerSpelling => ['dense', { units }];
const lastStep = { returnSequences: false } as const;
const flatten: LayerSpelling = ['flatten', {}];
const relu = { activation: 'relu' } as const;
const causal = (dilation: number): LayerSpelling => ['conv1d', { filters: 20, kernelSize: 2, padding: 'causal', dilation, activation: 'relu' }];

export const chapterRows: readonly ChapterRow[] = [
  { id: 'linear-1', title: 'Linear: Flatten, Dense(1)', task: 'one step', layers: [flatten, dense(1)], learningRate: 0.001, notebook: 0.004168 },
  { id: 'simple-1', title: 'SimpleRNN(1)', task: 'one step', layers: [simple(1, lastStep)], learningRate: 0.005, notebook: 0.01088 },
  { id: 'simple-20-20-1', title: 'SimpleRNN 20, 20, 1', task: 'one step', layers: [simple(20), simple(20), simple(1, lastStep)], learningRate: 0.001, notebook: 0.00291 },
  { id: 'simple-20-20-dense', title: 'SimpleRNN 20, 20, Dense(1)', task: 'one step', layers: [simple(20), simple(20, lastStep), dense(1)], learningRate: 0.001, notebook: 0.00262 },
  {
    id: 'simple-20-20-dense-relu', title: 'SimpleRNN 20, 20, Dense(1), ReLU instead of tanh', task: 'one step',
    layers: [simple(20, relu), simple(20, { ...lastStep, ...relu }), dense(1)], learningRate: 0.001, notebook: null,
  },
  {
    id: 'iterated', title: 'SimpleRNN 20, 20, Dense(1), iterated ten times', task: 'ten steps, iterated', layers: [simple(20), simple(20, lastStep), dense(1)],
    learningRate: 0.001, notebook: 0.02751, note: 'the notebook trains it on series of 51 steps, whose waves are slower by step, and iterates it on series of 60; here it has seen series of 60',
  },
  { id: 'linear-10', title: 'Linear: Flatten, Dense(10)', task: 'ten steps', layers: [flatten, dense(10)], learningRate: 0.001, notebook: 0.0187 },
  { id: 'simple-10', title: 'SimpleRNN 20, 20, Dense(10)', task: 'ten steps', layers: [simple(20), simple(20, lastStep), dense(10)], learningRate: 0.001, notebook: 0.0085 },
  {
    id: 'conv1d-gru', title: 'Conv1D(20, kernel 4, stride 2), GRU 20, 20', task: 'ten steps',
    layers: [['conv1d', { filters: 20, kernelSize: 4, stride: 2 }], ['gru', { units: 20 }], ['gru', { units: 20, ...lastStep }], dense(10)],
    learningRate: 0.001, notebook: 0.008, notebookMs: '13', note: 'the notebook has targets at every second step, here there are those of the last step alone',
  },
  {
    id: 'simple-every', title: 'SimpleRNN 20, 20', task: 'ten steps at every step', layers: [simple(20), simple(20), dense(10)],
    learningRate: 0.01, notebook: 0.0096, notebookMs: '11', note: 'noisy in the notebook too: 0.0058 one epoch earlier',
  },
  {
    id: 'batch-norm', title: 'SimpleRNN 20, 20, batch normalisation after each', task: 'ten steps at every step',
    layers: [simple(20), ['batch-norm', {}], simple(20), ['batch-norm', {}], dense(10)], learningRate: 0.001, notebook: 0.0164, notebookMs: '12',
  },
  {
    id: 'layer-norm-cell', title: 'SimpleRNN 20, 20, layer normalisation in the cell', task: 'ten steps at every step',
    layers: [['layer-norm-rnn', { units: 20 }], ['layer-norm-rnn', { units: 20 }], dense(10)], learningRate: 0.001, notebook: 0.0121, notebookMs: '23–27',
  },
  { id: 'lstm', title: 'LSTM 20, 20', task: 'ten steps at every step', layers: [['lstm', { units: 20 }], ['lstm', { units: 20 }], dense(10)], learningRate: 0.001, notebook: 0.00856, notebookMs: '20–23' },
  { id: 'gru', title: 'GRU 20, 20', task: 'ten steps at every step', layers: [['gru', { units: 20 }], ['gru', { units: 20 }], dense(10)], learningRate: 0.001, notebook: 0.01026, notebookMs: '24' },
  {
    id: 'wavenet', title: 'WaveNet: causal Conv1D(20), dilations 1 2 4 8 twice', task: 'ten steps at every step',
    layers: [1, 2, 4, 8, 1, 2, 4, 8].map(causal).concat([['conv1d', { filters: 10, kernelSize: 1 }]]), learningRate: 0.001, notebook: 0.0072, notebookMs: '7',
  },
];

const window = 50;

/** Time steps that a task forecasts. */
export function horizonOf(task: ChapterTask): number {
  return task === 'one step' ? 1 : 10;
}

/** The project that a row describes: 10,000 series of seed 42 as NumPy draws them, 7,000 to train and 2,000 to validate. */
export function chapterDocument({ title, task, layers, learningRate }: Pick<ChapterRow, 'title' | 'task' | 'layers' | 'learningRate'>): GraphDocument {
  const ahead = horizonOf(task);
  const isIterated = task === 'ten steps, iterated';
  const target = { horizon: isIterated ? 1 : ahead, iterateTo: isIterated ? ahead : null, everyStep: task === 'ten steps at every step' };
  const chain: readonly (readonly [...LayerSpelling, input: string, output: string])[] = [
    ['series', { series: 10_000, steps: window + ahead, seed: 42 }, '', 'series'],
    // One window a series, whatever the horizon that is trained.
    ['window', { window, stride: ahead, splitBy: 'series', trainingShare: 0.7, validationShare: 0.2 }, 'series', 'windows'],
    ...layers.map(([type, parameters]) => [type, parameters, 'inputs', 'outputs'] as const),
    ['forecast', target, 'predictions', ''],
  ];
  let document: GraphDocument = {
    ...emptyDocument,
    name: title,
    training: { ...emptyDocument.training, epochs: 20, batchSize: 32, optimizer: { ...defaultOptimizers.adam, learningRate } },
  };
  let from: { readonly node: GraphDocument['nodes'][number]['id']; readonly port: string } | null = null;
  for (const [name, parameters, input, output] of chain) {
    const type = catalog.get(name);
    if (type === undefined) throw new RangeError(`the catalogue has no "${name}"`);
    const created = newNode(document, type);
    document = applyEdits(document, [{ kind: 'add-node', node: { ...created, parameters: { ...created.parameters, ...parameters } } }]);
    if (from !== null) document = applyEdits(document, [{ kind: 'connect', wire: { id: freshWireId(document), from, to: { node: created.id, port: input } } }]);
    from = { node: created.id, port: output };
  }
  return document;
}
