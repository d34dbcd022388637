import { checkSurvey } from '../../core/check/check-document.ts';
import { surveyGraph, type DataFactsByNode, type GraphSurvey } from '../../core/check/graph-survey.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';

/** Everything that is derived from the document for the screen. */
export interface DocumentFindings {
  /** The graph with its facts, shapes and weights. */
  readonly survey: GraphSurvey;
  /** Errors before the rest: of the rules, then of the data files. */
  readonly diagnostics: readonly Diagnostic[];
}

export function findingsOf(document: GraphDocument, data: DataFactsByNode, dataDiagnostics: readonly Diagnostic[]): DocumentFindings {
  const survey = surveyGraph(document, data);
  const seen = new Set<string>();
  const all = [...checkSurvey(survey), ...dataDiagnostics].filter((diagnostic) => {
    const key = `${diagnostic.code} ${JSON.stringify(diagnostic.where)} ${diagnostic.message}`;
    return seen.size < seen.add(key).size;
  });
  const errors = all.filter((diagnostic) => diagnostic.severity === 'error');
  return { survey, diagnostics: [...errors, ...all.filter((diagnostic) => diagnostic.severity !== 'error')] };
}

/** Whether what is derived from one document holds for the other: all but places and the name is the same. */
export function sameMeaning(first: GraphDocument, second: GraphDocument): boolean {
  return (
    first.nodes === second.nodes &&
    first.wires === second.wires &&
    first.definitions === second.definitions &&
    first.data === second.data &&
    first.training === second.training
  );
}
