import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { GraphDocument } from '../graph/graph-document.ts';
import type { NodeId } from '../graph/identifiers.ts';
import type { Catalog } from '../nodes/catalog.ts';
import type { ParsedParameters } from '../params/parameter-declaration.ts';
import { surveyGraph, type DataFactsByNode, type GraphSurvey } from './graph-survey.ts';
import type { NodeFacts } from './propagate-facts.ts';
import { ruleList } from './rule-list.ts';

/** A graph with everything that is known of it and everything that is wrong with it. */
export interface CheckedGraph {
  readonly diagnostics: readonly Diagnostic[];
  /** What every port carries, as far as it is known. */
  readonly facts: ReadonlyMap<NodeId, NodeFacts>;
  /** Typed parameters, of every node whose values are all in order. */
  readonly parameters: ReadonlyMap<NodeId, ParsedParameters>;
  /** Nodes after those they depend on; without those that wait for a cycle. */
  readonly order: readonly NodeId[];
}

/** More than these are not worth reading at once. */
export const mostDiagnostics = 100;

/**
 * Checks a graph against every rule. Never throws, whatever the document holds. `data` says what reading each Series
 * node's file has shown; without it the sizes that depend on a file stay symbols.
 */
export function checkDocument(document: GraphDocument, data?: DataFactsByNode, catalog?: Catalog): CheckedGraph {
  const survey = surveyGraph(document, data, catalog);
  const parameters = new Map<NodeId, ParsedParameters>();
  for (const [id, surveyed] of survey.nodes) {
    if (surveyed.parameters?.ok) parameters.set(id, surveyed.parameters.value);
  }
  return { diagnostics: checkSurvey(survey), facts: survey.propagation.facts, parameters, order: survey.order };
}

/** What every rule finds, in the rules' order, errors before warnings. */
export function checkSurvey(survey: GraphSurvey): readonly Diagnostic[] {
  const found = ruleList.flatMap((rule) => rule.check(survey));
  const errors = found.filter((diagnostic) => diagnostic.severity === 'error');
  const others = found.filter((diagnostic) => diagnostic.severity !== 'error');
  const shown = [...errors, ...others].slice(0, mostDiagnostics);
  const count = found.length - shown.length;
  return count === 0 ? shown : [...shown, diagnose('more-findings', { kind: 'project' }, { count })];
}
