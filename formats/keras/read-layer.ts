import { catalog } from '../../core/nodes/catalog.ts';
import type { KerasCell, KerasSpelling, LayerNodeType } from '../../core/nodes/node-type.ts';
import type { ParameterDeclarations, ParsedParameters } from '../../core/params/parameter-declaration.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import { parseParameters } from '../../core/params/parse-parameters.ts';
import { isObject, member, printJson, textOf, type Json } from './json-value.ts';
import { registeredPackage } from './keras-config.ts';
import { readParameters } from './read-parameters.ts';
import { computesIn } from './training-words.ts';

/** A layer as one of our nodes, with its weights in Keras's order, or why it is none. */
export type ReadLayer =
  | {
      readonly kind: 'known';
      readonly type: LayerNodeType;
      readonly parameters: ParsedParameters;
      readonly weights: readonly string[];
      /** The class that holds the weights, inside a wrapper or not. */
      readonly innerClass: string;
      /** Settings that only change how it is trained and that we do not have. */
      readonly left: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

interface Spelled {
  readonly type: LayerNodeType;
  readonly spelling: Pick<KerasSpelling<ParameterDeclarations>, 'config' | 'wrapper' | 'weightOrder'> & Partial<Pick<KerasCell<ParameterDeclarations>, 'layerConfig'>>;
}

const layers = [...catalog.values()].filter((type): type is LayerNodeType => type.role === 'layer');

/** The closed table of layers: every class that a node of the catalogue spells, and nothing else. */
const byClass = new Map<string, Spelled>(layers.flatMap((type) => (type.keras === null ? [] : [[type.keras.className, { type, spelling: type.keras }] as const])));

/** Our own cell classes inside keras.layers.RNN, by their registered names. */
const byCell = new Map<string, Spelled>(
  layers.flatMap((type) => (type.kerasOtherwise?.kind === 'cell' ? [[`${registeredPackage}>${type.kerasOtherwise.className}`, { type, spelling: type.kerasOtherwise }] as const] : [])),
);

/** Layers that are one of our activations, in the settings that make them so. */
const activationLayers: Readonly<Record<string, (config: Json) => string | undefined>> = {
  ReLU: ({ max_value: most, negative_slope: slope, threshold }) => ((slope ?? 0) !== 0 || (threshold ?? 0) !== 0 ? undefined : (most ?? null) === null ? 'relu' : most === 6 ? 'relu6' : undefined),
  LeakyReLU: ({ negative_slope: slope }) => (slope === 0.2 ? 'leaky_relu' : undefined),
  ELU: ({ alpha }) => (alpha === 1 ? 'elu' : undefined),
};

/** Layers that do at every time step what they do to a vector. */
const alikeAtEveryStep = new Set(['Dense', 'Activation', 'Dropout', 'LayerNormalization']);

/** Axes of what the layer reads, the batch included; undefined where the file does not say. */
export function readLayer(className: string, config: Json, axes: number | undefined): ReadLayer {
  const type = computesIn(config['dtype']);
  if (type !== 'float32') return unknown(`it computes in ${type}, and Unroll in float32`);
  switch (className) {
    case 'Bidirectional':
      return readBidirectional(config, axes);
    case 'TimeDistributed': {
      const inner = innerLayer(config['layer']);
      if (inner === undefined || !alikeAtEveryStep.has(inner.className)) return unknown('Unroll has no such layer around another');
      return readLayer(inner.className, inner.config, axes);
    }
    case 'RNN':
      return readCell(config, axes);
    default:
      return readPlain(className, config, axes);
  }
}

function readPlain(className: string, config: Json, axes: number | undefined): ReadLayer {
  const asActivation = Object.hasOwn(activationLayers, className) ? activationLayers[className] : undefined;
  if (asActivation !== undefined) {
    const activation = asActivation(config);
    return activation === undefined ? unknown('its slope is none that Unroll has') : readPlain('Activation', { activation, dtype: config['dtype'] }, axes);
  }
  // Into one axis: Keras has made sure that it holds everything.
  if (className === 'Reshape' && Array.isArray(config['target_shape']) && config['target_shape'].length === 1) return readPlain('Flatten', { data_format: 'channels_last' }, axes);
  const spelled = byClass.get(className);
  if (spelled === undefined) return unknown('Unroll has no such layer');
  return judge(spelled, className, config, axes, spelled.spelling.config, {});
}

function readCell(config: Json, axes: number | undefined): ReadLayer {
  const registered = member(config['cell'], 'registered_name');
  const cell = innerLayer(config['cell']);
  const spelled = typeof registered === 'string' ? byCell.get(registered) : undefined;
  if (spelled === undefined || cell === undefined) return unknown('Unroll has no such cell');
  const { layerConfig, config: cellConfig } = spelled.spelling;
  const { cell: _, ...around } = config;
  return judge(spelled, 'RNN', { ...around, ...cell.config }, axes, (parameters) => ({ ...layerConfig?.(parameters), ...cellConfig(parameters) }), {});
}

const mergeModes: Readonly<Record<string, string>> = { concat: 'concatenate', sum: 'sum', ave: 'average', mul: 'multiply' };

function readBidirectional(config: Json, axes: number | undefined): ReadLayer {
  const forward = innerLayer(config['layer']);
  const merge = textOf(config['merge_mode']);
  if (forward === undefined || merge === undefined || !Object.hasOwn(mergeModes, merge)) return unknown(`its merge_mode is ${printJson(config['merge_mode'])}, which Unroll does not have`);
  const both = { bidirectional: true, merge: mergeModes[merge]! };
  const read = readDirection(forward, axes, both);
  const backward = config['backward_layer'] === undefined || config['backward_layer'] === null ? undefined : innerLayer(config['backward_layer']);
  if (read.kind === 'unknown' || backward === undefined) return read;
  const back = readDirection({ ...backward, config: { ...backward.config, go_backwards: backward.config['go_backwards'] !== true } }, axes, both);
  const isAlike = back.kind === 'known' && back.type === read.type && JSON.stringify(back.parameters) === JSON.stringify(read.parameters);
  return isAlike ? read : unknown('its two directions are layers of different kinds or settings');
}

function readDirection({ className, config }: InnerLayer, axes: number | undefined, both: Json): ReadLayer {
  if (className === 'RNN') {
    const cell = readCell(config, axes);
    if (cell.kind === 'unknown') return cell;
    return bothWays(cell, both);
  }
  const spelled = byClass.get(className);
  if (spelled?.spelling.wrapper === undefined) return unknown('Unroll has no such layer in two directions');
  const read = judge(spelled, className, config, axes, spelled.spelling.config, {});
  return read.kind === 'unknown' ? read : bothWays(read, both);
}

function bothWays(read: Extract<ReadLayer, { readonly kind: 'known' }>, both: Json): ReadLayer {
  if (read.parameters['goBackwards'] === true) return unknown('its first direction goes backwards');
  const parsed = parse(read.type, { ...read.parameters, ...both });
  const spelling = (read.type.keras ?? read.type.kerasOtherwise) as Pick<KerasSpelling<ParameterDeclarations>, 'weightOrder'>;
  return parsed === null ? unknown('its settings do not fit together') : { ...read, parameters: parsed, weights: spelling.weightOrder(parsed) };
}

/**
 * The file's configuration as our parameters, proven by the way back: what we would write for them must be what the file
 * says. Whatever else the file says must not change what the layer computes.
 */
function judge({ type, spelling }: Spelled, className: string, config: Json, axes: number | undefined, write: (parameters: ParsedParameters) => Json, given: Json): ReadLayer {
  const read = readParameters(type, config, write, axes);
  if (read.kind === 'misfit') return unknown(read.reason);
  const parameters = parse(type, { ...read.parameters, ...given });
  if (parameters === null) return unknown('its settings do not fit together');
  return { kind: 'known', type, parameters, weights: spelling.weightOrder(parameters), innerClass: className, left: read.left };
}

function parse(type: LayerNodeType, given: Json): ParsedParameters | null {
  const parsed = parseParameters(type.parameters, given, { node: nodeId('imported'), label: type.title });
  return parsed.ok ? parsed.value : null;
}

interface InnerLayer {
  readonly className: string;
  readonly config: Json;
}

function innerLayer(value: unknown): InnerLayer | undefined {
  const className = member(value, 'class_name');
  const config = member(value, 'config');
  return typeof className === 'string' && isObject(config) ? { className, config } : undefined;
}

function unknown(reason: string): ReadLayer {
  return { kind: 'unknown', reason };
}
