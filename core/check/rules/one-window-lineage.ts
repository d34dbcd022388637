import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { NodeId } from '../../graph/identifiers.ts';
import type { CheckRule } from '../check-rule.ts';
import type { GraphSurvey } from '../graph-survey.ts';
import type { NodeFacts } from '../propagate-facts.ts';

/** Tensors that meet in a node, and the targets of a graph, come from the same Window: samples of two cannot be told to belong together. */
export const oneWindowLineage: CheckRule = {
  name: 'one-window-lineage',
  check: ({ nodes, propagation, targets }) => [
    ...[...propagation.facts].flatMap(([id, { inputs }]) => {
      const windows = new Set(Object.values(inputs).flatMap((facts) => (facts.kind === 'tensor' ? [facts.window] : [])));
      if (windows.size < 2) return [];
      const facts = { label: nodes.get(id)!.label, windows: [...windows].map((window) => nodes.get(window)?.label ?? window) };
      return [diagnose('mixed-windows', { kind: 'node', node: id }, facts)];
    }),
    ...targetsApart(targets.map(({ node, label }) => ({ node: node.id, label, window: windowOf(propagation.facts.get(node.id)) })), nodes),
  ],
};

interface PlacedTarget {
  readonly node: NodeId;
  readonly label: string;
  readonly window: NodeId | undefined;
}

function windowOf(facts: NodeFacts | undefined): NodeId | undefined {
  return Object.values(facts?.inputs ?? {}).find((fact) => fact.kind === 'tensor')?.window;
}

function targetsApart(targets: readonly PlacedTarget[], nodes: GraphSurvey['nodes']): readonly Diagnostic[] {
  const first = targets.find(({ window }) => window !== undefined)?.window;
  const other = targets.find(({ window }) => window !== undefined && window !== first);
  if (first === undefined || other?.window === undefined) return [];
  const windows = [first, other.window].map((window) => nodes.get(window)?.label ?? window);
  return [diagnose('targets-of-two-windows', { kind: 'node', node: other.node }, { label: other.label, windows })];
}
