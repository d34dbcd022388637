import { layerType } from '../nodes/catalog.ts';
import type { Mode } from '../nodes/node-type.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { reshape, split } from '../program/expressions.ts';
import type { EntryInput, ParameterSlice } from '../program/program.ts';
import type { TensorShape, Value } from '../program/value.ts';
import { batchSize, constantSize } from '../shapes/size.ts';
import type { Layer, LayerInput, Model } from './model.ts';

/** Where each layer's weights lie in the flat vector of all trainable weights. */
export function layoutOf(model: Model): readonly ParameterSlice[] {
  let offset = 0;
  return model.layers.flatMap((layer) => layer.weights.map((weight): ParameterSlice => {
    const length = weight.shape.reduce((product, size) => product * size, 1);
    offset += length;
    return { node: layer.node, weight: weight.name, shape: weight.shape, offset: offset - length, length };
  }));
}

/** (batch, window time, features of the series): what the first layers read. */
export function inputShape(model: Model): TensorShape {
  return [batchSize, constantSize(model.data.window), constantSize(model.inputFeatures)];
}

/** (batch, horizon · columns), or (batch, window time, horizon · columns) where every time step has targets. */
export function predictionShape(model: Model): TensorShape {
  const width = constantSize(model.target.horizon * model.targetColumns);
  return model.target.everyStep ? [batchSize, constantSize(model.data.window), width] : [batchSize, width];
}

export interface ForwardPass {
  readonly predictions: Value;
  /** The seeds that the layers asked for, as inputs of the entry, with the values that stand for them. */
  readonly seeds: readonly { readonly input: EntryInput; readonly value: Value }[];
}

/** Writes every layer of a model in order. `parameters` is the flat vector, `inputs` the samples' windows. */
export function writeForwardPass(builder: BodyBuilder, model: Model, mode: Mode, inputs: Value, parameters: Value | undefined): ForwardPass {
  const weights = unpackWeights(builder, model, parameters);
  const seeds: { input: EntryInput; value: Value }[] = [];
  const results = new Map<string, Value>();
  const read = (source: LayerInput): Value => {
    const value = source.kind === 'window' ? inputs : results.get(`${source.node}/${source.port}`);
    if (value === undefined) throw new RangeError('a layer is read before it is computed');
    return value;
  };
  const drawSeed = (layer: Layer): Value => {
    const name = `seed:${layer.node}`;
    const shape = [constantSize(2)];
    const value = builder.input('integer', shape, { node: layer.node, name: 'seed' });
    seeds.push({ input: { name, role: { kind: 'seed', node: layer.node }, type: 'integer', shape }, value });
    return value;
  };
  for (const layer of model.layers) {
    const type = layerType(layer.type);
    const outputs = type.forward({
      node: layer.node,
      label: layer.label,
      builder,
      mode,
      parameters: layer.parameters,
      inputs: Object.fromEntries(Object.entries(layer.inputs).map(([port, source]) => [port, read(source)])),
      weight: (name) => {
        const value = weights.get(`${layer.node}/${name}`);
        if (value === undefined) throw new RangeError(`${layer.label} has no weight "${name}"`);
        return value;
      },
      seed: () => drawSeed(layer),
    });
    Object.entries(outputs).forEach(([port, value]) => results.set(`${layer.node}/${port}`, value));
  }
  return { predictions: reshape(builder, read(model.target.input), predictionShape(model)), seeds };
}

function unpackWeights(builder: BodyBuilder, model: Model, parameters: Value | undefined): ReadonlyMap<string, Value> {
  if (parameters === undefined) return new Map();
  const layout = layoutOf(model);
  const pieces = split(builder, parameters, 0, layout.map((slice) => slice.length));
  return new Map(layout.flatMap((slice, index) => {
    const piece = pieces[index];
    const name = `${slice.node}/${slice.weight}`;
    const origin = { node: slice.node, name: slice.weight };
    return piece === undefined ? [] : [[name, builder.name(reshape(builder, piece, slice.shape.map(constantSize)), origin)] as const];
  }));
}
