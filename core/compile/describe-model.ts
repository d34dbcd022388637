import { countWeights } from '../check/layer-weights.ts';
import type { NodeId } from '../graph/identifiers.ts';
import { layerType } from '../nodes/catalog.ts';
import type { PortDeclaration } from '../nodes/node-type.ts';
import { printShape, sequenceShape, vectorShape, type Shape } from '../shapes/shape.ts';
import { constantSize, type Size } from '../shapes/size.ts';
import { takesSequence, targetWidth, type Layer, type Model, type TargetPlan } from './model.ts';

export interface WeightDescription {
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: number;
}

export interface LayerDescription {
  readonly node: NodeId;
  readonly label: string;
  /** The layer's name in the palette: 'LSTM'. */
  readonly title: string;
  /** Printed shapes, by port; without the states of recurrent layers. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly weights: readonly WeightDescription[];
  readonly parameters: number;
  /** Of one forward pass for one series. */
  readonly multiplyAdds: number;
}

/** A model as its reader wants to see it: plain data, ready to be printed. */
export interface ModelDescription {
  /** What a sample looks like: "(batch, 50 time, 1 feature)". */
  readonly samples: string;
  readonly layers: readonly LayerDescription[];
  /** What each target takes: "(batch, 10 feature)". */
  readonly predictions: readonly string[];
  /** All trainable. */
  readonly parameters: number;
  readonly multiplyAdds: number;
}

export function describeModel(model: Model): ModelDescription {
  const layers = model.layers.map(describeLayer);
  const time = constantSize(model.data.window);
  return {
    samples: printShape(sequenceShape(time, constantSize(model.inputFeatures))),
    layers,
    predictions: model.targets.map((target) => printShape(predictionOf(target, time))),
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  };
}

function predictionOf(target: TargetPlan, time: Size): Shape {
  const width = constantSize(targetWidth(target));
  return takesSequence(target) ? sequenceShape(time, width) : vectorShape(width);
}

function describeLayer({ node, label, type, inputShapes, outputShapes, weights, multiplyAdds }: Layer): LayerDescription {
  const { title, inputs, outputs } = layerType(type);
  return {
    node,
    label,
    title,
    inputs: printShapes(inputs, inputShapes),
    outputs: printShapes(outputs, outputShapes),
    weights: weights.map((weight) => ({ name: weight.name, shape: weight.shape, parameters: countWeights([weight]) })),
    parameters: countWeights(weights),
    multiplyAdds,
  };
}

function printShapes(ports: readonly PortDeclaration[], shapes: Readonly<Record<string, Shape>>): Readonly<Record<string, string>> {
  return Object.fromEntries(ports.flatMap(({ name, optional }) => {
    const shape = shapes[name];
    return optional === true || shape === undefined ? [] : [[name, printShape(shape)]];
  }));
}
