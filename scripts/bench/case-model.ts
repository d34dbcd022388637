import { buildModel } from '../../core/compile/build-model.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import type { Model } from '../../core/compile/model.ts';
import { prepareBatches } from '../../core/forecast/batch-source.ts';
import type { BatchSource } from '../../core/forecast/batch-source.ts';
import { identityScaler } from '../../core/forecast/scaler.ts';
import { observedTable } from '../../core/forecast/series-table.ts';
import type { SeriesTable } from '../../core/forecast/series-table.ts';
import { generateWaves } from '../../core/forecast/wave-generator.ts';
import { planWindows } from '../../core/forecast/windows.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { TrainingSettings } from '../../core/graph/training-settings.ts';
import type { GraphDocument, GraphNode, ParameterValue } from '../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import { defaultParameters } from '../../core/params/parse-parameters.ts';
import type { Program } from '../../core/program/program.ts';
import { windowSettings } from '../../engine/training/window-settings.ts';
import { registerCellLayer } from './cell-layer.ts';
import { batchCount } from './training-cases.ts';
import type { BenchLayer, TrainingCase } from './training-cases.ts';

/** A case as the product would hold it: the drawn graph, compiled, and its windows ready for batches. */
export interface CaseModel {
  readonly model: Model;
  readonly program: Program;
  readonly training: TrainingSettings;
  readonly batches: BatchSource;
  readonly samples: Samples;
}

const columnName = (column: number): string => `wave ${column + 1}`;

export function caseModel(own: TrainingCase): CaseModel {
  registerCellLayer();
  const document = caseDocument(own);
  const columns = Array.from({ length: own.features }, (_, column) => columnName(column));
  const facts = { columns, seriesCount: own.batch * batchCount, steps: own.steps + own.outputs };
  const model = buildModel(document, Object.fromEntries([[nodeId('series-1'), facts]]));
  if (!model.ok) throw new Error(model.diagnostics.map(({ message }) => message).join('\n'));
  const table = caseTable(own);
  const plan = planWindows(table, windowSettings(model.value, table), null, { kind: 'project' });
  if (!plan.ok) throw new Error(plan.diagnostics.map(({ message }) => message).join('\n'));
  return {
    model: model.value,
    program: compileProgram(model.value, document.training),
    training: document.training,
    batches: prepareBatches(table, plan.value, identityScaler(own.features)),
    samples: plan.value.samples.training,
  };
}

/** Waves of the textbook, one seed a column. */
function caseTable(own: TrainingCase): SeriesTable {
  const series = own.batch * batchCount;
  const steps = own.steps + own.outputs;
  const values = new Float64Array(series * steps * own.features);
  for (let column = 0; column < own.features; column += 1) {
    const wave = generateWaves({ seed: 42 + column, series, steps });
    wave.values.forEach((value, position) => { values[position * own.features + column] = value; });
  }
  const columns = Array.from({ length: own.features }, (_, column) => ({ name: columnName(column), unit: null }));
  return observedTable(columns, series, steps, values);
}

function caseDocument(own: TrainingCase): GraphDocument {
  const chain: readonly GraphNode[] = [
    node('series', 'series-1', own.features === 1 ? { series: own.batch * batchCount, steps: own.steps + own.outputs } : { source: 'csv', file: 'waves.csv' }),
    node('window', 'window-1', { window: own.steps, splitBy: 'series', trainingShare: 1, validationShare: 0 }),
    ...own.layers.map((layer, index) => node(layer.kind === 'bidirectional-lstm' ? 'lstm' : layer.kind, `layer-${index + 1}`, layerParameters(layer))),
    node('dense', 'dense-1', { units: own.outputs }),
    node('forecast', 'forecast-1', { horizon: own.outputs, everyStep: own.everyStep, columns: own.features === 1 ? null : [columnName(0)] }),
  ];
  const wires = chain.slice(1).map((to, index) => {
    const from = chain[index]!;
    return {
      id: wireId(`wire-${index + 1}`),
      from: { node: from.id, port: catalog.get(from.type)!.outputs[0]!.name },
      to: { node: to.id, port: catalog.get(to.type)!.inputs[0]!.name },
    };
  });
  return {
    name: own.name,
    nodes: chain,
    wires,
    definitions: [],
    data: [],
    training: {
      epochs: 1, batchSize: own.batch, seed: 1, schedule: { kind: 'constant' }, clipping: null, weightAveraging: null, earlyStoppingPatience: null,
      optimizer: { kind: 'adam', learningRate: own.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
    },
    layout: {},
  };
}

function layerParameters(layer: BenchLayer): Readonly<Record<string, ParameterValue>> {
  switch (layer.kind) {
    case 'simple-rnn':
    case 'lstm':
    case 'layer-norm-rnn':
      return { units: layer.units, returnSequences: layer.returnSequences ?? true };
    case 'bidirectional-lstm':
      return { units: layer.units, bidirectional: true, merge: 'concatenate', recurrentDropout: layer.recurrentDropout };
    case 'described-cell':
      return { units: layer.units, cell: layer.name };
    case 'gru':
      return { units: layer.units, returnSequences: layer.returnSequences ?? true, resetAfter: layer.resetAfter };
    case 'conv1d': {
      const { units, kernelSize, stride, dilation, padding, activation } = layer;
      return { filters: units, kernelSize, stride, dilation, padding, activation };
    }
    case 'dense':
      return { units: layer.units, activation: layer.activation };
    case 'repeat-vector':
      return { steps: layer.steps };
    case 'batch-norm':
    case 'flatten':
      return {};
  }
}

function node(type: string, id: string, parameters: Readonly<Record<string, ParameterValue>>): GraphNode {
  return { id: nodeId(id), type, label: id, parameters: { ...defaultParameters(catalog.get(type)!.parameters), ...parameters } };
}
