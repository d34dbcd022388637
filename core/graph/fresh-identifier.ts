import type { GraphDocument } from './graph-document.ts';
import { nodeId, wireId } from './identifiers.ts';
import type { NodeId, WireId } from './identifiers.ts';

/** An unused id for a node of the type, for example `lstm-2`: the lowest free number. */
export function freshNodeId(document: GraphDocument, type: string): NodeId {
  return nodeId(lowestFree(`${type}-`, new Set(document.nodes.map((node) => node.id))));
}

/** An unused id for a wire, for example `wire-7`. */
export function freshWireId(document: GraphDocument): WireId {
  return wireId(lowestFree('wire-', new Set(document.wires.map((wire) => wire.id))));
}

function lowestFree(prefix: string, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = `${prefix}${number}`;
    if (!used.has(candidate)) return candidate;
  }
}
