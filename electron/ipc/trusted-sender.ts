import type { IpcMainInvokeEvent } from 'electron';
import { pageOrigin } from '../security/page-address.ts';

/** Whether a message comes from our own page, as the main frame of a window; anything else is dropped. */
export function isTrustedSender({ senderFrame, sender }: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean {
  if (senderFrame === null || sender.isDestroyed()) return false;
  return senderFrame === sender.mainFrame && senderFrame.origin === pageOrigin;
}
