import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { slice } from '../program/expressions.ts';
import { printShape } from '../shapes/shape.ts';
import { addSizes, constantSize, knownSize } from '../shapes/size.ts';
import { featureSize, layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {
  before: {
    kind: 'integer', label: 'Before', unit: 'features', minimum: 0, maximum: 10_000, default: 0,
    doc: 'How many of the first features are left out.',
  },
  after: {
    kind: 'integer', label: 'After', unit: 'features', minimum: 0, maximum: 10_000, default: 1,
    doc: 'How many of the last features are left out: the categories of a Window, that an Embedding reads, are its last.',
  },
} as const satisfies ParameterDeclarations;

/** Some of the features, neighbours of each other. Shape: … feature → … feature − before − after. */
export const cropFeaturesNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'crop-features',
  title: 'Crop Features',
  category: 'dense',
  summary: 'Leaves out the first and the last features, at every time step alike.',
  equation: 'yᵢ = x[i + before],  feature − before − after features',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature) and gives the same with feature − before − after features.',
  errors: 'At least one feature must be left.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Cropping1D layer (of time steps; this one is of features)',
    link: 'https://keras.io/api/layers/reshaping_layers/cropping1d/',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    const { before, after } = context.parameters;
    const left = addSizes(featureSize(facts), constantSize(-before - after));
    const features = knownSize(featureSize(facts));
    // A number of columns that waits for the data is cropped all the same.
    if (features === undefined || features > before + after) return succeed(outputsOf(facts, facts.shape.map((axis) => (axis.name === 'feature' ? { ...axis, size: left } : axis))));
    const edits = [...setParameter(context, 'before', 0).edits, ...setParameter(context, 'after', features - 1).edits];
    const found = { label: context.label, shape: printShape(facts.shape), feeder: context.feeders['inputs']?.label ?? 'its input', before, after };
    return fail(diagnose('no-feature-left', { kind: 'node', node: context.node, parameter: 'after' }, found, [{ title: `Let ${context.label} leave the first feature`, edits }]));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { before, after }, inputs }) => {
    const input = inputs['inputs']!;
    const axis = input.shape.length - 1;
    return { outputs: slice(builder, input, axis, before, knownSize(input.shape[axis]!)! - before - after) };
  },
  keras: null,
  kerasOtherwise: {
    kind: 'sequence',
    layers: ({ before, after }, { inputs }) => {
      const crop = { className: 'Cropping1D', config: { cropping: [before, after] } };
      const sizes = inputs!.slice(1).map(({ size }) => knownSize(size)!);
      const swap = { className: 'Permute', config: { dims: [2, 1] } };
      if (sizes.length === 2) return [swap, crop, swap];
      const features = sizes[0]!;
      return [{ className: 'Reshape', config: { target_shape: [features, 1] } }, crop, { className: 'Reshape', config: { target_shape: [features - before - after] } }];
    },
  },
};
