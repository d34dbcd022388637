import { diagnose } from '../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../core/diagnostics/result.ts';
import type { HostClient } from '../engine/host/client.ts';
import type { HostServices } from '../engine/host/host-services.ts';
import { startHostInProcess } from '../engine/host/in-process.ts';
import packageFacts from '../package.json' with { type: 'json' };
import { loadExportWriters } from './load-export-writers.ts';
import { exitCodeOfSignal } from './outcome.ts';
import { noProgressLine, openProgressLine } from './output/progress-line.ts';
import type { ProgressLine } from './output/progress-line.ts';
import { readCsv } from './read-csv.ts';
import type { Surroundings } from './surroundings.ts';

export interface EngineSession {
  readonly engine: HostClient;
  readonly progress: ProgressLine;
  /** The signal that asked to stop (Ctrl+C, or a polite kill), or null. */
  readonly stopSignal: () => NodeJS.Signals | null;
}

/**
 * An engine for as long as `work` takes, its progress shown where there is a terminal. The first Ctrl+C asks a training
 * to stop after its step, a second one ends the process at once.
 *
 * @param processors the most that it uses; all where it is left out
 */
export async function withEngine<Value>(surroundings: Surroundings, work: (session: EngineSession) => Promise<Value>, processors?: number): Promise<Value> {
  const { door, progressTerminal } = surroundings;
  const versions = { unroll: packageFacts.version, node: process.versions.node };
  const engine = startHostInProcess({ loadBackend: backendLoader(processors), files: door, readCsv, loadExportWriters, versions });
  const progress = progressTerminal === null ? noProgressLine : openProgressLine(progressTerminal);
  const unsubscribe = engine.subscribe(progress.show);

  let received: NodeJS.Signals | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    if (received !== null) process.exit(exitCodeOfSignal(signal));
    received = signal;
    progress.say('stopping after this step …');
    // Rejected only where the engine has ended by itself, and then training has ended too.
    engine.cancel().catch(() => undefined);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work({ engine, progress, stopSignal: () => received });
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    unsubscribe();
    progress.clear();
    await engine.close().catch(() => undefined);
  }
}

const backendLoader = (processors: number | undefined): HostServices['loadBackend'] => async ({ threads, oneDnn }) => {
  // TensorFlow takes a second to load: only commands that run a model pay for it.
  const { loadTensorFlow, NativeRuntimeError } = await import('../engine/tensorflow/native-runtime.ts');
  const { tensorFlowBackend } = await import('../engine/tensorflow/tensorflow-backend.ts');
  try {
    return succeed(tensorFlowBackend(loadTensorFlow({ oneDnn, ...(threads === null ? {} : { threads }), ...(processors === undefined ? {} : { processors }) })));
  } catch (error) {
    if (!(error instanceof NativeRuntimeError)) throw error;
    return fail(diagnose('engine-unavailable', { kind: 'project' }, { reason: error.message }));
  }
};
