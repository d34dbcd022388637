import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { concatenate } from '../program/expressions.ts';
import { axisSize, printShape } from '../shapes/shape.ts';
import { addSizes } from '../shapes/size.ts';
import { layerOutputs, outputsOf } from './layer-ports.ts';
import { alikeInputs, mergeInputs } from './merge-inputs.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {
  axis: {
    kind: 'choice', label: 'Axis', options: ['feature', 'time'], default: 'feature',
    doc: 'Feature: the features of the second beside those of the first. Time: the time steps of the second after those of the first.',
  },
} as const satisfies ParameterDeclarations;

/** Two tensors side by side, or one after the other. Shapes: all axes alike but one, whose sizes add up. */
export const concatenateNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'concatenate',
  title: 'Concatenate',
  category: 'merge',
  summary: 'Two tensors joined: features side by side, or time steps one after the other.',
  equation: 'y = [a, b]',
  inputs: mergeInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads two tensors that differ in the chosen axis alone, (batch, feature) or (batch, time, feature); the sizes of that axis add up.',
  errors: 'All other axes must have the same size. Vectors have no time to be joined along.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Concatenate layer',
    link: 'https://keras.io/api/layers/merging_layers/concatenate/',
  },
  shape: (context) => {
    const { axis } = context.parameters;
    const alike = alikeInputs(context, axis);
    if (!alike.ok) return alike;
    const [first, second] = alike.value;
    const added = axisSize(second.shape, axis);
    if (added === undefined) {
      const found = { label: context.label, shape: printShape(first.shape), feeder: context.feeders['first']?.label ?? 'its input' };
      const repair = setParameter(context, 'axis', 'feature');
      return fail(diagnose('sequence-expected', { kind: 'node', node: context.node, parameter: 'axis' }, { ...found, advice: 'join along feature' }, [repair]));
    }
    return succeed(outputsOf(first, first.shape.map((own) => (own.name === axis ? { name: axis, size: addSizes(own.size, added) } : own))));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { axis }, inputs }) => {
    const first = inputs['first']!;
    return { outputs: concatenate(builder, [first, inputs['second']!], axis === 'time' ? 1 : first.shape.length - 1) };
  },
  keras: { className: 'Concatenate', config: ({ axis }) => ({ axis: axis === 'time' ? 1 : -1 }), weightOrder: () => [] },
};
