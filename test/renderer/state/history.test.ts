import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endMerge, record, redo, startHistory, undo, type History } from '../../../renderer/state/history.ts';

const step = fc.oneof(fc.record({ kind: fc.constant('record' as const), value: fc.integer(), key: fc.option(fc.constantFrom('a', 'b')) }), fc.constant({ kind: 'undo' as const }), fc.constant({ kind: 'redo' as const }));

function play(history: History<number>, steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): History<number> {
  return steps.reduce((state, taken) => (taken.kind === 'record' ? record(state, taken.value, taken.key) : taken.kind === 'undo' ? undo(state) : redo(state)), history);
}

it('undoing everything leads back to the beginning, and redoing everything to where one was', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const now = play(startHistory(0), steps);
      const first = now.past.reduce((state) => undo(state), now);
      expect(first.present).toBe(now.past[0] ?? now.present);
      expect(now.past.reduce((state) => redo(state), first).present).toBe(now.present);
    }),
  );
});

it('letters typed into one field are one step; another field, or leaving it, begins another', () => {
  const typed = record(record(startHistory('1'), '12', 'units'), '123', 'units');
  expect(undo(typed).present).toBe('1');
  expect(undo(record(typed, '123a', 'label')).present).toBe('123');
  expect(undo(record(endMerge(typed), '1234', 'units')).present).toBe('123');
});

it('an edit after an undo forgets what was undone', () => {
  const edited = record(undo(record(startHistory(1), 2)), 3);
  expect(redo(edited)).toBe(edited);
});

it('an edit that changes nothing is no step', () => {
  const history = startHistory(1);
  expect(record(history, 1)).toBe(history);
});
