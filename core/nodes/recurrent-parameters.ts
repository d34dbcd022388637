import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { recurrentWeightConfig, type RecurrentWeightSettings } from './weight-parameters.ts';

const unitsDeclaration = { kind: 'integer', label: 'Units', unit: 'units', minimum: 1, maximum: 65_536, default: 20 } as const;

/** The size of a recurrent layer; `doc` says what it is the size of. */
export function unitsOf(doc: string): typeof unitsDeclaration & { readonly doc: string } {
  return { ...unitsDeclaration, doc };
}

/** The parameters that every recurrent layer has, whatever its cell. */
export const recurrentParameters = {
  returnSequences: {
    kind: 'switch', label: 'Return sequences', default: true,
    doc: 'On: the hidden state of every time step. Off: that of the last one only.',
  },
  bidirectional: {
    kind: 'switch', label: 'Bidirectional', default: false,
    doc: 'Reads the series twice, from its first time step to its last and back, each way with weights of its own.',
  },
  merge: {
    kind: 'choice', label: 'Merge directions', options: ['concatenate', 'sum', 'average', 'multiply'], default: 'concatenate',
    onlyWhen: { parameter: 'bidirectional', is: true },
    doc: 'How the hidden states of the two directions become one output: side by side, which gives twice the units, or unit by unit.',
  },
  goBackwards: {
    kind: 'switch', label: 'Go backwards', default: false,
    onlyWhen: { parameter: 'bidirectional', is: false },
    doc: 'Reads the series from its last time step to its first; a returned sequence is in the order of reading, as in Keras. A bidirectional layer reads both ways in any case.',
  },
  stateful: {
    kind: 'switch', label: 'Stateful', default: false,
    doc: 'Starts each window with the states that the window before ended with, so that it remembers more than a window; needs windows that follow each other, a stride as long as the window. States start at zero with every epoch and every series.',
  },
  dropout: {
    kind: 'real', label: 'Dropout', unit: 'share', minimum: 0, maximum: 0.99, default: 0,
    doc: 'Share of the input features that each series is read without while training: the same ones at every time step.',
  },
  truncateAfter: {
    kind: 'optional-integer', label: 'Truncate gradient after', unit: 'time steps', minimum: 1, maximum: 100_000, default: null, group: 'advanced',
    doc: 'Training follows the gradient back through pieces of so many time steps, counted from the last one read, and no further: quicker to learn from long windows, blind to what lies further back. What the layer computes stays the same.',
  },
  recurrentDropout: {
    kind: 'real', label: 'Recurrent dropout', unit: 'share', minimum: 0, maximum: 0.99, default: 0,
    doc: 'Share of the hidden state that each series goes without while training, on its way into the next time step: the same units at every step.',
  },
} as const satisfies ParameterDeclarations;

export interface RecurrentSettings extends ParametersOf<typeof recurrentParameters>, RecurrentWeightSettings {
  readonly units: number;
  readonly useBias: boolean;
}

/** What Keras's configuration of a recurrent layer says whatever its cell: how it reads. */
export function readingConfig({ returnSequences, goBackwards, bidirectional, stateful }: RecurrentSettings): Readonly<Record<string, unknown>> {
  return {
    return_sequences: returnSequences,
    return_state: false,
    go_backwards: goBackwards && !bidirectional,
    stateful,
    unroll: false,
  };
}

/** What it says of a layer whose cell Keras has: also how its weights start, and what it drops. */
export function recurrentConfig(settings: RecurrentSettings): Readonly<Record<string, unknown>> {
  return { ...recurrentWeightConfig(settings), dropout: settings.dropout, recurrent_dropout: settings.recurrentDropout, ...readingConfig(settings) };
}

const mergeModes = { concatenate: 'concat', sum: 'sum', average: 'ave', multiply: 'mul' } as const satisfies Record<RecurrentSettings['merge'], string>;

/** Keras's wrapper around a layer that reads in both directions; null where it reads in one. */
export function bidirectionalWrapper({ bidirectional, merge }: RecurrentSettings): { readonly className: string; readonly config: Readonly<Record<string, unknown>> } | null {
  return bidirectional ? { className: 'Bidirectional', config: { merge_mode: mergeModes[merge] } } : null;
}
