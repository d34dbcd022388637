import { concatenate, maximum, slice } from '../program/expressions.ts';
import { layerInputs, layerOutputs } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { poolingConfig, poolingParameters, poolingShape, poolWindow } from './pooling-parameters.ts';
import { knownTime, placeWindow, tapsOf } from './sliding-window.ts';

/** The largest of neighbouring time steps. Shapes: (batch, time, feature) → (batch, places of the pool time, feature). */
export const maxPoolingNode: LayerNodeType<typeof poolingParameters> = {
  role: 'layer',
  type: 'max-pooling',
  title: 'Max Pooling',
  category: 'convolution',
  summary: 'Makes series shorter: of neighbouring time steps the largest value of each feature.',
  equation: 'yₜ = maxₖ x[t·stride + k],  k from 0 to pool size − 1',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters: poolingParameters,
  shapes: 'Reads (batch, time, feature). Gives (batch, time, feature) with ⌊(time − pool size) / stride⌋ + 1 time steps where valid, ⌈time / stride⌉ where same.',
  errors: 'The pool must not be longer than the series. Where several are largest, the first of them gets the gradient.',
  source: {
    author: 'J. Weng, N. Ahuja, T. S. Huang',
    year: 1993,
    title: 'Learning recognition and segmentation of 3-D objects from 2-D images (Cresceptron)',
    link: 'https://doi.org/10.1109/ICCV.1993.378228',
  },
  shape: poolingShape,
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters, inputs }) => {
    const input = inputs['inputs']!;
    const steps = knownTime(input.shape[1]);
    const window = poolWindow(parameters);
    const { before, after } = placeWindow(window, steps);
    // A pool that reaches over an end sees that end too, so that repeating it changes no maximum.
    const ends = (at: number, count: number) => Array.from({ length: count }, () => slice(builder, input, 1, at, 1));
    const padded = concatenate(builder, [...ends(0, before), input, ...ends(steps - 1, after)], 1);
    return { outputs: tapsOf(builder, padded, { ...window, padding: 'valid' }).reduce((largest, tap) => maximum(builder, largest, tap)) };
  },
  keras: { className: 'MaxPooling1D', config: poolingConfig, weightOrder: () => [] },
};
