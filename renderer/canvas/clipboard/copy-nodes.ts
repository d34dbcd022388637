import { serializeDocument } from '../../../core/document/serialize-document.ts';
import { emptyDocument } from '../../../core/graph/empty-document.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import type { NodeId } from '../../../core/graph/identifiers.ts';

/** Nodes with the wires between them, as a document of their own. */
export function excerpt(document: GraphDocument, nodes: ReadonlySet<NodeId>): GraphDocument {
  return {
    ...emptyDocument,
    name: 'Clipboard',
    nodes: document.nodes.filter((node) => nodes.has(node.id)),
    wires: document.wires.filter((wire) => nodes.has(wire.from.node) && nodes.has(wire.to.node)),
    data: document.data.filter((reference) => nodes.has(reference.node)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([node]) => [...nodes].some((id) => id === node))),
  };
}

/** The text of a clipboard: a small project file, read back by the same rules as any other. */
export function clipboardText(document: GraphDocument, nodes: ReadonlySet<NodeId>): string {
  return serializeDocument(excerpt(document, nodes));
}
