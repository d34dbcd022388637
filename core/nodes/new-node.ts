import type { GraphDocument, GraphNode } from '../graph/graph-document.ts';
import { nodeId } from '../graph/identifiers.ts';
import { defaultParameters } from '../params/parse-parameters.ts';
import type { NodeType } from './node-type.ts';

/** A node with its defaults written out, and the first free id and label: 'dense-2', 'Dense 2'. */
export function newNode(document: Pick<GraphDocument, 'nodes'>, type: NodeType): GraphNode {
  const taken = new Set<string>(document.nodes.flatMap((node) => [node.id, node.label]));
  let number = 1;
  while (taken.has(`${type.type}-${number}`) || taken.has(`${type.title} ${number}`)) number += 1;
  return { id: nodeId(`${type.type}-${number}`), type: type.type, label: `${type.title} ${number}`, parameters: defaultParameters(type.parameters) };
}
