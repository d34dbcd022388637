import { parseDocument } from '../../../core/document/parse-document.ts';
import { currentDocument, editDocument } from '../../state/document-store.ts';
import { showNotice } from '../../state/notices-store.ts';
import { selectNodes, useSelection } from '../../state/selection-store.ts';
import { canvasControl } from '../canvas-control.ts';
import { deleteSelection } from '../actions/delete-selection.ts';
import { clipboardText } from './copy-nodes.ts';
import { pasteEdits } from './paste-nodes.ts';

function belongsToText(event: ClipboardEvent): boolean {
  const { target } = event;
  const isField = target instanceof HTMLElement && target.matches('input, textarea, select');
  return isField || document.querySelector('.dialog') !== null || (event.type !== 'paste' && String(window.getSelection()) !== '');
}

/** Copy, cut and paste of nodes, by keys and by the menu, outside of text fields. Gives the function that ends it. */
export function listenToClipboard(page: Document): () => void {
  const onCopy = (event: ClipboardEvent) => {
    const { nodes } = useSelection.getState();
    if (belongsToText(event) || nodes.size === 0) return;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', clipboardText(currentDocument(), nodes));
    if (event.type === 'cut') deleteSelection();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (belongsToText(event)) return;
    event.preventDefault();
    pasteText(event.clipboardData?.getData('text/plain') ?? '');
  };
  page.addEventListener('copy', onCopy);
  page.addEventListener('cut', onCopy);
  page.addEventListener('paste', onPaste);
  return () => {
    page.removeEventListener('copy', onCopy);
    page.removeEventListener('cut', onCopy);
    page.removeEventListener('paste', onPaste);
  };
}

/** Pastes nodes into the middle of what is seen; other text is refused in words. */
function pasteText(text: string): void {
  if (text.trim() === '') {
    showNotice('warning', 'Nothing was pasted: the clipboard holds no text. Copy nodes from a canvas first.');
    return;
  }
  const parsed = parseDocument(text);
  if (!parsed.ok) {
    showNotice('warning', `Nothing was pasted: the clipboard holds no nodes of Unroll. ${parsed.diagnostics[0]?.message ?? ''}`);
    return;
  }
  const at = canvasControl()?.middle() ?? { x: 0, y: 0 };
  const { nodes, edits } = pasteEdits(currentDocument(), parsed.value.document, { kind: 'middle', at });
  if (nodes.length === 0) {
    showNotice('warning', 'Nothing was pasted: the project on the clipboard has no nodes.');
    return;
  }
  editDocument(edits);
  selectNodes(nodes);
}
