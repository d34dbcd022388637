import { Worker } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';
import { serveHost } from '../../engine/host/serve-host.ts';
import type { MessagePortLike } from '../../engine/host/port.ts';
import { beatMilliseconds } from './heartbeat.ts';
import { hostServices, loadRuntime, usualChoice } from './host-services.ts';
import type { EngineProcessReady } from './utility-engine.ts';

/*
 * The engine in a process of its own. Arguments: Unroll's version; `warm` to load TensorFlow at once as most models want
 * it, or `cold` to load it as the first model wants it; the most processors that it uses, or `all`.
 */

const [version = '', start = 'warm', most = 'all'] = process.argv.slice(2);
const processors = most === 'all' ? null : Number(most);

startHeartbeat();
process.parentPort.once('message', ({ ports }) => {
  const [port] = ports;
  if (port === undefined) throw new Error('The engine was started without a port.');
  const loaded = start === 'cold' ? null : { runtime: loadRuntime(usualChoice, processors), choice: usualChoice, whenOther: 'restart' as const };
  serveHost(portOfHost(port), hostServices(version, loaded, processors));
  const ready: EngineProcessReady = { kind: 'ready', diagnostics: loaded === null || loaded.runtime.ok ? [] : loaded.runtime.diagnostics };
  process.parentPort.postMessage(ready);
});

/** A beat from a thread of its own also while TensorFlow computes; it tells whether this thread has moved since. */
function startHeartbeat(): void {
  const turns = new SharedArrayBuffer(4);
  const counter = new Int32Array(turns);
  setInterval(() => Atomics.add(counter, 0, 1), beatMilliseconds / 2).unref();
  new Worker(new URL('./engine-heartbeat.js', import.meta.url), { workerData: turns }).unref();
}

function portOfHost(port: MessagePortMain): MessagePortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => (event === 'message' ? port.on('message', listener) : port.on('close', () => listener())),
    close: () => {
      port.close();
      // Nothing is left to do, but TensorFlow's threads would keep the process.
      setImmediate(() => process.exit(0));
    },
    start: () => port.start(),
  };
}
