import type { Body } from '../../core/program/instruction.ts';
import { knownSize } from '../../core/shapes/size.ts';
import type { SpellingSettings, SpellingSite } from './operation-spelling.ts';
import { spellUnrolledScan } from './scan-unrolled.ts';
import { spellWhileScan } from './scan-while.ts';
import type { SpelledValue } from './spelled-value.ts';

/**
 * A scan step by step is about twice as fast as a loop, but TensorFlow takes a few milliseconds a node to load and
 * prepare a graph, so long scans become loops.
 */
export const defaultSpellingSettings: SpellingSettings = { unrolledSteps: 200, unrolledInstructions: 8000 };

export function spellScan(site: SpellingSite<'scan'>): readonly SpelledValue[] {
  const steps = knownSize(site.attributes.steps);
  const unrolled =
    steps !== undefined &&
    steps <= site.settings.unrolledSteps &&
    steps * instructionCount(site.attributes.body, site.settings) <= site.settings.unrolledInstructions;
  return unrolled ? spellUnrolledScan(site, steps) : spellWhileScan(site);
}

/** Instructions of a body, those of inner scans once for each step that would be unrolled. */
function instructionCount(body: Body, settings: SpellingSettings): number {
  let count = 0;
  for (const instruction of body.instructions) {
    count += 1;
    if (instruction.kind !== 'scan') continue;
    const steps = knownSize(instruction.attributes.steps) ?? 1;
    const inner = instructionCount(instruction.attributes.body, settings);
    count += inner * (steps <= settings.unrolledSteps ? steps : 1);
  }
  return count;
}
