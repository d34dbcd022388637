import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { GraphSurvey } from './graph-survey.ts';

/** A property that a sound graph has. */
export interface CheckRule {
  /** The property, as its file is called. */
  readonly name: string;
  /** Everything that breaks it; empty where it holds. */
  readonly check: (survey: GraphSurvey) => readonly Diagnostic[];
}
