import type { WebContents } from 'electron';
import type { EventName } from './channel-names.ts';
import { eventChannel } from './channels.ts';
import type { Events } from './contract.ts';

/** The one door for events. A window that is gone hears nothing. */
export function tellWindow<Name extends EventName>(contents: WebContents, name: Name, event: Events[Name]): void {
  if (!contents.isDestroyed()) contents.send(eventChannel(name), event);
}
