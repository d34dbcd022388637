import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coverNotices, dismissNotice, seenNotices, showNotice, useNotices } from '../../../renderer/state/notices-store.ts';

const shown = (): readonly string[] => seenNotices(useNotices.getState()).map(({ message }) => message);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const { id } of useNotices.getState().notices) dismissNotice(id);
  vi.useRealTimers();
});

it('what was said before a dialog waits until it is closed, what is said meanwhile is seen', () => {
  showNotice('error', 'before');
  const uncover = coverNotices();
  expect(shown()).toEqual([]);
  showNotice('error', 'meanwhile');
  expect(shown()).toEqual(['meanwhile']);
  uncover();
  expect(shown()).toEqual(['before', 'meanwhile']);
});

it('a dialog above a dialog gives back what the lower one covers', () => {
  showNotice('error', 'before');
  const uncoverLower = coverNotices();
  showNotice('error', 'between');
  coverNotices()();
  expect(shown()).toEqual(['between']);
  uncoverLower();
  expect(shown()).toEqual(['before', 'between']);
});

it('notes leave by themselves, errors stay, the newest three are seen', () => {
  for (const message of ['first', 'second', 'third']) showNotice('error', message);
  showNotice('note', 'fourth');
  expect(shown()).toEqual(['second', 'third', 'fourth']);
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['second', 'third']);
});
