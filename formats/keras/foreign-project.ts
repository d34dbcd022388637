import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument, GraphNode, PortReference, Wire } from '../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';
import { surveyGraph, type DataFactsByNode } from '../../core/check/graph-survey.ts';
import { flattenNode } from '../../core/nodes/flatten.ts';
import { forecastNode } from '../../core/nodes/forecast.ts';
import { anyNodeType } from '../../core/nodes/catalog.ts';
import { newNode } from '../../core/nodes/new-node.ts';
import type { TensorFacts } from '../../core/nodes/node-type.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import { windowNode } from '../../core/nodes/window.ts';
import { axisSize } from '../../core/shapes/shape.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import { arrangeGraph } from './arrange-graph.ts';
import { buildGraph, type NodeWeights } from './build-graph.ts';
import type { ImportPlace } from './import-refusal.ts';
import type { KerasGraph } from './keras-graph.ts';
import { readTraining } from './read-training.ts';

export interface ForeignProject {
  readonly document: GraphDocument;
  readonly weights: readonly NodeWeights[];
  /** What data that fit are like: by it shapes are known before any are chosen. */
  readonly data: DataFactsByNode;
  readonly features: number;
  readonly window: number;
  readonly notes: readonly Diagnostic[];
}

/** Put in where the file leaves the length of its windows open. */
const openWindow = windowNode.parameters.window.default;

/**
 * A project around the layers of a Keras model: a Series whose data are to be chosen, a Window as the model's input wants
 * it, and a Forecast on each of its outputs. Keras says nothing of these, so that what is guessed is said.
 */
export function foreignProject(place: ImportPlace, graph: KerasGraph, compiled: unknown, origin: string): ForeignProject {
  const { window, features, isVector, notes: inputNotes } = readInput(place, graph.input.shape);
  const { training, loss, left } = readTraining(compiled);
  const series = { ...newNode({ nodes: [] }, anyNodeType(seriesNode)), parameters: { source: 'csv', file: '' } };
  const plainWindows = { ...newNode({ nodes: [] }, anyNodeType(windowNode)), parameters: { window } };
  const flatten = newNode({ nodes: [] }, flattenNode);
  const before: GraphNode[] = [series, plainWindows, ...(isVector ? [flatten] : [])];
  const wires: Wire[] = [join('series-wire', { node: series.id, port: 'series' }, { node: plainWindows.id, port: 'series' })];
  if (isVector) wires.push(join('window-wire', { node: plainWindows.id, port: 'windows' }, { node: flatten.id, port: 'inputs' }));
  const start = isVector ? { node: flatten.id, port: 'outputs' } : { node: plainWindows.id, port: 'windows' };

  const targets = graph.outputs.map((_, index) => ({ ...newNode({ nodes: [] }, anyNodeType(forecastNode)), id: nodeId(`forecast-${index + 1}`), label: `Forecast ${index + 1}`, parameters: loss }));
  const built = buildGraph(place, graph, origin, start, [...before, ...targets].map(({ id }) => id));
  const stateful = built.nodes.filter(isStateful);
  // States are carried from a window to the one that begins where it ended.
  const windows = stateful.length === 0 ? plainWindows : { ...plainWindows, parameters: { window, stride: window } };
  const nodes = [...before.map((node) => (node === plainWindows ? windows : node)), ...built.nodes, ...targets];
  const all = [...wires, ...built.wires, ...targets.map((target, index) => join(`target-wire-${index + 1}`, built.outputs[index]!, { node: target.id, port: 'predictions' }))];
  const drawn = { ...emptyDocument, name: graph.name.slice(0, 200), nodes, wires: all, training, layout: arrangeGraph(nodes, all) };
  const data = { [series.id]: { columns: placeholderColumns(features), seriesCount: 1, steps: 10 * window } };
  const guessed = guessHorizons(drawn, targets, features, data);
  const notes = [
    ...(built.unknown.length === 0 ? [] : [diagnose('import-unknown-layers', { kind: 'project' }, { layers: built.unknown })]),
    diagnose('import-series-open', { kind: 'node', node: series.id, parameter: 'file' }, { label: series.label, window, features }),
    ...inputNotes,
    ...guessed.notes,
    ...built.notes,
    ...(stateful.length === 0 ? [] : [diagnose('import-stateful', { kind: 'node', node: windows.id, parameter: 'stride' }, { layers: stateful.map(({ label }) => label), window })]),
    ...left.map((what) => diagnose('import-compile-left', { kind: 'project' }, { what })),
  ];
  return { document: guessed.document, weights: built.weights, data, features, window, notes };
}

