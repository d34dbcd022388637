/** Values as they were and as they are, for undo and redo. Whole snapshots: equal parts are shared between them. */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** What the last record was made of, while a further one of the same would join it. */
  readonly mergeKey: string | null;
}

export function startHistory<Value>(present: Value): History<Value> {
  return { past: [], present, future: [], mergeKey: null };
}

/**
 * A step forward. Steps of the same merge key in a row (the letters typed into one field) are one: undone together.
 * A value that is the present one is no step.
 */
export function record<Value>(history: History<Value>, next: Value, mergeKey: string | null = null): History<Value> {
  if (next === history.present) return history;
  const isMerged = mergeKey !== null && mergeKey === history.mergeKey;
  return { past: isMerged ? history.past : [...history.past, history.present], present: next, future: [], mergeKey };
}

/** What follows is a step of its own, whatever its merge key. */
export function endMerge<Value>(history: History<Value>): History<Value> {
  return history.mergeKey === null ? history : { ...history, mergeKey: null };
}

export function undo<Value>(history: History<Value>): History<Value> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future], mergeKey: null };
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, mergeKey: null };
}
