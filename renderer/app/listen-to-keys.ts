import { desktop } from '../state/desktop.ts';
import { useDocument } from '../state/document-store.ts';
import { useView } from '../state/view-store.ts';
import { useQuestion } from '../state/questions-store.ts';
import { runCommand } from './commands.ts';
import { keyCommand, type Keystroke } from './key-commands.ts';
import { focusNextRegion } from './regions.ts';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}

function isOverlayOpen(): boolean {
  const { dialog, quickAdd, connecting } = useView.getState();
  return dialog !== null || quickAdd !== null || connecting !== null || useQuestion.getState().question !== null;
}

/** Keys of the whole window, and the commands of the application menu. Gives the function that ends it. */
export function listenToKeys(page: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isOverlayOpen()) return;
    if (event.key === 'F6') {
      event.preventDefault();
      focusNextRegion(event.shiftKey ? -1 : 1);
      return;
    }
    const stroke: Keystroke = { key: event.key, command: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
    const isIn = (part: string) => event.target instanceof Element && event.target.closest(part) !== null;
    // Whoever has just pressed a button of the bar means the canvas by a letter; Tab and Delete are for where the focus is.
    const canvas = isIn('.workspace-canvas') || event.target === document.body || (isIn('.top-bar') && event.key.length === 1);
    const name = keyCommand(stroke, { typing: isTyping(event.target), canvas });
    if (name === null) return;
    event.preventDefault();
    runCommand(name);
  };
  page.addEventListener('keydown', onKeyDown);
  const stop = desktop().listen('menuCommand', ({ command }) => {
    const { activeElement } = document;
    // Undo in a text field undoes what was typed there.
    if ((command === 'undo' || command === 'redo' || command === 'select-all') && isTyping(activeElement)) document.execCommand(command === 'select-all' ? 'selectAll' : command);
    else if (command === 'delete' && isTyping(activeElement)) document.execCommand('delete');
    else if (!isOverlayOpen() || useDocument.getState().project === null) runCommand(command);
  });
  return () => {
    page.removeEventListener('keydown', onKeyDown);
    stop();
  };
}
