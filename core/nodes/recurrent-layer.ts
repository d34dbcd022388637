import { succeed, type Result } from '../diagnostics/result.ts';
import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { sequenceShape, vectorShape } from '../shapes/shape.ts';
import { constantSize } from '../shapes/size.ts';
import { outputsOf } from './layer-ports.ts';
import type { ShapeContext, TensorFacts } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';

/** The parameters that every recurrent layer has. */
export const recurrentSwitches = {
  returnSequences: {
    kind: 'switch', label: 'Return sequences', default: true,
    doc: 'On: the hidden state of every time step. Off: that of the last one only.',
  },
  goBackwards: {
    kind: 'switch', label: 'Go backwards', default: false,
    doc: 'Reads the series from its last time step to its first; a returned sequence is in the order of reading, as in Keras.',
  },
} as const satisfies ParameterDeclarations;

interface RecurrentParameters extends ParametersOf<typeof recurrentSwitches> {
  readonly units: number;
}

/** (batch, time, feature) → (batch, time, units), or (batch, units) where the last step alone is returned. */
export function recurrentShape(
  context: Pick<ShapeContext, 'node' | 'label' | 'inputs' | 'feeders'> & { readonly parameters: RecurrentParameters },
): Result<{ readonly outputs: TensorFacts }> {
  const sequence = sequenceInput(context);
  if (!sequence.ok) return sequence;
  const { facts, time } = sequence.value;
  const units = constantSize(context.parameters.units);
  return succeed(outputsOf(facts, context.parameters.returnSequences ? sequenceShape(time, units) : vectorShape(units)));
}

/** What Keras's configuration of a recurrent layer says apart from its own cell. */
export function recurrentConfig({ returnSequences, goBackwards }: RecurrentParameters): Readonly<Record<string, unknown>> {
  return {
    dropout: 0,
    recurrent_dropout: 0,
    return_sequences: returnSequences,
    return_state: false,
    go_backwards: goBackwards,
    stateful: false,
    unroll: false,
  };
}
