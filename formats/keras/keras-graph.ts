import type { ImportPlace } from './import-refusal.ts';
import { isObject, member, textOf, type Json } from './json-value.ts';

/** A tensor that a layer reads: an output of one call of a layer. */
export interface TensorSource {
  readonly layer: string;
  readonly call: number;
  readonly tensor: number;
  /** Sizes, null where they are open; undefined where the file does not say. */
  readonly shape: readonly (number | null)[] | undefined;
}

/** One use of a layer. */
export interface LayerCall {
  readonly inputs: readonly TensorSource[];
  readonly initialStates: readonly TensorSource[];
  /** Tensors that it is told by another name: masks, values, keys. */
  readonly others: readonly { readonly name: string; readonly source: TensorSource }[];
  readonly keywords: Json;
}

export interface KerasGraphLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Json;
  readonly calls: readonly LayerCall[];
  readonly inputShape: readonly (number | null)[] | undefined;
}

/** A Sequential or Functional model as config.json says it, not yet judged layer by layer. */
export interface KerasGraph {
  readonly name: string;
  readonly input: { readonly layer: string; readonly shape: readonly (number | null)[] };
  /** Without the input layer, in the file's order, by which its weights are counted. */
  readonly layers: readonly KerasGraphLayer[];
  readonly outputs: readonly TensorSource[];
}

export function readKerasGraph(place: ImportPlace, config: unknown): KerasGraph {
  const className = member(config, 'class_name');
  const inner = member(config, 'config');
  if (className !== 'Sequential' && className !== 'Functional') throw place.value('config.json class_name', 'a Sequential or Functional model', className);
  if (!isObject(inner)) throw place.value('config.json config', "the model's configuration", inner);
  const listed = inner['layers'];
  if (!Array.isArray(listed)) throw place.value('config.json config.layers', 'a list of layers', listed);
  if (listed.length > place.limits.layers) throw place.tooMuch('config.json lists', listed.length, place.limits.layers, 'layers');
  const layers = listed.map((layer, index) => readLayer(place, layer, `config.layers[${index}]`));
  const names = new Set(layers.map(({ name }) => name));
  if (names.size < layers.length) throw place.value('config.json config.layers', 'layers with names of their own', layers.map(({ name }) => name).find((name, index, all) => all.indexOf(name) < index));
  const name = textOf(inner['name'])?.slice(0, place.limits.nameLength) ?? 'model';
  return className === 'Sequential' ? sequential(place, name, layers, config) : functional(place, name, layers, inner);
}

interface RawLayer extends Omit<KerasGraphLayer, 'calls'> {
  readonly inbound: unknown;
}

function readLayer(place: ImportPlace, layer: unknown, path: string): RawLayer {
  const className = member(layer, 'class_name');
  const config = member(layer, 'config');
  const name = member(layer, 'name') ?? member(config, 'name');
  if (typeof className !== 'string' || className === '' || className.length > place.limits.nameLength) throw place.value(`${path}.class_name`, 'the name of a class', className);
  if (!isObject(config)) throw place.value(`${path}.config`, 'an object', config);
  if (typeof name !== 'string' || name === '' || name.length > place.limits.nameLength) throw place.value(`${path}.config.name`, `a name of 1 to ${place.limits.nameLength} characters`, name);
  return { name, className, config, inputShape: optionalShape(place, member(member(layer, 'build_config'), 'input_shape'), `${path}.build_config.input_shape`), inbound: member(layer, 'inbound_nodes') };
}

/** Of several inputs there are several shapes: then none is told. */
function optionalShape(place: ImportPlace, value: unknown, path: string): readonly (number | null)[] | undefined {
  return Array.isArray(value) && value.every((size) => size === null || typeof size === 'number') ? readShape(place, value, path) : undefined;
}

function readShape(place: ImportPlace, value: unknown, path: string): readonly (number | null)[] {
  if (!Array.isArray(value) || value.length > 8) throw place.value(path, 'a shape of at most 8 axes', value);
  return value.map((size: unknown) => {
    if (size === null || (typeof size === 'number' && Number.isInteger(size) && size >= 0 && size <= place.limits.size)) return size;
    throw place.value(path, `sizes from 0 to ${place.limits.size}`, size);
  });
}

/** Every layer reads the one before it. */
function sequential(place: ImportPlace, model: string, layers: readonly RawLayer[], config: unknown): KerasGraph {
  const [first] = layers;
  const begins = first?.className === 'InputLayer' ? first : undefined;
  const path = 'config.layers[0].config.batch_shape';
  const stated = begins === undefined ? (member(member(config, 'build_config'), 'input_shape') ?? first?.inputShape) : inputShapeOf(begins);
  const shape = readShape(place, stated, path);
  const input = begins?.name ?? 'input';
  const rest = layers.slice(begins === undefined ? 0 : 1);
  if (rest.length === 0) throw place.inputs('it has no layers');
  const linked = rest.map(({ name, className, config: settings, inputShape }, index): KerasGraphLayer => {
    const before = rest[index - 1]?.name ?? input;
    const inputs = [{ layer: before, call: 0, tensor: 0, shape: index === 0 ? shape : inputShape }];
    return { name, className, config: settings, inputShape, calls: [{ inputs, initialStates: [], others: [], keywords: {} }] };
  });
  return { name: model, input: { layer: input, shape }, layers: linked, outputs: [{ layer: rest.at(-1)!.name, call: 0, tensor: 0, shape: undefined }] };
}

