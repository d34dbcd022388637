import { startHostInProcess } from '../../engine/host/in-process.ts';
import { hostServices } from './host-services.ts';
import type { LoadedRuntime } from './host-services.ts';
import type { Engine } from './engine.ts';

/**
 * The engine inside the main process: the same host module, spoken to over the same messages. TensorFlow was loaded before
 * the app was ready. It cannot be watched from here: should it abort, the app ends with it, and drafts bring the work back.
 */
export function startMainEngine(unrollVersion: string, loaded: LoadedRuntime): Engine {
  const client = startHostInProcess(hostServices(unrollVersion, loaded, null));
  let isAlive = true;
  return {
    client,
    ready: Promise.resolve(loaded.runtime.ok ? [] : loaded.runtime.diagnostics),
    ended: new Promise(() => undefined),
    onSilence: () => () => undefined,
    isAlive: () => isAlive,
    close: async () => {
      isAlive = false;
      await client.close();
    },
  };
}
