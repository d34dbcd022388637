import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportableModel, ExportWriter } from '../../../core/export/exportable-model.ts';
import { layersModelObstacle } from '../../../core/export/layers-model.ts';
import type { GraphDocument, ParameterValue } from '../../../core/graph/graph-document.ts';
import { wireId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { largestDifference, largestDifferenceAllowed } from '../../../engine/export/proof/difference.ts';
import { prove } from '../../../engine/export/proof/prove.ts';
import { runTfjs } from '../../../engine/export/proof/run-tfjs.ts';
import { writeTfjs } from '../../../engine/export/write-tfjs.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import { exportableGraph, untrainedModel } from '../../support/exportable-graph.ts';
import { typeNamed } from '../../support/graph-draft.ts';
import { chainDocument } from '../python/chain-document.ts';

type Link = readonly [type: string, parameters?: Readonly<Record<string, ParameterValue>>];

/** Chains that say every layer of tfjs-layers, and every setting that its defaults differ in. */
const chains: Readonly<Record<string, readonly Link[]>> = {
  'LSTM backwards, then both ways': [['lstm', { units: 3, goBackwards: true }], ['lstm', { units: 2, bidirectional: true, returnSequences: false }], ['dense', { units: 2 }]],
  'GRU that resets before the product, summed both ways': [['gru', { units: 3, resetAfter: false, bidirectional: true, merge: 'sum' }], ['gru', { units: 2, resetAfter: false, recurrentActivation: 'tanh', returnSequences: false }], ['dense', { units: 2 }]],
  'simple recurrences, averaged and multiplied both ways': [['simple-rnn', { units: 3, bidirectional: true, merge: 'average' }], ['simple-rnn', { units: 3, bidirectional: true, merge: 'multiply', useBias: false }], ['simple-rnn', { units: 3, activation: 'relu', kernelL2: 0.01, returnSequences: false }], ['dense', { units: 2, activation: 'elu', kernelL1: 0.1 }]],
  'convolutions and pools': [['conv1d', { filters: 4, kernelSize: 3, padding: 'same', stride: 2, activation: 'relu' }], ['conv1d', { filters: 3, kernelSize: 2, padding: 'valid', dilation: 2, activation: 'selu' }], ['max-pooling', { poolSize: 2, padding: 'same' }], ['average-pooling', { poolSize: 2, stride: 1, padding: 'same' }], ['global-average-pooling'], ['dense', { units: 2 }]],
  'the most of each column': [['conv1d', { filters: 4, kernelSize: 2, padding: 'same', activation: 'softsign' }], ['global-max-pooling'], ['dense', { units: 2 }]],
  'normalised, noisy and dropped': [['batch-norm'], ['lstm', { units: 3, dropout: 0.2, recurrentDropout: 0.1 }], ['layer-norm', { epsilon: 0.01 }], ['spatial-dropout'], ['gaussian-noise'], ['dropout'], ['flatten'], ['batch-norm', { epsilon: 0.1 }], ['dense', { units: 2 }]],
  'turned and reshaped': [['dense', { units: 4, activation: 'softplus' }], ['permute'], ['reshape', { steps: 6 }], ['activation', { activation: 'silu' }], ['flatten'], ['dense', { units: 3, activation: 'mish' }], ['repeat-vector', { steps: 4 }], ['lstm', { units: 3, unitForgetBias: false, returnSequences: false }], ['dense', { units: 2 }]],
  'merged': [['dense', { units: 3 }], ['add'], ['average'], ['multiply'], ['concatenate'], ['concatenate', { axis: 'time' }], ['flatten'], ['dense', { units: 2 }]],
};

/** Merging nodes read the node before them through each of their ports. */
function documentOf(layers: readonly Link[]): GraphDocument {
  const chain = chainDocument([['series', { series: 1, steps: 200 }], ['window', { window: 12 }], ...layers.map(([type, parameters]): readonly [string, Readonly<Record<string, ParameterValue>>] => [type, parameters ?? {}]), ['forecast', { horizon: 2 }]]);
  const further = chain.wires.flatMap((wire) => {
    const [, second] = typeNamed(chain.nodes.find(({ id }) => id === wire.to.node)!.type).inputs.filter(({ optional }) => optional !== true);
    return second === undefined ? [] : [{ ...wire, id: wireId(`${wire.id}-second`), to: { node: wire.to.node, port: second.name } }];
  });
  return { ...chain, wires: [...chain.wires, ...further] };
}

const dataOf = ({ nodes }: GraphDocument) => Object.fromEntries(nodes.filter(({ type }) => type === 'series').map(({ id }) => [id, { columns: ['value'], seriesCount: 1, steps: 200 }]));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-layers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.for(Object.entries(chains))('%s: says the same in tfjs-layers', async ([name, layers]) => {
  const document = documentOf(layers);
  const { exportable, windows, rounding } = exportableGraph(document, dataOf(document), 7);
  expect(layersModelObstacle(exportable.model)).toBeNull();
  const artefact = await write(exportable, formatWriters.tfjsLayers, name);
  const outcome = await runTfjs({ artefact, windows });
  expect(outcome.kind === 'failed' ? outcome.reason : outcome.kind).toBe('read');
  if (outcome.kind === 'read') expect(largestDifference(outcome.values, windows.predictions)).toBeLessThanOrEqual(Math.max(largestDifferenceAllowed, 16 * rounding));
});

it('what one layer reads twice and another reads as well is no layers model: tfjs-layers would let it go too early', () => {
  const graph = (...lines: readonly string[]) => drawnGraph(
    { series: ['series', { series: 1, steps: 200 }], window: ['window', { window: 12 }], dense: ['dense', { units: 3 }], twice: ['average'], once: ['activation'], both: ['add'], last: ['flatten'], values: ['dense', { units: 2 }], forecast: ['forecast', { horizon: 2 }] },
    ['series > window > dense', 'dense > twice', 'dense > twice.second', ...lines, 'last > values > forecast'],
  );
  const obstacle = (document: GraphDocument): string | null => layersModelObstacle(untrainedModel(document, dataOf(document)).exportable.model);
  expect(obstacle(graph('dense > once', 'twice > both', 'once > both.second', 'both > last'))).toBe('twice: it reads one output twice, which tfjs-layers then lets go before the others have read it');
  expect(obstacle(graph('twice > once', 'twice > both', 'once > both.second', 'both > last'))).toBeNull();
});

async function write(exportable: ExportableModel, writer: ExportWriter, name: string): Promise<string> {
  const files = await writer(exportable);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  const artefact = path.join(folder, name);
  mkdirSync(artefact);
  for (const { place, bytes } of files.value) writeFileSync(path.join(artefact, place), bytes);
  return artefact;
}

it.for([['layers model', formatWriters.tfjsLayers], ['graph model', writeTfjs]] as const)('a weight that is a hundredth higher in a %s is found by its proof', async ([kind, writer]) => {
  const document = documentOf([['lstm', { units: 3, returnSequences: false }], ['dense', { units: 2 }]]);
  const { exportable, windows } = exportableGraph(document, dataOf(document), 7);
  const artefact = await write(exportable, writer, kind);
  const verdict = async () => (await prove('tfjs', { artefact, exportable, windows })).verdict;
  expect(await verdict()).toBe('proven');
  const shard = path.join(artefact, 'group1-shard1of1.bin');
  const bytes = readFileSync(shard);
  // Whatever else the file holds: the bias of the last layer is in it, once.
  const bias = exportable.weights.get('dense-3/bias')!.values;
  const at = bytes.indexOf(Buffer.from(bias.buffer, bias.byteOffset, bias.byteLength));
  expect(at).toBeGreaterThanOrEqual(0);
  bytes.writeFloatLE(bias[0]! + 1e-2, at);
  writeFileSync(shard, bytes);
  expect(await verdict()).toBe('differs');
});

it('every layer of the catalogue is seen in one of them, or is one that tfjs-layers has not', () => {
  const held = new Set(Object.values(chains).flatMap((layers) => layers.map(([type]) => type)));
  const missing = [...catalog.values()].flatMap(({ type, role }) => (role === 'layer' && !held.has(type) ? [type] : []));
  expect(missing.toSorted()).toEqual(['crop', 'crop-features', 'embedding', 'layer-norm-lstm', 'layer-norm-rnn', 'pad', 'subtract', 'take-step']);
});

it.for([
  [['gru', {}], 'gru 2: the GRU of tfjs-layers resets before the product alone'],
  [['conv1d', { padding: 'causal' }], 'conv1d 2: tfjs-layers has no causal padding'],
  [['lstm', { recurrentActivation: 'hard_sigmoid' }], 'lstm 2: tfjs-layers has no hard_sigmoid as Keras 3 defines it'],
  [['dense', { activation: 'leaky_relu' }], 'dense 2: tfjs-layers has no leaky_relu as Keras 3 defines it'],
  [['layer-norm-lstm', {}], 'layer-norm-lstm 2: tfjs-layers has no Layer-norm LSTM'],
  [['pad', {}], 'pad 2: tfjs-layers has no Pad'],
] as const)('%j makes a graph model, and why is said', ([link, reason]) => {
  const document = documentOf([link, ['flatten'], ['dense', { units: 2 }]]);
  expect(layersModelObstacle(untrainedModel(document, dataOf(document)).exportable.model)).toBe(reason);
});
