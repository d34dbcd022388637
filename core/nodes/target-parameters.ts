import type { ParameterDeclarations } from '../params/parameter-declaration.ts';

/** How much a target counts beside others: the same words on every one. */
export const targetWeight = {
  weight: {
    kind: 'real', label: 'Weight', unit: '', minimum: 0, maximum: 1e6, default: 1,
    doc: 'How much the loss of this target counts where a graph has several: training makes the weighted sum small.',
  },
} as const satisfies ParameterDeclarations;

/** The losses of numbers. */
export const errorLosses = {
  loss: {
    kind: 'choice', label: 'Loss', options: ['mse', 'mae', 'huber'], default: 'mse',
    doc: 'What training makes small, in scaled units: squared errors, absolute errors, or squared near zero and absolute beyond.',
  },
  huberDelta: {
    kind: 'real', label: 'Huber delta', unit: 'scaled units', minimum: 1e-6, maximum: 1e6, default: 1,
    doc: 'Of the Huber loss: the error from which it grows linearly.',
  },
} as const satisfies ParameterDeclarations;

/** What they make of an error e. */
export const errorLossEquations = ['mse: ℓ(e) = e²,  mae: ℓ(e) = |e|', 'huber: ℓ(e) = e²/2 where |e| ≤ δ, else δ·(|e| − δ/2)'] as const;

/** Where the Huber loss comes from. */
export const huberSource = {
  author: 'P. J. Huber',
  year: 1964,
  title: 'Robust estimation of a location parameter (Huber loss)',
  link: 'https://doi.org/10.1214/aoms/1177703732',
} as const;