function inputShapeOf({ config }: RawLayer): unknown {
  return config['batch_shape'] ?? config['batch_input_shape'];
}

function functional(place: ImportPlace, name: string, layers: readonly RawLayer[], config: Json): KerasGraph {
  const inputs = layers.filter(({ className }) => className === 'InputLayer');
  if (inputs.length !== 1) throw place.inputs(inputs.length === 0 ? 'it has no input' : `it reads ${inputs.length} inputs`);
  const input = inputs[0]!;
  const linked = layers.filter((layer) => layer !== input).map(({ inbound, ...layer }) => ({ ...layer, calls: readCalls(place, layer.name, inbound) }));
  if (linked.length === 0) throw place.inputs('it has no layers');
  const known = new Map<string, number>([[input.name, 1], ...linked.map((layer) => [layer.name, layer.calls.length] as const)]);
  const outputs = readOutputs(place, config['output_layers']);
  for (const { layer, call } of [...outputs, ...linked.flatMap(({ calls }) => calls.flatMap(({ inputs: read, initialStates, others }) => [...read, ...initialStates, ...others.map(({ source }) => source)]))]) {
    if (call >= (known.get(layer) ?? 0)) throw place.value('config.json keras_history', 'an output of a layer of the model', [layer, call]);
  }
  return { name, input: { layer: input.name, shape: readShape(place, inputShapeOf(input), `config.layers ${input.name} batch_shape`) }, layers: linked, outputs };
}

function readCalls(place: ImportPlace, layer: string, inbound: unknown): readonly LayerCall[] {
  if (!Array.isArray(inbound) || inbound.length === 0) throw place.value(`the layer ${layer}, inbound_nodes`, 'a list of what it reads', inbound);
  if (inbound.length > place.limits.callsOfLayer) throw place.tooMuch(`the layer ${layer} is called`, inbound.length, place.limits.callsOfLayer, 'times');
  return inbound.map((call: unknown): LayerCall => {
    const given = member(call, 'args');
    const keywords = member(call, 'kwargs') ?? {};
    if (!Array.isArray(given) || !isObject(keywords)) throw place.value(`the layer ${layer}, inbound_nodes`, 'args and kwargs', call);
    const [first, ...further] = given as unknown[];
    const inputs = tensorsIn(place, layer, first);
    const others = further.flatMap((value) => tensorsIn(place, layer, value)).map((source, index) => ({ name: `argument ${index + 2}`, source }));
    const initialStates = tensorsIn(place, layer, keywords['initial_state']);
    for (const [keyword, value] of Object.entries(keywords)) {
      if (keyword !== 'initial_state') others.push(...tensorsIn(place, layer, value).map((source) => ({ name: keyword, source })));
    }
    const read = inputs.length + initialStates.length + others.length;
    if (read > place.limits.tensorsOfCall) throw place.tooMuch(`the layer ${layer} reads`, read, place.limits.tensorsOfCall, 'tensors at once');
    if (inputs.length === 0) throw place.value(`the layer ${layer}, inbound_nodes`, 'a tensor that it reads', given);
    return { inputs, initialStates, others, keywords };
  });
}

/** A tensor, or the tensors of a list; nothing where another value stands. */
function tensorsIn(place: ImportPlace, layer: string, value: unknown): readonly TensorSource[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => (Array.isArray(entry) ? [] : tensorsIn(place, layer, entry)));
  if (member(value, 'class_name') !== '__keras_tensor__') return [];
  const config = member(value, 'config');
  return [readSource(place, member(config, 'keras_history'), readShape(place, member(config, 'shape'), `the layer ${layer}, the shape of what it reads`))];
}

function readSource(place: ImportPlace, history: unknown, shape: TensorSource['shape']): TensorSource {
  const [layer, call, tensor] = Array.isArray(history) ? (history as unknown[]) : [];
  const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000;
  if (typeof layer !== 'string' || !isCount(call) || !isCount(tensor)) throw place.value('config.json keras_history', 'a layer, a call and an output', history);
  return { layer, call, tensor, shape };
}

/** One output is written plainly, several as a list, or by name as an object. */
function readOutputs(place: ImportPlace, value: unknown): readonly TensorSource[] {
  const listed: readonly unknown[] = isObject(value) ? Object.values(value) : Array.isArray(value) && typeof value[0] === 'string' ? [value] : Array.isArray(value) ? value : [];
  if (listed.length === 0 || listed.length > place.limits.tensorsOfCall) throw place.value('config.json output_layers', 'the outputs of the model', value);
  return listed.map((history) => readSource(place, history, undefined));
}
