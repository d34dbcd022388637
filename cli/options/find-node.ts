import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { nearMiss } from '../../core/diagnostics/did-you-mean.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument, GraphNode } from '../../core/graph/graph-document.ts';

/** The node that a person names on the command line: by its id, or by its label where only one node has it. */
export function findNode(document: GraphDocument, name: string, option: string): Result<GraphNode> {
  const byId = document.nodes.find((node) => node.id === name);
  if (byId !== undefined) return succeed(byId);
  const byLabel = document.nodes.filter((node) => node.label === name);
  if (byLabel.length === 1) return succeed(byLabel[0]!);
  const where = { kind: 'option', option } as const;
  if (byLabel.length > 1) {
    return fail(diagnose('option-ambiguous-node', where, { option, name, ids: byLabel.map((node) => node.id) }));
  }
  const names = document.nodes.flatMap((node) => [node.id, node.label]);
  const nearest = nearMiss(name, names);
  return fail(diagnose('option-unknown-node', where, { option, name, nodes: document.nodes.map((node) => node.id), nearest }));
}
