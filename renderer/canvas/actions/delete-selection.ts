import { currentDocument, editDocument } from '../../state/document-store.ts';
import { useSelection } from '../../state/selection-store.ts';
import { deleteEdits } from '../graph/delete-edits.ts';

export function deleteSelection(): void {
  const { nodes, wires } = useSelection.getState();
  editDocument(deleteEdits(currentDocument(), nodes, wires));
}
