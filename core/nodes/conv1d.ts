import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { add, concatenate, matmul, reshape } from '../program/expressions.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { constantSize, productOfSizes } from '../shapes/size.ts';
import { activate, activationNames } from './activations.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { knownTime, tapsOf, placeWindow, slidingInput, type SlidingWindow } from './sliding-window.ts';
import { biasStart, kernelStart, weightConfig, weightParameters } from './weight-parameters.ts';

const parameters = {
  filters: {
    kind: 'integer', label: 'Filters', unit: 'filters', minimum: 1, maximum: 65_536, default: 20,
    doc: 'How many kernels there are, and features of the output.',
  },
  kernelSize: {
    kind: 'integer', label: 'Kernel size', unit: 'time steps', minimum: 1, maximum: 10_000, default: 3,
    doc: 'How many time steps each kernel weighs at a time.',
  },
  stride: {
    kind: 'integer', label: 'Stride', unit: 'time steps', minimum: 1, maximum: 10_000, default: 1,
    doc: 'Time steps from one place of the kernels to the next; above 1 it makes series shorter.',
  },
  dilation: {
    kind: 'integer', label: 'Dilation', unit: 'time steps', minimum: 1, maximum: 10_000, default: 1,
    doc: 'Time steps between neighbours under a kernel; above 1 it reaches further back with the same weights.',
  },
  padding: {
    kind: 'choice', label: 'Padding', options: ['valid', 'same', 'causal'], default: 'valid',
    doc: 'Valid: only places inside the series. Same: as many time steps as the input (over the stride), zeros at both ends. Causal: zeros before, so that no output sees the future.',
  },
  activation: { kind: 'choice', label: 'Activation', options: activationNames, default: 'linear', doc: 'Function of the weighted sum.' },
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each filter.' },
  ...weightParameters,
} as const satisfies ParameterDeclarations;

function windowOf({ kernelSize, stride, dilation, padding }: ParametersOf<typeof parameters>): SlidingWindow {
  return { size: kernelSize, stride, dilation, padding };
}

/** Convolution over time. Shapes: (batch, time, feature) → (batch, places of the kernel time, filters). */
export const conv1dNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'conv1d',
  title: 'Conv1D',
  category: 'convolution',
  summary: 'Kernels that move over time: each gives the same weighted sum of neighbouring time steps at every place.',
  equation: 'yₜ = φ(Σₖ x[t·stride + k·dilation]·Wₖ + b),  k from 0 to kernel size − 1',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature). Gives (batch, time, filters feature); with S = (kernel size − 1)·dilation + 1 that are ⌊(time − S) / stride⌋ + 1 time steps where valid, ⌈time / stride⌉ where same or causal.',
  errors: 'The kernel must not span more time steps than there are, and stride and dilation cannot both be above 1. A stride, or valid padding, makes series shorter: a sequence-to-sequence Forecast then has targets that no output belongs to.',
  source: {
    author: 'Y. LeCun, Y. Bengio',
    year: 1995,
    title: 'Convolutional networks for images, speech, and time series (dilated and causal: WaveNet, A. van den Oord et al., 2016)',
    link: 'https://arxiv.org/abs/1609.03499',
  },
  shape: (context) => {
    const { filters, stride, dilation } = context.parameters;
    if (stride > 1 && dilation > 1) {
      const repairs = [setParameter(context, 'stride', 1), setParameter(context, 'dilation', 1)];
      return fail(diagnose('stride-and-dilation', { kind: 'node', node: context.node, parameter: 'stride' }, { label: context.label, stride, dilation }, repairs));
    }
    const window = windowOf(context.parameters);
    const sliding = slidingInput(context, window, 'kernel', 'kernelSize');
    if (!sliding.ok) return sliding;
    const { facts, steps } = sliding.value;
    return succeed(outputsOf(facts, sequenceShape(constantSize(placeWindow(window, steps).outputSteps), constantSize(filters))));
  },
  weights: (context) => {
    const { filters, kernelSize, useBias } = context.parameters;
    return [
      { name: 'kernel', shape: [kernelSize, knownFeatures(context), filters], ...kernelStart(context.parameters) },
      ...(useBias ? [{ name: 'bias', shape: [filters], ...biasStart(context.parameters) }] : []),
    ];
  },
  multiplyAdds: (context) => {
    const { filters, kernelSize } = context.parameters;
    const { outputSteps } = placeWindow(windowOf(context.parameters), knownSteps(context));
    return outputSteps * kernelSize * knownFeatures(context) * filters;
  },
  forward: ({ builder, node, parameters: settings, inputs, weight }) => {
    const { filters, kernelSize, activation, useBias } = settings;
    const input = inputs['inputs']!;
    const [batch, time, features] = input.shape;
    const window = windowOf(settings);
    const { outputSteps } = placeWindow(window, knownTime(time));
    const neighbours = concatenate(builder, tapsOf(builder, input, window), 2);
    const outer = [batch!, constantSize(outputSteps)];
    const width = productOfSizes([constantSize(kernelSize), features!]);
    const rows = reshape(builder, neighbours, [productOfSizes(outer), width]);
    const products = matmul(builder, rows, reshape(builder, weight('kernel'), [width, constantSize(filters)]));
    const sums = builder.name(useBias ? add(builder, products, weight('bias')) : products, { node, name: 'weighted sums' });
    return { outputs: reshape(builder, activate(builder, activation, sums), [...outer, constantSize(filters)]) };
  },
  keras: {
    className: 'Conv1D',
    config: ({ filters, kernelSize, stride, dilation, padding, activation, useBias, ...weights }) => ({
      filters,
      kernel_size: [kernelSize],
      strides: [stride],
      padding,
      data_format: 'channels_last',
      dilation_rate: [dilation],
      groups: 1,
      activation,
      use_bias: useBias,
      ...weightConfig(weights),
    }),
    weightOrder: ({ useBias }) => ['kernel', ...(useBias ? ['bias'] : [])],
  },
};
