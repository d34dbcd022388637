import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import type { LabelFacts } from '../../core/forecast/series-labels.ts';
import type { GraphDocument, ParameterValue } from '../../core/graph/graph-document.ts';
import { clippingKinds, defaultOptimizers, defaultTraining } from '../../core/graph/training-defaults.ts';
import type { TrainingSettings } from '../../core/graph/training-settings.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import type { LayerNodeType } from '../../core/nodes/node-type.ts';
import { numbers } from './body-case.ts';
import { featuresOf, GraphDraft, isTensor, stepsOf, tensorOutlet } from './graph-draft.ts';
import type { TensorOutlet } from './graph-draft.ts';
import { targetEndings } from './random-targets.ts';
import { pick, randomParameters, wholeNumber } from './random-parameters.ts';
import type { Draw } from './random-parameters.ts';

/** A valid document over the whole catalogue, with what reading its files would have shown. All of it follows from its number. */
export interface RandomGraph {
  readonly number: number;
  readonly document: GraphDocument;
  readonly data: DataFactsByNode;
}

const layers = [...catalog.values()].filter((type): type is LayerNodeType => type.role === 'layer');

/** More values a series than this make the float64 evaluator slow. */
const mostValues = 80;

/**
 * Series, perhaps scaled, a window, two to eight layers of any type with any parameters, fed by anything before them, and
 * a target that all loose ends lead to. Graph n contains layer type n of the catalogue (counted round and round).
 */
export function randomGraph(number: number): RandomGraph {
  const draw = numbers(number * 7919 + 1);
  const draft = new GraphDraft(`Random graph ${number}`);
  const wanted = layers[number % layers.length]!;
  const window = drawWindow(draft, wanted, draw);
  const pool: TensorOutlet[] = [window];
  const count = wholeNumber(2, 8, draw);
  let isWantedIn = false;
  for (let layer = 0; layer < count || !isWantedIn; layer += 1) {
    if (layer > 100) throw new Error(`"${wanted.type}" finds no place in graph ${number}`);
    const added: AddedLayer | undefined = addSomeLayer(draft, pool, isWantedIn ? pick(layers, draw) : wanted, draw) ?? addSomeLayer(draft, pool, pick(layers, draw), draw);
    if (added === undefined) continue;
    isWantedIn ||= added.type === wanted;
    pool.push(...added.outlets);
  }
  const loose = pool.filter((outlet) => !draft.isRead(outlet));
  const unfinished = { draft, draw, windowLength: stepsOf(window)!, outlets: loose };
  while (!pick([...targetEndings.values()], draw)(unfinished));
  draft.setTraining(randomTraining(draw));
  return { number, document: settled(draft.document), data: draft.data };
}

/** No layer carries states where windows do not follow each other or are moved on by iterated forecasts. */
function settled(document: GraphDocument): GraphDocument {
  const window = document.nodes.find(({ type }) => type === 'window')!.parameters;
  const isIterated = document.nodes.some(({ type, parameters }) => type === 'forecast' && typeof parameters['iterateTo'] === 'number');
  if (window['stride'] === window['window'] && !isIterated) return document;
  return { ...document, nodes: document.nodes.map((node) => (node.parameters['stateful'] === true ? { ...node, parameters: { ...node.parameters, stateful: false } } : node)) };
}

/** What a file of several series may tell of each. */
const labels: readonly LabelFacts[] = [
  { name: 'kind', isNumber: false, classes: ['calm', 'rising', 'wild'], isKnownAhead: true },
  { name: 'length', isNumber: true, classes: null, isKnownAhead: true },
];

function drawWindow(draft: GraphDraft, wanted: LayerNodeType, draw: Draw): TensorOutlet {
  const columns = ['a', 'b', 'c', 'd'].slice(0, wholeNumber(1, 4, draw));
  // An Embedding reads categories, and only labelled series have some.
  const embeds = wanted.type === 'embedding';
  const source = pick([...(embeds ? [] : ['one series']), 'labelled series', 'generator'], draw);
  const mask = draw() < 0.4;
  const categories = source !== 'one series' && (embeds || draw() < 0.2) ? [source === 'generator' ? 'faster wave' : 'kind'] : null;
  const told = source !== 'one series' && draw() < 0.2 ? [source === 'generator' ? 'offset 1' : 'length'] : null;
  const gaps = mask ? 'keep' : 'refuse';
  const series = source === 'one series'
    ? draft.add('series', { source: 'csv', file: 'series.csv', gaps }, {}, { columns, seriesCount: 1, steps: 200 })
    : source === 'labelled series'
    ? draft.add('series', { source: 'csv', file: 'series.csv', seriesColumn: 'name', gaps }, {}, { columns, seriesCount: 40, steps: 30, labels })
    : draft.add('series', { series: 40, steps: 30, seed: wholeNumber(0, 1000, draw) });
  const scaled = draw() < 0.3 ? draft.add('scale', randomParameters(catalog.get('scale')!.parameters, draw), { series: series[0]! }) : series;
  const window = wholeNumber(1, 12, draw);
  // Every third time windows follow each other, so that layers may be stateful.
  const stride = draw() < 0.3 ? window : 1;
  return tensorOutlet(draft.add('window', { window, stride, mask, labels: told, categories, splitBy: source === 'one series' ? 'time' : 'series' }, { series: scaled[0]! }));
}

