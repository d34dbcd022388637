import type { OptimizerSettings } from '../../core/graph/graph-document.ts';

export type OptimizerKind = OptimizerSettings['kind'];

/** Keras 3's defaults. */
export const defaultOptimizers: { readonly [Kind in OptimizerKind]: Extract<OptimizerSettings, { readonly kind: Kind }> } = {
  adam: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  sgd: { kind: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false },
};
