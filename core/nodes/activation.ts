import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { activate, activationNames } from './activations.ts';
import { layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {
  activation: { kind: 'choice', label: 'Activation', options: activationNames, default: 'relu', doc: 'Function of every element.' },
} as const satisfies ParameterDeclarations;

/** An activation function as a layer of its own. Shape: unchanged. */
export const activationNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'activation',
  title: 'Activation',
  category: 'dense',
  summary: 'A function of every element: what makes a stack of layers more than one weighted sum.',
  equation: 'y = φ(x)\nrelu: max(x, 0),  elu: eˣ − 1 below 0,  selu: 1.0507·x, 1.7581·(eˣ − 1) below 0,  leaky_relu: 0.2·x below 0,  relu6: min(relu(x), 6)\nsoftplus: ln(1 + eˣ),  softsign: x / (|x| + 1),  silu: x·σ(x),  mish: x·tanh(softplus(x)),  exponential: eˣ\nhard_sigmoid: relu6(x + 3) / 6,  hard_silu: x·hard_sigmoid(x)',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature) and gives the same shape.',
  errors: 'None of its own. Exponential overflows above 88; relu passes no gradient where its input is below zero.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: layer activation functions',
    link: 'https://keras.io/api/layers/activations/',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    return succeed(outputsOf(facts, facts.shape));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { activation }, inputs }) => ({ outputs: activate(builder, activation, inputs['inputs']!) }),
  keras: { className: 'Activation', config: ({ activation }) => ({ activation }), weightOrder: () => [] },
};
