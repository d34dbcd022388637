import { add, multiply, scalar } from '../program/expressions.ts';
import { constantSize } from '../shapes/size.ts';
import { layerInputs, layerOutputs } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { poolingConfig, poolingParameters, poolingShape, poolWindow } from './pooling-parameters.ts';
import { knownTime, placeWindow, tapsOf } from './sliding-window.ts';

/** The mean of neighbouring time steps. Shapes: (batch, time, feature) → (batch, places of the pool time, feature). */
export const averagePoolingNode: LayerNodeType<typeof poolingParameters> = {
  role: 'layer',
  type: 'average-pooling',
  title: 'Average Pooling',
  category: 'convolution',
  summary: 'Makes series shorter and smoother: of neighbouring time steps the mean of each feature.',
  equation: 'yₜ = mean of x[t·stride + k],  k from 0 to pool size − 1',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters: poolingParameters,
  shapes: 'Reads (batch, time, feature). Gives (batch, time, feature) with ⌊(time − pool size) / stride⌋ + 1 time steps where valid, ⌈time / stride⌉ where same.',
  errors: 'The pool must not be longer than the series. A pool that reaches over an end is the mean of what is there: padding is not counted.',
  source: {
    author: 'Y. LeCun, B. Boser, J. S. Denker and others',
    year: 1990,
    title: 'Handwritten digit recognition with a back-propagation network',
    link: 'https://proceedings.neurips.cc/paper/1989/hash/53c3bce66e43be4f209556518c2fcb54-Abstract.html',
  },
  shape: poolingShape,
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters, inputs }) => {
    const input = inputs['inputs']!;
    const steps = knownTime(input.shape[1]);
    const window = poolWindow(parameters);
    const { outputSteps, before, after } = placeWindow(window, steps);
    const sum = tapsOf(builder, input, window).reduce((total, tap) => add(builder, total, tap));
    const shares = Array.from({ length: outputSteps }, (_, place) => {
      const first = place * window.stride - before;
      return 1 / (Math.min(first + window.size, steps) - Math.max(first, 0));
    });
    const share = before + after > 0
      ? builder.emitOne('constant', [], { type: 'float', shape: [constantSize(outputSteps), constantSize(1)], values: shares })
      : scalar(builder, 1 / window.size);
    return { outputs: multiply(builder, sum, share) };
  },
  keras: { className: 'AveragePooling1D', config: poolingConfig, weightOrder: () => [] },
};
