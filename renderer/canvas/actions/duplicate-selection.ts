import { currentDocument, editDocument } from '../../state/document-store.ts';
import { selectNodes, useSelection } from '../../state/selection-store.ts';
import { excerpt } from '../clipboard/copy-nodes.ts';
import { pasteEdits } from '../clipboard/paste-nodes.ts';

const shift = 32;

/** Copies the selected nodes, and the wires between them, a little down and to the right. */
export function duplicateSelection(): void {
  const { nodes } = useSelection.getState();
  if (nodes.size === 0) return;
  const document = currentDocument();
  const { nodes: copies, edits } = pasteEdits(document, excerpt(document, nodes), { kind: 'shift', by: shift });
  editDocument(edits);
  selectNodes(copies);
}