interface AddedLayer {
  readonly type: LayerNodeType;
  readonly outlets: readonly TensorOutlet[];
}

/** Tries the type with several parameters and inputs; the newest outlets are wired most, so that graphs are deep and wide. */
function addSomeLayer(draft: GraphDraft, pool: readonly TensorOutlet[], type: LayerNodeType, draw: Draw): AddedLayer | undefined {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const newest = pool.slice(-3);
    const parameters = steadyParameters(type, draw);
    const required = type.inputs.filter((port) => port.optional !== true).map((port) => [port.name, pick(draw() < 0.6 ? newest : pool, draw)] as const);
    const sources = Object.fromEntries([...required, ...someStates(type, parameters, pool, draw)]);
    const outlets = draft.tryAdd(type, parameters, sources, undefined, isSmall);
    if (outlets === undefined) continue;
    const isWanted = ({ port }: TensorOutlet): boolean => type.outputs.find(({ name }) => name === port)?.optional !== true || draw() < 0.3;
    return { type, outlets: outlets.filter(isTensor).filter(isWanted) };
  }
  return undefined;
}

/** Gates within [−1, 1]: a state times more than that, step after step, leaves every number format, whoever computes it. */
const steadyGates: readonly ParameterValue[] = ['sigmoid', 'hard_sigmoid', 'tanh', 'softsign'];

/** Wires for some of the initial states of a recurrent layer, from vectors that are as wide as they. */
function someStates(type: LayerNodeType, { units, bidirectional }: ReturnType<typeof steadyParameters>, pool: readonly TensorOutlet[], draw: Draw): readonly (readonly [string, TensorOutlet])[] {
  const width = Number(units) * (bidirectional === true ? 2 : 1);
  const fitting = pool.filter((outlet) => stepsOf(outlet) === undefined && featuresOf(outlet) === width);
  if (fitting.length === 0) return [];
  return type.inputs.filter((port) => port.optional === true && draw() < 0.5).map((port) => [port.name, pick(fitting, draw)] as const);
}

/** So does an exponential that feeds on itself. */
function steadyParameters(type: LayerNodeType, draw: Draw): Readonly<Record<string, ParameterValue>> {
  const drawn = randomParameters(type.parameters, draw);
  if (type.category !== 'recurrent') return drawn;
  return Object.fromEntries(Object.entries(drawn).map(([name, value]) => {
    if (name === 'recurrentActivation') return [name, steadyGates.includes(value) ? value : pick(steadyGates, draw)];
    // Many short pieces make programs that take minutes to compare.
    if (name === 'truncateAfter') return [name, typeof value === 'number' && value > 2 ? value : null];
    return [name, value === 'exponential' ? 'tanh' : value];
  }));
}

function isSmall(outlets: readonly TensorOutlet[]): boolean {
  return outlets.every((outlet) => (stepsOf(outlet) ?? 1) * featuresOf(outlet) <= mostValues);
}

function randomTraining(draw: Draw): TrainingSettings {
  const { sgd, rmsprop, adam, adamw } = defaultOptimizers;
  const optimizer = pick<TrainingSettings['optimizer']>([
    sgd,
    { ...sgd, momentum: 0.9, nesterov: draw() < 0.5 },
    { ...rmsprop, momentum: pick([0, 0.5], draw), centered: draw() < 0.5 },
    { ...adam, amsgrad: draw() < 0.5 },
    adamw,
  ], draw);
  const clipping = draw() < 0.3 ? { kind: pick(clippingKinds, draw), limit: 1 } : null;
  const weightAveraging = draw() < 0.3 ? { momentum: 0.9 } : null;
  return { ...defaultTraining, epochs: 1, batchSize: 4, optimizer, clipping, weightAveraging };
}
