import { app, dialog } from 'electron';
import type { AppWindow } from './app-window.ts';

const patienceMilliseconds = 4_000;

/** Whether the whole app is to end once the windows agree. */
export interface Quitting {
  isUnderWay: boolean;
}

/**
 * Decides whether a window may close now. A window with a project is asked first: it may have unsaved work or a training,
 * and it answers with `answerClose`. A page that cannot answer is closed after a while: its draft is on the disk. Whoever
 * closes a second time, over the page's own question, is asked by the system.
 */
export function mayClose(window: AppWindow, quitting: Quitting): boolean {
  if (window.project === null || window.closing === 'agreed' || !window.isPageAlive) return true;
  if (window.closing === 'no') {
    window.closing = 'asked';
    window.tell('closeAsked', { reason: quitting.isUnderWay ? 'quit' : 'window' });
    setTimeout(() => {
      if (window.closing === 'asked' && !window.isPageAlive && !window.browser.isDestroyed()) window.browser.destroy();
    }, patienceMilliseconds);
  } else {
    void closeAnyway(window);
  }
  return false;
}

async function closeAnyway(window: AppWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window.browser, {
    type: 'question',
    message: 'Close this window without an answer?',
    detail: 'Unsaved work is kept, and offered when Unroll is started again. A training is stopped and keeps its checkpoint.',
    buttons: ['Keep Open', 'Close'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1 && !window.browser.isDestroyed()) window.browser.destroy();
}

/** Does what the person answered. */
export function closeAnswered(window: AppWindow, close: boolean, quitting: Quitting): void {
  if (!close) {
    window.closing = 'no';
    quitting.isUnderWay = false;
    return;
  }
  window.closing = 'agreed';
  // Not inside the request: its answer must still reach the page.
  setImmediate(() => {
    if (quitting.isUnderWay) app.quit();
    else if (!window.browser.isDestroyed()) window.browser.close();
  });
}
