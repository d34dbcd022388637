import type { GraphEdit } from '../../core/graph/edit.ts';
import type { GraphDocument, NodePosition } from '../../core/graph/graph-document.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import { newNode } from '../../core/nodes/new-node.ts';
import type { NodeType } from '../../core/nodes/node-type.ts';
import type { DataPreview } from '../../electron/ipc/data-messages.ts';

/** The edits that let a Series node read a file; columns: null, all numeric ones. */
export function fileEdits(node: NodeId, preview: Pick<DataPreview, 'file' | 'sha256'>, columns: readonly string[] | null): readonly GraphEdit[] {
  return [
    { kind: 'set-parameter', node, parameter: 'source', value: 'csv' },
    { kind: 'set-parameter', node, parameter: 'file', value: preview.file },
    { kind: 'set-parameter', node, parameter: 'columns', value: columns },
    { kind: 'set-parameter', node, parameter: 'dateColumn', value: '' },
    { kind: 'set-data', data: { node, file: preview.file, sha256: preview.sha256 } },
  ];
}

/** A new Series node that reads a file. */
export function newSeriesEdits(
  document: GraphDocument,
  seriesType: NodeType,
  preview: Pick<DataPreview, 'file' | 'sha256'>,
  position: NodePosition,
): { readonly node: NodeId; readonly edits: readonly GraphEdit[] } {
  const node = newNode(document, seriesType);
  return { node: node.id, edits: [{ kind: 'add-node', node, position }, ...fileEdits(node.id, preview, null)] };
}
