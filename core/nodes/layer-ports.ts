import type { Shape } from '../shapes/shape.ts';
import { axisSize } from '../shapes/shape.ts';
import { knownSize, type Size } from '../shapes/size.ts';
import type { PortDeclaration, SeriesFacts, ShapeContext, TensorFacts } from './node-type.ts';

/** The ports of a layer with one input and one output. */
export const layerInputs: readonly PortDeclaration[] = [{ name: 'inputs', carries: 'tensor', doc: 'What the layer reads.' }];
export const layerOutputs: readonly PortDeclaration[] = [{ name: 'outputs', carries: 'tensor', doc: 'What the layer makes of it.' }];

type Inputs = Pick<ShapeContext, 'inputs'>;

/** Facts on a tensor port. Throws where there are none: checks never call a shape rule then. */
export function tensorInput(context: Inputs, port = 'inputs'): TensorFacts {
  const facts = context.inputs[port];
  if (facts?.kind !== 'tensor') throw new TypeError(`port "${port}" carries no tensor`);
  return facts;
}

/** Facts on a series port. Throws where there are none. */
export function seriesInput(context: Inputs, port = 'series'): SeriesFacts {
  const facts = context.inputs[port];
  if (facts?.kind !== 'series') throw new TypeError(`port "${port}" carries no series`);
  return facts;
}

/** Features of each vector on a tensor port. */
export function featureSize(facts: TensorFacts): Size {
  const size = axisSize(facts.shape, 'feature');
  if (size === undefined) throw new TypeError('a tensor on a wire has a feature axis');
  return size;
}

/** Features as a number, for weights. Throws while they wait for data: weights are asked for when sizes are known. */
export function knownFeatures(context: Inputs): number {
  const features = knownSize(featureSize(tensorInput(context)));
  if (features === undefined) throw new RangeError('the number of features is not known yet');
  return features;
}

/** Time steps, or 1 for a vector: how often a layer that works step by step runs on one series. */
export function knownSteps(context: Inputs): number {
  const time = axisSize(tensorInput(context).shape, 'time');
  const steps = time === undefined ? 1 : knownSize(time);
  if (steps === undefined) throw new RangeError('the number of time steps is not known yet');
  return steps;
}

/** The same lineage with another shape: what a layer's output port says. */
export function outputsOf(facts: TensorFacts, shape: Shape): { readonly outputs: TensorFacts } {
  return { outputs: { ...facts, shape } };
}
