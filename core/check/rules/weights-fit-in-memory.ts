import { diagnose } from '../../diagnostics/diagnose.ts';
import { printShape } from '../../shapes/shape.ts';
import type { CheckRule } from '../check-rule.ts';
import { countWeights, layersOf } from '../layer-weights.ts';

/** Float32 numbers kept for each weight while training: itself, its gradient, and Adam's two moments. */
const numbersPerWeight = 4;
const bytesPerNumber = 4;

/** 2 GiB, about 134 million weights: beyond it TensorFlow's messages, which carry weights, reach their own limit. */
const mostTrainingBytes = 2 ** 31;

/** Training the weights takes no more memory than allowed: computed from shapes, before any is taken. */
export const weightsFitInMemory: CheckRule = {
  name: 'weights-fit-in-memory',
  check: (survey) => {
    const counted = layersOf(survey).map(({ context, weights = [] }) => ({ context, weights: countWeights(weights) }));
    const total = counted.reduce((sum, layer) => sum + layer.weights, 0);
    const bytes = total * numbersPerWeight * bytesPerNumber;
    const [largest] = counted.toSorted((first, second) => second.weights - first.weights);
    if (bytes <= mostTrainingBytes || largest === undefined) return [];
    const { node, label, inputs, parameters } = largest.context;
    const shape = Object.values(inputs).map((facts) => (facts.kind === 'tensor' ? printShape(facts.shape) : 'series')).join(' and ');
    const facts = { label, shape, weights: largest.weights, total, bytes, limit: mostTrainingBytes };
    const where = { kind: 'node', node } as const;
    return [diagnose('weights-too-large', 'units' in parameters ? { ...where, parameter: 'units' } : where, facts)];
  },
};
