import { firstTarget } from '../../core/compile/model.ts';
import type { Layer, LayerInput, Model } from '../../core/compile/model.ts';
import { isStateful } from '../../core/compile/stateless.ts';
import { layerType } from '../../core/nodes/catalog.ts';
import { freshName, inputLayerName, legalNames } from '../../core/export/layer-names.ts';
import { readsFinalStates } from '../../core/export/final-states.ts';
import type { PortDeclaration } from '../../core/nodes/node-type.ts';
import type { Shape } from '../../core/shapes/shape.ts';
import { knownSize } from '../../core/shapes/size.ts';
import { inKerasOrder } from './keras-order.ts';

/** Where a layer reads: the output `tensor` of a layer, and its sizes with null for the batch. */
export interface KerasTensor {
  readonly layer: string;
  readonly tensor: number;
  readonly shape: readonly (number | null)[];
}

interface KerasClass {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** One layer of a functional Keras model. */
export interface KerasLayer extends KerasClass {
  readonly name: string;
  /** A cell class of the generated module, inside keras.layers.RNN. */
  readonly cell?: KerasClass;
  /** The layer that takes this one as its argument: Bidirectional. */
  readonly wrapper?: KerasClass;
  readonly inputs: readonly KerasTensor[];
  /** Of a recurrent layer: what each of its states starts with; none: zeros. */
  readonly initialStates: readonly KerasTensor[];
  /** The node it says, or says a part of, and that node's weights in Keras's order. */
  readonly node: string;
  readonly weights: readonly string[];
}

export interface KerasModel {
  readonly input: KerasTensor;
  /** As Keras orders them. */
  readonly layers: readonly KerasLayer[];
  readonly output: KerasTensor;
}

/** A model as Keras layers in order. Throws for a layer that Keras cannot say: exportObstacle has refused it before. */
export function kerasModel(model: Model): KerasModel {
  const names = legalNames(model.layers);
  const taken = new Set([inputLayerName, ...names.values()]);
  // A stateful layer of Keras must know how many rows it carries states of.
  const batch = isStateful(model) ? 1 : null;
  const input: KerasTensor = { layer: inputLayerName, tensor: 0, shape: [batch, model.data.window, model.inputFeatures] };
  const byNode = new Map(model.layers.map((layer) => [layer.node as string, layer]));
  const read = (source: LayerInput): KerasTensor => {
    if (source.kind === 'window') return input;
    const layer = byNode.get(source.node);
    const shape = layer?.outputShapes[source.port];
    const name = names.get(source.node);
    if (layer === undefined || shape === undefined || name === undefined) throw new RangeError(`"${source.node}" is read and not there`);
    const tensor = layerType(layer.type).outputs.findIndex((port) => port.name === source.port);
    return { layer: name, tensor, shape: sizesOf(shape, batch) };
  };
  const layers = model.layers.flatMap((layer) => spellLayer(layer, readingOf(layer, read, readsFinalStates(model, layer)), names.get(layer.node)!, taken));
  const output = read(firstTarget(model).input);
  return { input, layers: inKerasOrder(layers, output), output };
}

interface Reading {
  readonly inputs: readonly KerasTensor[];
  readonly initialStates: readonly KerasTensor[];
  /** Whether somebody reads a final state. */
  readonly returnsStates: boolean;
}

/** What a layer reads, in the order of its ports: inputs, then initial states, which are the ports that may stay unwired. */
function readingOf(layer: Layer, read: (source: LayerInput) => KerasTensor, returnsStates: boolean): Reading {
  const tensors = (ports: readonly PortDeclaration[]) => ports.flatMap(({ name }) => (layer.inputs[name] === undefined ? [] : [read(layer.inputs[name])]));
  const ports = layerType(layer.type).inputs;
  return { inputs: tensors(ports.filter(({ optional }) => optional !== true)), initialStates: tensors(ports.filter(({ optional }) => optional === true)), returnsStates };
}

function spellLayer(layer: Layer, { inputs, initialStates, returnsStates }: Reading, name: string, taken: Set<string>): readonly KerasLayer[] {
  const { node, parameters } = layer;
  const { keras, kerasOtherwise, title } = layerType(layer.type);
  const states = returnsStates ? { return_state: true } : {};
  const around = (keras ?? (kerasOtherwise?.kind === 'cell' ? kerasOtherwise : null))?.wrapper?.(parameters) ?? null;
  const wrapper = around === null ? {} : { wrapper: around };
  if (keras !== null) {
    const config = { ...keras.config(parameters), ...states };
    return [{ name, className: keras.className, config, ...wrapper, inputs, initialStates, node, weights: keras.weightOrder(parameters) }];
  }
  switch (kerasOtherwise?.kind) {
    case 'cell': {
      const cell = { className: kerasOtherwise.className, config: kerasOtherwise.config(parameters) };
      const config = { ...kerasOtherwise.layerConfig(parameters), ...states };
      return [{ name, className: 'RNN', config, cell, ...wrapper, inputs, initialStates, node, weights: kerasOtherwise.weightOrder(parameters) }];
    }
    case 'sequence': {
      const parts = kerasOtherwise.layers(parameters, layer.inputShapes);
      // The last part bears the layer's name: it gives the layer's output.
      const partNames = parts.map(({ className }, index) => (index === parts.length - 1 ? name : freshName(`${name}_${className}`, taken)));
      return parts.map(({ className, config }, index) => {
        const before: readonly KerasTensor[] = index === 0 ? inputs : [{ layer: partNames[index - 1]!, tensor: 0, shape: [] }];
        const weights = index === parts.length - 1 ? (kerasOtherwise.weightOrder?.(parameters) ?? []) : [];
        return { name: partNames[index]!, className, config, inputs: before, initialStates: [], node, weights };
      });
    }
    case undefined:
      throw new RangeError(`Keras has no ${title}`);
  }
}

function sizesOf(shape: Shape, batch: number | null): readonly (number | null)[] {
  return shape.map(({ name, size }) => (name === 'batch' ? batch : (knownSize(size) ?? null)));
}
