import type { Severity } from './diagnostic.ts';

/** A row of the table of texts: how grave it is, and the sentence made from its facts. */
export interface DiagnosticText<Facts> {
  readonly severity: Severity;
  readonly message: (facts: Facts) => string;
}

/** Declares a row; a helper so that the facts' type is written once, at the sentence. */
export function text<Facts>(severity: Severity, message: (facts: Facts) => string): DiagnosticText<Facts> {
  return { severity, message };
}
