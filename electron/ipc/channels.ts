import { eventNames } from './channel-names.ts';
import type { EventName, RequestName } from './channel-names.ts';

/** The channel of Electron's that a request travels on. */
export function requestChannel(name: RequestName): string {
  return `unroll:request:${name}`;
}

/** The channel of an event. Throws for a name that the contract does not have: a page may ask for anything. */
export function eventChannel(name: EventName): string {
  if (!eventNames.includes(name)) throw new TypeError(`There is no event "${String(name)}".`);
  return `unroll:event:${name}`;
}
