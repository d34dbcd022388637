import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { eventChannel, requestChannel } from './ipc/channels.ts';
import { requestNames } from './ipc/channel-names.ts';
import type { EventName } from './ipc/channel-names.ts';

/*
 * The window's only way out: one function a request and one way to listen, both for the names of the contract alone. Runs
 * in the sandbox.
 */

const requests = Object.fromEntries(
  requestNames.map((name) => [name, (argument: unknown = null): Promise<unknown> => ipcRenderer.invoke(requestChannel(name), argument)]),
);

/** Only a File that the person dropped has a path; one that the page made has none. */
function dropFiles(project: unknown, files: readonly File[]): Promise<unknown> {
  const paths = [...files].map((file) => webUtils.getPathForFile(file));
  return ipcRenderer.invoke(requestChannel('dropFiles'), { project, paths });
}

function listen(name: EventName, listener: (event: unknown) => void): () => void {
  const channel = eventChannel(name);
  const receive = (_: unknown, event: unknown): void => listener(event);
  ipcRenderer.on(channel, receive);
  return () => void ipcRenderer.off(channel, receive);
}

contextBridge.exposeInMainWorld('unroll', { ...requests, dropFiles, listen });
