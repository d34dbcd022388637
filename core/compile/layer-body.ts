import { layerType } from '../nodes/catalog.ts';
import { BodyBuilder } from '../program/body-builder.ts';
import type { Body } from '../program/instruction.ts';
import { eliminateDeadCode } from '../program/passes/eliminate-dead-code.ts';
import { simplify } from '../program/passes/simplify.ts';
import { constantShape } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import type { Layer } from './model.ts';

/** One layer alone, as it predicts. */
export interface LayerBody {
  /** Reads the layer's wired inputs, then its weights, then its moving statistics; gives its outputs. */
  readonly body: Body;
  /** Input ports, in the order of the body. */
  readonly inputs: readonly string[];
  /** Weights and moving statistics by name, in the order of the body. */
  readonly weights: readonly string[];
  /** Output ports, in the order of the body. */
  readonly outputs: readonly string[];
}

/** States that outlive a call are taken out of a model before it is said layer by layer. */
function noStates(): never {
  throw new RangeError('a layer alone carries no states');
}

/** A layer's forward pass without the rest of its model, for formats that say a model layer by layer. */
export function layerBody(layer: Layer): LayerBody {
  const builder = new BodyBuilder();
  const ports = Object.keys(layer.inputs);
  const inputs = new Map(ports.map((port) => [port, builder.input('float', layer.inputShapes[port]!.map(({ size }) => size))]));
  const kept = [...layer.weights, ...layer.movingStatistics];
  const values = new Map(kept.map(({ name, shape }) => [name, builder.input('float', constantShape(shape), { node: layer.node, name })]));
  const read = (name: string): Value => {
    const value = values.get(name);
    if (value === undefined) throw new RangeError(`${layer.label} has no weight "${name}"`);
    return value;
  };
  const outputs = layerType(layer.type).forward({
    node: layer.node,
    label: layer.label,
    builder,
    mode: 'predict',
    parameters: layer.parameters,
    inputs: Object.fromEntries(inputs),
    weight: read,
    moving: read,
    setMoving: () => {
      throw new RangeError('moving statistics move in training only');
    },
    carried: noStates,
    setCarried: noStates,
    seed: () => {
      throw new RangeError(`${layer.label} draws no random numbers when it predicts`);
    },
  });
  const body = eliminateDeadCode(simplify(builder.finish(Object.values(outputs))));
  return { body, inputs: ports, weights: kept.map(({ name }) => name), outputs: Object.keys(outputs) };
}