function isStateful({ parameters }: GraphNode): boolean {
  return parameters['stateful'] === true;
}

function join(id: string, from: PortReference, to: PortReference): Wire {
  return { id: wireId(id), from, to };
}

/** (batch, time, feature), or (batch, n): n numbers in a row. */
function readInput(place: ImportPlace, [, first, second, ...more]: readonly (number | null)[]) {
  const notes: Diagnostic[] = [];
  if (more.length > 0 || first === undefined) throw place.inputs(`its input has ${more.length + 2} axes besides the batch`);
  if (second === null) throw place.inputs('its input leaves the number of features open');
  if (second === undefined && first === null) throw place.inputs('its input leaves every size open');
  const window = first ?? openWindow;
  const most = windowNode.parameters.window.maximum;
  if (window < 1 || window > most) throw place.tooMuch('its windows have', window, most, 'time steps');
  if (second !== undefined && (second < 1 || second > mostFeatures)) throw place.tooMuch('its input has', second, mostFeatures, 'features');
  if (first === null) notes.push(diagnose('import-window-open', { kind: 'project' }, { window }));
  if (second === undefined) notes.push(diagnose('import-vector-input', { kind: 'project' }, { features: window }));
  return { window, features: second ?? 1, isVector: second === undefined, notes };
}

const mostFeatures = 10_000;

/** Columns of data that is not chosen yet. */
function placeholderColumns(features: number): readonly string[] {
  return Array.from({ length: features }, (_, index) => `column ${index + 1}`);
}

/** As many steps ahead as the outputs make whole: of all columns, or else of one. */
function guessHorizons(document: GraphDocument, targets: readonly GraphNode[], features: number, data: DataFactsByNode) {
  // What keeps states from being carried does not change how many numbers come out.
  const anew = { ...document, nodes: document.nodes.map((node) => (isStateful(node) ? { ...node, parameters: { ...node.parameters, stateful: false } } : node)) };
  const { propagation } = surveyGraph(anew, data);
  const notes: Diagnostic[] = [];
  const settings = new Map<string, GraphNode['parameters']>();
  for (const { id, label, parameters } of targets) {
    const facts = propagation.facts.get(id)?.inputs['predictions'] as TensorFacts | undefined;
    const outputs = knownSize((facts && axisSize(facts.shape, 'feature')) ?? { kind: 'constant', value: 0 });
    if (facts === undefined || outputs === undefined || outputs === 0) continue;
    const isWhole = outputs % features === 0;
    const horizon = Math.min(isWhole ? outputs / features : outputs, forecastNode.parameters.horizon.maximum);
    settings.set(id, { ...parameters, horizon, everyStep: axisSize(facts.shape, 'time') !== undefined });
    const columns = features === 1 ? 'the column' : isWhole ? 'all columns' : 'one column, which is to be chosen';
    notes.push(diagnose('import-horizon-guessed', { kind: 'node', node: id, parameter: 'horizon' }, { label, outputs, horizon, columns }));
  }
  const nodes = document.nodes.map((node) => ({ ...node, parameters: settings.get(node.id) ?? node.parameters }));
  return { document: { ...document, nodes }, notes };
}
