import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';

/** Which Python checks exports. */
export interface PythonFacts {
  /** variable: the environment variable UNROLL_PYTHON names it. chosen: the person did. made: Unroll made it. */
  readonly source: 'variable' | 'chosen' | 'made' | 'none';
  /** Its place, to be shown; null: there is none. */
  readonly location: string | null;
  /** Name and version of what it has, Python first. */
  readonly versions: readonly (readonly [name: string, version: string])[];
  /** Why it cannot check every export; null where nothing is amiss. */
  readonly problem: Diagnostic | null;
}

/** What the making of an environment is busy with; null: nothing is being made (any more). */
export type PythonMakingEvent = { readonly doing: string; readonly share: number } | null;

/** null: stopped by the person. */
export type MadePython = PythonFacts | null;
