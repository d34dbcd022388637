import { useEffect, useState } from 'react';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Result } from '../../core/diagnostics/result.ts';

/** What is known of a question to the main process. While another answer is awaited, the last one stays. */
export interface Answer<Value> {
  readonly value: Value | undefined;
  /** Why there is none. */
  readonly diagnostics: readonly Diagnostic[];
  readonly waiting: boolean;
}

const nothing = { value: undefined, diagnostics: [], waiting: false } as const;

/**
 * Asks whenever the key changes, after a pause (milliseconds) without another change; null: nothing is asked and nothing is
 * known. Answers to earlier keys are dropped. Values of another subject (the part of the key before the first space) do not stay.
 */
export function useAnswer<Value>(key: string | null, ask: () => Promise<Result<Value>>, pause = 0): Answer<Value> {
  const [state, setState] = useState<Answer<Value> & { readonly key: string | null }>({ ...nothing, key: null });
  useEffect(() => {
    if (key === null) {
      setState({ ...nothing, key: null });
      return undefined;
    }
    let isCurrent = true;
    setState((before) => (subjectOf(before.key) === subjectOf(key) ? { ...before, waiting: true } : { ...nothing, waiting: true, key }));
    const timer = setTimeout(async () => {
      const result = await ask();
      if (!isCurrent) return;
      setState(result.ok ? { value: result.value, diagnostics: [], waiting: false, key } : { ...nothing, diagnostics: result.diagnostics, key });
    }, pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // The key stands for everything that the question depends on.
  }, [key]);
  return state;
}

function subjectOf(key: string | null): string | undefined {
  return key?.split(' ')[0];
}
