import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { reshape, slice } from '../program/expressions.ts';
import { axisSize, printShape, vectorShape } from '../shapes/shape.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';
import { knownTime } from './sliding-window.ts';

const parameters = {
  step: {
    kind: 'integer', label: 'Time step', unit: 'time step', minimum: -10_000, maximum: 9_999, default: -1,
    doc: 'Which time step is taken: 0 is the first, −1 the last, −2 the one before.',
  },
} as const satisfies ParameterDeclarations;

/** One time step of a sequence. Shapes: (batch, time, feature) → (batch, feature). */
export const takeStepNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'take-step',
  title: 'Take Step',
  category: 'dense',
  summary: 'One vector of a series: what stands at a chosen time step, the last unless you choose.',
  equation: 'y = x[step],  counted from the end where negative',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives (batch, feature).',
  errors: 'The time step must be there. After a recurrent layer, returning the last step alone is cheaper.',
  source: {
    author: 'C. R. Harris, K. J. Millman, S. J. van der Walt and others',
    year: 2020,
    title: 'Array programming with NumPy (indexing)',
    link: 'https://doi.org/10.1038/s41586-020-2649-2',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    if (!sequence.ok) return sequence;
    const { facts, time, features } = sequence.value;
    const { step } = context.parameters;
    const steps = knownTime(time);
    if (step < steps && step >= -steps) return succeed(outputsOf(facts, vectorShape(features)));
    const nearest = step < 0 ? -steps : steps - 1;
    const found = {
      label: context.label,
      shape: printShape(facts.shape),
      feeder: context.feeders['inputs']?.label ?? 'its input',
      wanted: `takes time step ${step}`,
      way: `set step to ${nearest}`,
    };
    const where = { kind: 'node', node: context.node, parameter: 'step' } as const;
    return fail(diagnose('too-few-steps', where, found, [setParameter(context, 'step', nearest)]));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { step }, inputs }) => {
    const input = inputs['inputs']!;
    const [batch, time, features] = input.shape;
    const taken = slice(builder, input, 1, step < 0 ? knownTime(time) + step : step, 1);
    return { outputs: reshape(builder, taken, [batch!, features!]) };
  },
  // Keras has indexing, x[:, step], but no layer of it.
  keras: null,
  kerasOtherwise: {
    kind: 'sequence',
    layers: ({ step }, { inputs }) => {
      const steps = knownTime(axisSize(inputs ?? [], 'time'));
      const taken = step < 0 ? steps + step : step;
      return [
        { className: 'Cropping1D', config: { cropping: [taken, steps - 1 - taken] } },
        { className: 'Flatten', config: { data_format: 'channels_last' } },
      ];
    },
  },
};
