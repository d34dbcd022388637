/** One end of a message channel, as both node:worker_threads' MessagePort and Electron's MessagePortMain are. */
export interface MessagePortLike {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message' | 'close', listener: (message?: unknown) => void) => unknown;
  readonly close: () => void;
  readonly start?: () => void;
}

/** A port gives messages bare in Node and inside an event's `data` in Electron. Ours always have a `type` of our own. */
export function messageOf<Message extends { readonly type: string }>(received: unknown): Message {
  if (typeof received === 'object' && received !== null && 'data' in received) return received.data as Message;
  return received as Message;
}
