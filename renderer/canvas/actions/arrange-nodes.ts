import { currentDocument, editDocument } from '../../state/document-store.ts';
import { useSelection } from '../../state/selection-store.ts';
import { canvasControl } from '../canvas-control.ts';
import { arrangeEdits } from '../geometry/arrange.ts';

/** Arranges the selected nodes if there are several, else all. */
export function arrangeNodes(): void {
  const { nodes } = useSelection.getState();
  editDocument(arrangeEdits(currentDocument(), nodes.size > 1 ? nodes : null));
  canvasControl()?.fit();
}
