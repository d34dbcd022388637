import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BodyBuilder } from '../../../core/program/body-builder.ts';
import { pad, reshape, reverse, slice, tanh } from '../../../core/program/expressions.ts';
import type { Value } from '../../../core/program/value.ts';
import { batchSize, constantSize, knownSize } from '../../../core/shapes/size.ts';
import type { StepWindow } from '../../../engine/scan-kernel/scan-program.ts';
import { everyWindow, reversedWindow, spreadWindow, wholeWindow, windowFrom } from '../../../engine/scan-kernel/step-windows.ts';
import { bodyCase, referenceOf } from '../../support/body-case.ts';
import type { CaseMaker } from '../../support/body-case.ts';
import { expectClose } from '../../support/expect-close.ts';
import { runOnTensorFlow, testBackend } from '../../support/run-on-tensorflow.ts';

type Move =
  | { readonly kind: 'from'; readonly start: number; readonly length: number }
  | { readonly kind: 'every' | 'spread'; readonly by: number; readonly place: number }
  | { readonly kind: 'reversed' };

const moveArbitrary: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('from' as const), start: fc.integer({ min: -5, max: 5 }), length: fc.integer({ min: 1, max: 14 }) }),
  fc.integer({ min: 1, max: 4 }).chain((by) => fc.record({ kind: fc.constantFrom('every' as const, 'spread' as const), by: fc.constant(by), place: fc.nat(by - 1) })),
  fc.constant({ kind: 'reversed' } as const),
);

/** The slots that steps read, undefined for zeros. */
function read(window: StepWindow, steps: number): readonly (number | undefined)[] {
  return Array.from({ length: steps }, (_, step) => {
    const slot = (window.stride * step + window.offset) / window.dilation;
    return step >= window.first && step < window.end && Number.isInteger(slot) ? slot : undefined;
  });
}

/** What a move makes of steps given one by one; of no group of neighbours a part is wanted. */
function moved<Step>(given: readonly (Step | undefined)[], move: Move): readonly (Step | undefined)[] {
  switch (move.kind) {
    case 'from': return Array.from({ length: move.length }, (_, step) => given[step + move.start]);
    case 'every': return Array.from({ length: Math.floor(given.length / move.by) }, (_, step) => given[step * move.by + move.place]);
    case 'spread': return given.flatMap((step) => Array.from({ length: move.by }, (_, place) => (place === move.place ? step : undefined)));
    case 'reversed': return given.toReversed();
  }
}

function movedWindow(window: StepWindow, steps: number, move: Move): StepWindow | undefined {
  switch (move.kind) {
    case 'from': return windowFrom(window, move.start, move.length);
    case 'every': return everyWindow(window, move.by, move.place, Math.floor(steps / move.by));
    case 'spread': return spreadWindow(window, move.by, move.place);
    case 'reversed': return reversedWindow(window, steps);
  }
}

test('steps cut, padded, thinned out, spread and turned, in any order, are one reading of the slots', () => {
  let readings = 0;
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.array(moveArbitrary, { maxLength: 6 }), (slots, moves) => {
    let window = wholeWindow(slots);
    let expected: readonly (number | undefined)[] = Array.from({ length: slots }, (_, slot) => slot);
    for (const move of moves) {
      const next = movedWindow(window, expected.length, move);
      // Every second step spread by two, say, is left to ordinary operations.
      if (next === undefined) return;
      window = next;
      expected = moved(expected, move);
      readings += 1;
      expect(read(window, expected.length)).toEqual(expected);
      if (window.first >= window.end) continue;
      // As the native side wants it: no slot outside, whichever steps lie between slots.
      for (const step of [window.first, window.end - 1]) {
        const scaled = window.stride * step + window.offset;
        expect(scaled >= 0 && scaled <= (slots - 1) * window.dilation).toBe(true);
      }
    }
  }), { numRuns: 2000 });
  expect(readings).toBeGreaterThan(2000);
});

/** One move of a sequence [time, batch, features] in core's operations. */
function movedValue(builder: BodyBuilder, value: Value, move: Move): Value {
  const [time, , features] = value.shape;
  const steps = knownSize(time!) ?? 0;
  const shaped = (of: Value, lead: readonly number[]): Value => reshape(builder, of, [...lead.map(constantSize), batchSize, features!]);
  switch (move.kind) {
    case 'from': {
      const [first, end] = [Math.max(0, Math.min(steps, move.start)), Math.max(0, Math.min(steps, move.start + move.length))];
      if (end <= first) return value;
      return pad(builder, slice(builder, value, 0, first, end - first), 0, first - move.start, move.start + move.length - end);
    }
    case 'every': {
      const length = Math.floor(steps / move.by);
      if (length === 0) return value;
      const groups = shaped(slice(builder, value, 0, 0, length * move.by), [length, move.by]);
      return shaped(slice(builder, groups, 1, move.place, 1), [length]);
    }
    case 'spread': {
      if (steps * move.by > 60) return value;
      return shaped(pad(builder, shaped(value, [steps, 1]), 1, move.place, move.by - 1 - move.place), [steps * move.by]);
    }
    case 'reversed': return reverse(builder, value, 0);
  }
}

/** h ← tanh(x + h) over a sequence with time first. */
function accumulated({ builder }: CaseMaker, sequence: Value, backwards: boolean): Value {
  const [time, batch, features] = sequence.shape;
  const cell = new BodyBuilder();
  const [x, state] = [cell.input('float', [batch!, features!]), cell.input('float', [batch!, features!])];
  const next = tanh(cell, cell.emitOne('add', [x, state], {}));
  const zero = builder.emitOne('constant', [], { type: 'float', shape: [batch!, features!], values: [0] });
  return builder.scan({ sequences: [sequence], initialStates: [zero], invariants: [], steps: time!, backwards, body: cell.finish([next, next]) }).stacked[0]!;
}

test('scans that read what another wrote, in any such way, give what float64 gives, and so do readings that leave the kernel', () => {
  const run = (batch: number, moves: readonly Move[], backwards: boolean): void => {
    const built = bodyCase(batch, 5, (maker) => {
      const first = accumulated(maker, maker.input('float', [constantSize(9), batchSize, constantSize(3)]), false);
      const read = moves.reduce((value, move) => movedValue(maker.builder, value, move), first);
      return [accumulated(maker, read, backwards), read];
    });
    expectClose(runOnTensorFlow(testBackend(), built), referenceOf(built), 2e-6);
  };
  fc.assert(fc.property(fc.constantFrom(1, 16, 19), fc.array(moveArbitrary, { minLength: 1, maxLength: 4 }), fc.boolean(), run), { numRuns: 40 });
  expect.hasAssertions();
}, 120_000);
