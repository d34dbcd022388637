import { layerBody } from '../../core/compile/layer-body.ts';
import { firstTarget } from '../../core/compile/model.ts';
import type { Layer, LayerInput, Model } from '../../core/compile/model.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import { legalName, legalNames } from '../../core/export/layer-names.ts';
import { predictionScaling } from '../../core/export/prediction-scaling.ts';
import { weightOf } from '../../core/export/exportable-model.ts';
import type { ExportableModel, ExportWriter } from '../../core/export/exportable-model.ts';
import { encodeOnnx } from './onnx-schema.ts';
import type { OnnxValue } from './onnx-schema.ts';
import { OnnxScope } from './onnx-scope.ts';
import { spellBody } from './operation-spellings.ts';
import { scaleInputs, unscalePredictions } from './scaler.ts';
import { constantOf } from './whole-layer.ts';
import type { LayerOutputs, LayerSite } from './whole-layer.ts';
import { spellWholeLayer } from './whole-layers.ts';

/** The first with LayerNormalization; every runtime of the last years reads it. */
const operationSet = 17;

/** What a caller feeds and fetches, as in the SavedModel. */
const [inputName, outputName] = ['inputs', 'predictions'];

/**
 * An .onnx file: the layers in their order by their own names, recurrent ones as LSTM, GRU and RNN where ONNX can say them and
 * as Scan otherwise; any batch.
 */
export const writeOnnx: ExportWriter = (exportable) => {
  const { facts, provenance } = exportable;
  const scope = OnnxScope.model();
  const input = scope.freshName(inputName);
  const output = scope.freshName(outputName);
  scope.setBatch(input);
  const windows = facts.scaler === 'inside' ? scaleInputs(scope.named('scaler'), input, facts) : input;
  const network = spellNetwork(scope, exportable, windows);
  const shaped = scope.add('Reshape', [network, scope.sizes(facts.outputs.map((size) => (size === 'batch' ? -1 : size)))], {}, 'network');
  const predictions = facts.scaler === 'inside' ? unscalePredictions(scope.named('scaler'), shaped, facts) : shaped;
  scope.write({ name: scope.freshName('result'), operation: 'Identity', inputs: [predictions], outputs: [output], attributes: {} });

  const unit = facts.scaler === 'inside' ? "in the data's own unit" : 'scaled as metadata says';
  const graph = scope.finish(
    legalName(exportable.name) || 'model',
    [valueOf(input, facts.inputs, `Windows (batch, time, column) of ${facts.columns.join(', ')}, ${unit}.`)],
    [valueOf(output, facts.outputs, `${facts.meaning}, ${unit}.`)],
  );
  const [producer = 'Unroll', version = ''] = (provenance['producer'] ?? 'Unroll').split(/ (?=\d)/u);
  const bytes = encodeOnnx({ graph, producer: { name: producer, version }, doc: `${exportable.name}: ${facts.meaning}.`, operationSet, metadata: metadataOf(exportable) });
  return Promise.resolve(succeed([{ place: '', bytes }]));
};

/** Writes every layer; gives the name of what the target reads. */
function spellNetwork(scope: OnnxScope, exportable: ExportableModel, windows: string): string {
  const { model } = exportable;
  const names = legalNames(model.layers);
  const results = new Map<string, string>();
  const read = (source: LayerInput): string => {
    const name = source.kind === 'window' ? windows : results.get(`${source.node}/${source.port}`);
    if (name === undefined) throw new RangeError('a layer is read before it is written');
    return name;
  };
  for (const layer of model.layers) {
    const site: LayerSite = {
      scope: scope.named(names.get(layer.node)!),
      layer,
      inputs: Object.fromEntries(Object.entries(layer.inputs).map(([port, source]) => [port, read(source)])),
      weight: (name) => weightOf(exportable, layer.node, name),
      isRead: (port) => isRead(model, layer, port),
    };
    const outputs = spellWholeLayer(site) ?? spellByOperation(site);
    for (const [port, name] of Object.entries(outputs)) results.set(`${layer.node}/${port}`, name);
  }
  return read(firstTarget(model).input);
}

function spellByOperation(site: LayerSite): LayerOutputs {
  const { body, inputs, weights, outputs } = layerBody(site.layer);
  const given = [...inputs.map((port) => site.inputs[port]!), ...weights.map((name) => constantOf(site, name))];
  const results = spellBody(site.scope, body, given);
  return Object.fromEntries(outputs.map((port, index) => [port, results[index]!]));
}

function isRead({ layers, targets }: Model, { node }: Layer, port: string): boolean {
  const reads = (source: LayerInput): boolean => source.kind === 'layer' && source.node === node && source.port === port;
  return targets.some(({ input }) => reads(input)) || layers.some(({ inputs }) => Object.values(inputs).some(reads));
}

function valueOf(name: string, shape: readonly (number | 'batch')[], doc: string): OnnxValue {
  return { name, element: 'float', shape, doc };
}

/** What a caller must know, by name; lists and tables as JSON. */
function metadataOf({ name, facts, provenance }: ExportableModel): Readonly<Record<string, string>> {
  return {
    ...provenance,
    model: name,
    columns: JSON.stringify(facts.columns),
    'target columns': JSON.stringify(facts.targetColumns),
    horizon: String(facts.horizon),
    meaning: facts.meaning,
    unit: facts.scaler === 'inside' ? "the data's own, in and out" : 'scaled = (value − offset) / factor, in and out',
    scaler: facts.scaler,
    scaling: JSON.stringify(facts.scaling),
    'prediction scaling': JSON.stringify(predictionScaling(facts)),
  };
}
