import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Result } from '../core/diagnostics/result.ts';

/** What a command came to; main.ts prints it and chooses the exit code. */
export type Outcome =
  | {
      readonly kind: 'done';
      /** The one object of `--json`. */
      readonly json: object;
      /** The same for a person, line by line. */
      readonly lines: readonly string[];
      /** Warnings and notes, printed on standard error. */
      readonly remarks: readonly Diagnostic[];
    }
  /** Ctrl+C or a kill, with what there is so far: exit code 130 or 143. */
  | { readonly kind: 'interrupted'; readonly signal: NodeJS.Signals; readonly json: object; readonly lines: readonly string[]; readonly remarks: readonly Diagnostic[] }
  /** The project, the data or the training failed: exit code 1. */
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] }
  /** The command was given wrongly: exit code 2. */
  | { readonly kind: 'misused'; readonly diagnostics: readonly Diagnostic[] };

export function exitCodeOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'done':
      return 0;
    case 'failed':
      return 1;
    case 'misused':
      return 2;
    case 'interrupted':
      return exitCodeOfSignal(outcome.signal);
  }
}

/** As shells count: 128 and the signal's number. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return signal === 'SIGTERM' ? 143 : 130;
}

export function done(json: object, lines: readonly string[], remarks: readonly Diagnostic[] = []): Outcome {
  return { kind: 'done', json, lines, remarks };
}

export function failed(...diagnostics: readonly Diagnostic[]): Outcome {
  return { kind: 'failed', diagnostics };
}

export function misused(...diagnostics: readonly Diagnostic[]): Outcome {
  return { kind: 'misused', diagnostics };
}

/** The failure of a result as a command's outcome. */
export function failedWith(result: Extract<Result<unknown>, { readonly ok: false }>): Outcome {
  return { kind: 'failed', diagnostics: result.diagnostics };
}
