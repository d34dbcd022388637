import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { transpose } from '../program/expressions.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { knownSize } from '../shapes/size.ts';
import { columnsUnknown } from './columns-unknown.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** Time and features exchanged. Shapes: (batch, t time, f feature) → (batch, f time, t feature). */
export const permuteNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'permute',
  title: 'Permute',
  category: 'dense',
  summary: 'Exchanges time and features: what follows then runs over the features, and sees all time steps of each.',
  equation: 'y[j, t] = x[t, j]',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, t time, f feature) and gives (batch, f time, t feature).',
  errors: 'A vector has no time to exchange. A recurrent layer after it runs over the features: exchange again before time matters.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Permute layer',
    link: 'https://keras.io/api/layers/reshaping_layers/permute/',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    if (!sequence.ok) return sequence;
    const { facts, time, features } = sequence.value;
    if (knownSize(features) === undefined) return fail(columnsUnknown(context));
    return succeed(outputsOf(facts, sequenceShape(features, time)));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: transpose(builder, inputs['inputs']!, [0, 2, 1]) }),
  keras: { className: 'Permute', config: () => ({ dims: [2, 1] }), weightOrder: () => [] },
};
