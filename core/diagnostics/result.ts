import type { Diagnostic } from './diagnostic.ts';

/** What a fallible step over the user's material returns: the value, or everything that is wrong with it. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function fail(...diagnostics: readonly Diagnostic[]): Result<never> {
  return { ok: false, diagnostics };
}
