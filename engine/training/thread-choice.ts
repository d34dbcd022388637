import type { Model } from '../../core/compile/model.ts';

/** What TensorFlow is told before it is loaded; fixed for the life of a process. */
export interface ThreadChoice {
  /** Threads inside one operation; null: as many as there are processors. */
  readonly threads: number | null;
  readonly oneDnn: boolean;
}

/**
 * Small nets train fastest on one thread without oneDNN (0 to 40 % at 20 units, whose largest kernel holds 1,600 weights);
 * large ones lose by it (at 128 units: 65,536). The border is the geometric mean of the two, which were measured.
 */
const largestSmallKernel = 10_000;

/** The choice that fits a model's largest kernel. */
export function threadsFor(model: Model): ThreadChoice {
  const sizes = model.layers.flatMap(({ weights }) => weights.map(({ shape }) => shape.reduce((product, size) => product * size, 1)));
  const isSmall = Math.max(0, ...sizes) <= largestSmallKernel;
  return isSmall ? { threads: 1, oneDnn: false } : { threads: null, oneDnn: true };
}
