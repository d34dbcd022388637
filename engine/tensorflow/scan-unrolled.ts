import { splitInvariants } from './loop-invariants.ts';
import { resultTypeAt, valueAt } from './operation-spelling.ts';
import type { SpellingSite } from './operation-spelling.ts';
import { asSteps, filled, ofGraphTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';

/**
 * A scan of a known number of steps, its body written once for each. What does not change from step to step is written
 * once; stacked results stay a list of single steps.
 */
export function spellUnrolledScan(site: SpellingSite<'scan'>, steps: number): readonly SpelledValue[] {
  const { scope, attributes, operands, settings } = site;
  const { body, sequenceCount, stateCount, backwards } = attributes;
  const sequences = operands.slice(0, sequenceCount).map((sequence) => asSteps(scope, sequence, steps));
  const invariantInputs = body.inputs.slice(sequenceCount + stateCount);

  const everyStep: (SpelledValue | undefined)[] = [];
  invariantInputs.forEach((id, index) => {
    everyStep[id] = operands[sequenceCount + stateCount + index];
  });
  const { invariant } = splitInvariants(body, invariantInputs);
  site.spellBody(scope, body, everyStep, settings, invariant);

  let states = operands.slice(sequenceCount, sequenceCount + stateCount);
  const stacks = body.outputs.slice(stateCount).map((): SpelledValue[] => []);
  for (let count = 0; count < steps; count += 1) {
    const time = backwards ? steps - 1 - count : count;
    const values = [...everyStep];
    body.inputs.slice(0, sequenceCount + stateCount).forEach((id, index) => {
      values[id] = index < sequenceCount ? sequences[index]?.[time] : states[index - sequenceCount];
    });
    site.spellBody(scope, body, values, settings);
    const results = body.outputs.map((id) => valueAt(values, id));
    states = results.slice(0, stateCount);
    stacks.forEach((stack, index) => {
      stack[time] = valueAt(results, stateCount + index);
    });
  }
  return [...states, ...stacks.map((stack, index) => stackOf(site, stack, stateCount + index))];
}

function stackOf(site: SpellingSite<'scan'>, stack: readonly SpelledValue[], result: number): SpelledValue {
  // No step, no tensor to stack: an empty one with the right axes.
  return stack.length === 0 ? ofGraphTensor(filled(site.scope, resultTypeAt(site, result), 0)) : { kind: 'steps', steps: stack };
}
