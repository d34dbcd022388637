import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { slice } from '../program/expressions.ts';
import { printShape, sequenceShape } from '../shapes/shape.ts';
import { constantSize } from '../shapes/size.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';
import { knownTime } from './sliding-window.ts';

const parameters = {
  before: {
    kind: 'integer', label: 'Before', unit: 'time steps', minimum: 0, maximum: 10_000, default: 1,
    doc: 'How many of the first time steps are left out.',
  },
  after: {
    kind: 'integer', label: 'After', unit: 'time steps', minimum: 0, maximum: 10_000, default: 1,
    doc: 'How many of the last time steps are left out.',
  },
} as const satisfies ParameterDeclarations;

/** A sequence without its ends. Shapes: (batch, time, feature) → (batch, time − before − after, feature). */
export const cropNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'crop',
  title: 'Crop',
  category: 'dense',
  summary: 'Leaves out time steps at the start and at the end of a sequence.',
  equation: 'yₜ = x[t + before],  time − before − after steps',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives (batch, time − before − after time, feature).',
  errors: 'At least one time step must be left. A sequence-to-sequence Forecast wants every time step of the window.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Cropping1D layer',
    link: 'https://keras.io/api/layers/reshaping_layers/cropping1d/',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    if (!sequence.ok) return sequence;
    const { facts, time, features } = sequence.value;
    const { before, after } = context.parameters;
    const steps = knownTime(time);
    const left = steps - before - after;
    if (left >= 1) return succeed(outputsOf(facts, sequenceShape(constantSize(left), features)));
    // The larger end gives way first; where that is not enough, both do.
    const [larger, other] = before >= after ? (['before', after] as const) : (['after', before] as const);
    const smaller = larger === 'before' ? 'after' : 'before';
    const edits = other < steps
      ? setParameter(context, larger, steps - 1 - other).edits
      : [...setParameter(context, larger, 0).edits, ...setParameter(context, smaller, steps - 1).edits];
    const found = {
      label: context.label,
      shape: printShape(facts.shape),
      feeder: context.feeders['inputs']?.label ?? 'its input',
      wanted: `leaves out ${before} before and ${after} after, all there are`,
      way: 'leave out fewer',
    };
    const repair = { title: `Let ${context.label} leave one time step`, edits };
    return fail(diagnose('too-few-steps', { kind: 'node', node: context.node, parameter: larger }, found, [repair]));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { before, after }, inputs }) => {
    const input = inputs['inputs']!;
    return { outputs: slice(builder, input, 1, before, knownTime(input.shape[1]) - before - after) };
  },
  keras: { className: 'Cropping1D', config: ({ before, after }) => ({ cropping: [before, after] }), weightOrder: () => [] },
};
