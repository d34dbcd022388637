import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { reshape } from '../program/expressions.ts';
import { axisSize, vectorShape } from '../shapes/shape.ts';
import { knownSize, multiplySize, productOfSizes } from '../shapes/size.ts';
import { featureSize, layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** Writes all time steps of a series side by side. Shapes: (batch, time, feature) → (batch, time · feature). */
export const flattenNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'flatten',
  title: 'Flatten',
  category: 'dense',
  summary: 'Writes all time steps of a series side by side, as one vector.',
  equation: 'y[t · features + j] = x[t, j]',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives (batch, time · feature), the features of the first time step first. A vector stays as it is.',
  errors: 'None of its own. A layer after it cannot run over time any more, and a Dense after it has weights for every time step.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Flatten layer',
    link: 'https://keras.io/api/layers/reshaping_layers/flatten/',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    const time = axisSize(facts.shape, 'time');
    const steps = time === undefined ? 1 : knownSize(time);
    if (steps === undefined) throw new RangeError('Flatten needs the number of time steps');
    return succeed(outputsOf(facts, vectorShape(multiplySize(featureSize(facts), steps))));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => {
    const input = inputs['inputs']!;
    const [batch, ...rest] = input.shape;
    return { outputs: rest.length === 1 ? input : reshape(builder, input, [batch!, productOfSizes(rest)]) };
  },
  keras: { className: 'Flatten', config: () => ({ data_format: 'channels_last' }), weightOrder: () => [] },
};
