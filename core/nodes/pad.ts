import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { pad } from '../program/expressions.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { addToSize } from '../shapes/size.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';

const parameters = {
  before: {
    kind: 'integer', label: 'Before', unit: 'time steps', minimum: 0, maximum: 10_000, default: 1,
    doc: 'How many time steps of zeros come first.',
  },
  after: {
    kind: 'integer', label: 'After', unit: 'time steps', minimum: 0, maximum: 10_000, default: 1,
    doc: 'How many time steps of zeros come last.',
  },
} as const satisfies ParameterDeclarations;

/** A sequence with zeros at its ends. Shapes: (batch, time, feature) → (batch, before + time + after, feature). */
export const padNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'pad',
  title: 'Pad',
  category: 'dense',
  summary: 'Puts time steps of zeros at the start and at the end of a sequence.',
  equation: 'yₜ = x[t − before] inside, 0 outside',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives (batch, before + time + after time, feature).',
  errors: 'None of its own. A sequence-to-sequence Forecast wants exactly the time steps of the window.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: ZeroPadding1D layer',
    link: 'https://keras.io/api/layers/reshaping_layers/zero_padding1d/',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    if (!sequence.ok) return sequence;
    const { facts, time, features } = sequence.value;
    const { before, after } = context.parameters;
    return succeed(outputsOf(facts, sequenceShape(addToSize(time, before + after), features)));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { before, after }, inputs }) => ({ outputs: pad(builder, inputs['inputs']!, 1, before, after) }),
  keras: { className: 'ZeroPadding1D', config: ({ before, after }) => ({ padding: [before, after] }), weightOrder: () => [] },
};
