/** How a kernel may start: Keras 3's initialisers, by its names, with its defaults. */
export const kernelInitializers = [
  'glorot_uniform', 'glorot_normal', 'he_uniform', 'he_normal', 'lecun_uniform', 'lecun_normal',
  'orthogonal', 'random_uniform', 'random_normal', 'truncated_normal', 'zeros', 'ones',
] as const;

/** How an offset may start: the kernel's without those that look at the two sides of a matrix. */
export const biasInitializers = ['zeros', 'ones', 'random_uniform', 'random_normal', 'truncated_normal'] as const;

export type Initializer = (typeof kernelInitializers)[number];
