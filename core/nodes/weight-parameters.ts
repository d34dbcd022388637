import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { biasInitializers, kernelInitializers } from '../program/initializer-names.ts';
import type { WeightDeclaration, WeightPenalty } from './node-type.ts';

const strongest = 100;
const penalty = { kind: 'real', unit: '', minimum: 0, maximum: strongest, default: 0, group: 'advanced' } as const;

/** How the kernel and the bias of a layer start, and what keeps them small. */
export const weightParameters = {
  kernelInitializer: {
    kind: 'choice', label: 'Kernel initialiser', options: kernelInitializers, default: 'glorot_uniform', group: 'advanced',
    doc: 'How the kernel starts.',
  },
  biasInitializer: {
    kind: 'choice', label: 'Bias initialiser', options: biasInitializers, default: 'zeros', group: 'advanced',
    doc: 'How the bias starts.',
  },
  kernelL1: { ...penalty, label: 'Kernel L1', doc: 'Training adds this times the sum of the sizes of the kernel to its loss: weights that hardly help become zero.' },
  kernelL2: { ...penalty, label: 'Kernel L2', doc: 'Training adds this times the sum of the squares of the kernel to its loss: large weights shrink.' },
  biasL1: { ...penalty, label: 'Bias L1', doc: 'The same for the sizes of the bias.' },
  biasL2: { ...penalty, label: 'Bias L2', doc: 'The same for the squares of the bias.' },
} as const satisfies ParameterDeclarations;

/** The same for the kernel that the hidden state is multiplied with. */
export const recurrentWeightParameters = {
  ...weightParameters,
  recurrentInitializer: {
    kind: 'choice', label: 'Recurrent initialiser', options: kernelInitializers, default: 'orthogonal', group: 'advanced',
    doc: 'How the recurrent kernel starts.',
  },
  recurrentL1: { ...penalty, label: 'Recurrent L1', doc: 'The same for the sizes of the recurrent kernel.' },
  recurrentL2: { ...penalty, label: 'Recurrent L2', doc: 'The same for the squares of the recurrent kernel.' },
} as const satisfies ParameterDeclarations;

export type WeightSettings = ParametersOf<typeof weightParameters>;
export type RecurrentWeightSettings = ParametersOf<typeof recurrentWeightParameters>;

type Start = Pick<WeightDeclaration, 'initializer' | 'penalty'>;

function start(initializer: WeightDeclaration['initializer'], { l1, l2 }: WeightPenalty): Start {
  return l1 === 0 && l2 === 0 ? { initializer } : { initializer, penalty: { l1, l2 } };
}

export function kernelStart({ kernelInitializer, kernelL1, kernelL2 }: WeightSettings): Start {
  return start(kernelInitializer, { l1: kernelL1, l2: kernelL2 });
}

export function biasStart({ biasInitializer, biasL1, biasL2 }: WeightSettings): Start {
  return start(biasInitializer, { l1: biasL1, l2: biasL2 });
}

export function recurrentStart({ recurrentInitializer, recurrentL1, recurrentL2 }: RecurrentWeightSettings): Start {
  return start(recurrentInitializer, { l1: recurrentL1, l2: recurrentL2 });
}

/** Keras's regulariser as its serialised configuration; null where there is none. */
function regularizer(l1: number, l2: number): unknown {
  return l1 === 0 && l2 === 0 ? null : { module: 'keras.regularizers', class_name: 'L1L2', config: { l1, l2 }, registered_name: null };
}

/** What Keras's configuration of a layer says of its kernel and its bias. */
export function weightConfig({ kernelInitializer, biasInitializer, kernelL1, kernelL2, biasL1, biasL2 }: WeightSettings): Readonly<Record<string, unknown>> {
  return {
    kernel_initializer: kernelInitializer,
    bias_initializer: biasInitializer,
    kernel_regularizer: regularizer(kernelL1, kernelL2),
    bias_regularizer: regularizer(biasL1, biasL2),
  };
}

/** The same of a recurrent layer. */
export function recurrentWeightConfig(settings: RecurrentWeightSettings): Readonly<Record<string, unknown>> {
  const { recurrentInitializer, recurrentL1, recurrentL2 } = settings;
  return { ...weightConfig(settings), recurrent_initializer: recurrentInitializer, recurrent_regularizer: regularizer(recurrentL1, recurrentL2) };
}
