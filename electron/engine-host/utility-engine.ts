import { app, MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain } from 'electron';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { connectHost } from '../../engine/host/client.ts';
import type { MessagePortLike } from '../../engine/host/port.ts';
import { createDeferred } from './deferred.ts';
import type { Engine, EngineEnd } from './engine.ts';
import { watchHeartbeat } from './watch-heartbeat.ts';

/** What the process says when it can take requests. */
export interface EngineProcessReady {
  readonly kind: 'ready';
  readonly diagnostics: readonly Diagnostic[];
}

const closeMilliseconds = 3_000;
let started = 0;

/**
 * Starts an engine in a utility process and watches it.
 *
 * @param start cold: TensorFlow is loaded as the first model wants it
 * @param processors the most that it uses; null: all
 */
export function startUtilityEngine(modulePath: string, start: 'warm' | 'cold', processors: number | null): Engine {
  started += 1;
  const serviceName = `Unroll engine ${started}`;
  const child = utilityProcess.fork(modulePath, [app.getVersion(), start, processors === null ? 'all' : String(processors)], { serviceName, stdio: 'pipe' });
  const { port1, port2 } = new MessageChannelMain();
  child.postMessage(null, [port1]);
  const client = connectHost(portOf(port2));
  const silenceListeners = new Set<(isSilent: boolean) => void>();
  const ended = createDeferred<EngineEnd>();
  const ready = createDeferred<readonly Diagnostic[]>();
  const gone = createDeferred<null>();
  let isAlive = true;
  let isClosing = false;

  child.once('message', ({ diagnostics }: EngineProcessReady) => ready.resolve(diagnostics));
  child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  const stopWatching = watchHeartbeat(child, {
    silence: (isSilent) => {
      for (const listener of silenceListeners) listener(isSilent);
    },
    hung: (seconds) => {
      ended.resolve({ kind: 'hung', seconds });
      kill(child.pid);
    },
  });
  whenGone(serviceName, child, (how) => {
    isAlive = false;
    stopWatching();
    ready.resolve([diagnose('engine-not-started', { kind: 'project' }, { reason: `its process ended: ${how}` })]);
    if (!isClosing) ended.resolve({ kind: 'ended', how });
    gone.resolve(null);
  });

  return {
    client,
    ready: ready.promise,
    ended: ended.promise,
    onSilence: (listener) => {
      silenceListeners.add(listener);
      return () => silenceListeners.delete(listener);
    },
    isAlive: () => isAlive,
    close: async () => {
      isClosing = true;
      const patience = setTimeout(() => kill(child.pid), closeMilliseconds);
      // Rejected only where the process has gone by itself.
      await client.close().catch(() => undefined);
      await gone.promise;
      clearTimeout(patience);
    },
  };
}

/** 'exit' comes first and has a number, Chromium's own report says why: of the two, the one that says more. */
function whenGone(serviceName: string, child: Electron.UtilityProcess, gone: (how: string) => void): void {
  const graceMilliseconds = 100;
  let reason: string | null = null;
  const learn = (_event: unknown, details: Electron.Details): void => {
    if (details.name === serviceName || details.serviceName === serviceName) reason = wordsFor(details);
  };
  app.on('child-process-gone', learn);
  child.once('exit', (code) => {
    setTimeout(() => {
      app.off('child-process-gone', learn);
      gone(reason ?? `exit code ${code}`);
    }, graceMilliseconds);
  });
}

function wordsFor({ reason, exitCode }: Electron.Details): string {
  switch (reason) {
    case 'killed':
      return 'it was killed from outside';
    case 'oom':
      return 'memory ran out';
    case 'crashed':
      return `it crashed, signal ${exitCode}`;
    case 'clean-exit':
    case 'abnormal-exit':
    case 'launch-failed':
    case 'integrity-failure':
    case 'memory-eviction':
      return `${reason}, code ${exitCode}`;
  }
}

function kill(processId: number | undefined): void {
  if (processId === undefined) return;
  try {
    // A frozen process hears nothing else.
    process.kill(processId, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function portOf(port: MessagePortMain): MessagePortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => (event === 'message' ? port.on('message', listener) : port.on('close', () => listener())),
    close: () => port.close(),
    start: () => port.start(),
  };
}
