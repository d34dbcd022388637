import { layerType } from '../nodes/catalog.ts';
import type { Mode } from '../nodes/node-type.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { reshape, split } from '../program/expressions.ts';
import type { EntryInput, ParameterSlice, Variable } from '../program/program.ts';
import type { TensorShape, Value } from '../program/value.ts';
import { batchSize, constantSize } from '../shapes/size.ts';
import { takesSequence, targetWidth, type Layer, type LayerInput, type Model, type TargetPlan } from './model.ts';

/** Where each layer's weights lie in the flat vector of all trainable weights. */
export function layoutOf(model: Model): readonly ParameterSlice[] {
  let offset = 0;
  return model.layers.flatMap((layer) => layer.weights.map((weight): ParameterSlice => {
    const length = weight.shape.reduce((product, size) => product * size, 1);
    offset += length;
    return { node: layer.node, weight: weight.name, shape: weight.shape, offset: offset - length, length };
  }));
}

/** The moving statistics of all layers, each a variable of its own: '<node id>/<statistic>'. */
export function movingVariables(model: Model): readonly Variable[] {
  return model.layers.flatMap((layer) => layer.movingStatistics.map(({ name, shape }): Variable => ({
    name: `${layer.node}/${name}`,
    role: 'moving',
    type: 'float',
    shape: shape.map(constantSize),
  })));
}

/** (batch, window time, features of the series): what the first layers read. */
export function inputShape(model: Model): TensorShape {
  return [batchSize, constantSize(model.data.window), constantSize(model.inputFeatures)];
}

/** (batch, width), or (batch, window time, width) where every time step has targets: see `targetWidth`. */
function predictionShape(model: Model, target: TargetPlan): TensorShape {
  const width = constantSize(targetWidth(target));
  return takesSequence(target) ? [batchSize, constantSize(model.data.window), width] : [batchSize, width];
}

/** What is fed as the truth: one number for each that is predicted, or for all quantiles of it. */
export function targetShape(model: Model, target: TargetPlan): TensorShape {
  const predicted = predictionShape(model, target);
  if (target.kind !== 'forecast') return predicted;
  return [...predicted.slice(0, -1), constantSize(target.horizon * target.columnCount)];
}

/** A weight for each number that is fed; of classes one a sample. */
export function weightShape(model: Model, target: TargetPlan): TensorShape {
  return target.kind === 'classify' ? [batchSize, constantSize(1)] : targetShape(model, target);
}

/** The variables that a forward pass reads, as values of its body. */
export interface ModelState {
  /** The flat vector of trainable weights; undefined where there are none. */
  readonly parameters: Value | undefined;
  /** By variable name. */
  readonly moving: ReadonlyMap<string, Value>;
}

export interface ForwardPass {
  /** In the order of the targets. */
  readonly predictions: readonly Value[];
  /** In mode `train`: moving statistics after this step, by variable name. */
  readonly movedStatistics: ReadonlyMap<string, Value>;
  /** The seeds that the layers asked for, as inputs of the entry, with the values that stand for them. */
  readonly seeds: readonly { readonly input: EntryInput; readonly value: Value }[];
  /** The states that the layers carry from window to window: as inputs of the entry with the values that stand for them, and what follows. */
  readonly carried: readonly { readonly input: EntryInput; readonly value: Value; readonly next: Value }[];
}

/** Writes every layer of a model in order. `inputs` are the samples' windows. */
export function writeForwardPass(builder: BodyBuilder, model: Model, mode: Mode, inputs: Value, state: ModelState): ForwardPass {
  const weights = unpackWeights(builder, model, state.parameters);
  const movedStatistics = new Map<string, Value>();
  const seeds: { input: EntryInput; value: Value }[] = [];
  const carried = new Map<string, { input: EntryInput; value: Value; next: Value | undefined }>();
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
  const carry = ({ node }: Layer, state: string, width: number): Value => {
    const name = `carried:${node}/${state}`;
    const shape = [batchSize, constantSize(width)];
    const value = builder.input('float', shape, { node, name: `carried ${state}` });
    carried.set(name, { input: { name, role: { kind: 'carried', node, state }, type: 'float', shape }, value, next: undefined });
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
      moving: (name) => {
        const value = state.moving.get(`${layer.node}/${name}`);
        if (value === undefined) throw new RangeError(`${layer.label} has no moving statistic "${name}"`);
        return value;
      },
      setMoving: (name, value) => {
        if (mode !== 'train') throw new RangeError('moving statistics move in training only');
        movedStatistics.set(`${layer.node}/${name}`, value);
      },
      carried: (name, width) => carry(layer, name, width),
      setCarried: (name, value) => {
        const own = carried.get(`carried:${layer.node}/${name}`);
        if (own === undefined) throw new RangeError(`${layer.label} carries no "${name}"`);
        own.next = value;
      },
      seed: () => drawSeed(layer),
    });
    Object.entries(outputs).forEach(([port, value]) => results.set(`${layer.node}/${port}`, value));
  }
  const predictions = model.targets.map((target) => reshape(builder, read(target.input), predictionShape(model, target)));
  return { predictions, seeds, movedStatistics, carried: [...carried.values()].map((own) => ({ ...own, next: own.next ?? own.value })) };
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
