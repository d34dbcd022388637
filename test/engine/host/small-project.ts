import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { defaultOptimizers } from '../../../core/graph/training-defaults.ts';
import type { TrainingSettings } from '../../../core/graph/training-settings.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import type { FileDoor } from '../../../engine/files/file-door.ts';
import type { HostServices } from '../../../engine/host/host-services.ts';
import { loadTensorFlow } from '../../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../../engine/tensorflow/tensorflow-backend.ts';
import type { CsvReader } from '../../../engine/training/read-series.ts';
import { parseCsv } from '../../../formats/csv/parse-csv.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import type { Parameters } from '../../support/drawn-graph.ts';

/** Adam with Keras's settings at another rate. */
export function adamAt(learningRate: number): TrainingSettings['optimizer'] {
  return { ...defaultOptimizers.adam, learningRate };
}

/** A node of a chain: its type, its parameters, and the ports it is wired by. */
interface Link {
  readonly type: string;
  readonly parameters: Parameters;
  readonly input: string;
  readonly output: string;
}

const layer = (type: string, parameters: Parameters): Link => ({ type, parameters, input: 'inputs', output: 'outputs' });

/** What a test wants otherwise than the small project has it. */
export interface Wishes {
  readonly series?: Parameters;
  /** A Scale node before the window. */
  readonly scale?: Parameters;
  readonly window?: Parameters;
  readonly forecast?: Parameters;
  readonly layers?: readonly Link[];
  readonly training?: Partial<TrainingSettings>;
}

export const layers = {
  simpleRnn: (units: number, returnSequences: boolean) => layer('simple-rnn', { units, returnSequences }),
  lstm: (units: number, returnSequences: boolean) => layer('lstm', { units, returnSequences }),
  dropout: (rate: number) => layer('dropout', { rate }),
  dense: (units: number) => layer('dense', { units }),
};

/** 60 generated series of 14 steps, a SimpleRNN of 4 with dropout, two steps ahead: an epoch has 6 steps, the last of 2 windows. */
export function smallProject(wishes: Wishes = {}): GraphDocument {
  const chain: readonly Link[] = [
    { type: 'series', parameters: { source: 'generator', series: 60, steps: 14, ...wishes.series }, input: '', output: 'series' },
    ...(wishes.scale === undefined ? [] : [{ type: 'scale', parameters: wishes.scale, input: 'series', output: 'series' }]),
    {
      type: 'window',
      parameters: { window: 12, splitBy: 'series', trainingShare: 0.7, validationShare: 0.2, ...wishes.window },
      input: 'series',
      output: 'windows',
    },
    ...(wishes.layers ?? [layers.simpleRnn(4, true), layers.dropout(0.2), layers.simpleRnn(4, false), layers.dense(2)]),
    { type: 'forecast', parameters: { horizon: 2, ...wishes.forecast }, input: 'predictions', output: '' },
  ];
  const ids = chain.map(({ type }, position) => nodeId(`${type}-${position}`));
  return {
    name: 'Small',
    nodes: chain.map(({ type, parameters }, position) => ({ id: ids[position]!, type, label: `${type} ${position}`, parameters })),
    wires: chain.slice(1).map(({ input }, position) => ({
      id: wireId(`wire-${position}`),
      from: { node: ids[position]!, port: chain[position]!.output },
      to: { node: ids[position + 1]!, port: input },
    })),
    definitions: [],
    data: [],
    training: {
      epochs: 4,
      batchSize: 8,
      seed: 7,
      optimizer: adamAt(0.01),
      schedule: { kind: 'constant' },
      clipping: null,
      weightAveraging: null,
      earlyStoppingPatience: null,
      ...wishes.training,
    },
    layout: {},
  };
}

export const readCsv: CsvReader = (bytes, file, choice) => parseCsv(bytes, { file, ...choice });

export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'unroll-host-'));
}

/** A host's services on the real engine, with the real file system unless told otherwise. */
export function services(files: FileDoor = openFileDoor()): HostServices {
  return {
    files,
    readCsv,
    loadExportWriters: () => Promise.resolve(formatWriters),
    versions: { unroll: 'test' },
    loadBackend: () => Promise.resolve({ ok: true, value: tensorFlowBackend(loadTensorFlow({ threads: 1 })) }),
  };
}

/** What a test wants otherwise than the imputing project has it. */
export interface ImputingWishes {
  readonly series?: Parameters;
  readonly window?: Parameters;
  readonly impute?: Parameters;
  /** A forecast of one step from the same layers, beside it. */
  readonly forecast?: boolean;
  readonly training?: Partial<TrainingSettings>;
}

/** The dated gappy column of waves.csv, a GRU of 6 that looks both ways, and an Impute of stretches of two steps. */
export function imputingProject({ series, window, impute, forecast = false, training = {} }: ImputingWishes): GraphDocument {
  return drawnGraph({
    'series 0': ['series', { source: 'csv', file: 'waves.csv', gaps: 'keep', ...series }],
    'scale 1': ['scale'],
    'window 2': ['window', { window: 12, mask: true, ...window }],
    'gru 3': ['gru', { units: 6, returnSequences: true, bidirectional: true }],
    'dense 3': ['dense', { units: 1 }],
    'impute 4': ['impute', { hiddenRun: 2, ...impute }],
    ...(forecast && { 'take 5': ['take-step'], 'dense 5': ['dense', { units: 1 }], 'forecast 6': ['forecast'] }),
  }, ['series 0 > scale 1 > window 2 > gru 3 > dense 3 > impute 4', ...(forecast ? ['gru 3 > take 5 > dense 5 > forecast 6'] : [])], { optimizer: adamAt(0.01), ...training });
}
