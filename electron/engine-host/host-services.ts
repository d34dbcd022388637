import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { openFileDoor } from '../../engine/files/file-door.ts';
import type { HostServices } from '../../engine/host/host-services.ts';
import { loadTensorFlow, NativeRuntimeError } from '../../engine/tensorflow/native-runtime.ts';
import type { NativeRuntime } from '../../engine/tensorflow/native-runtime.ts';
import { tensorFlowBackend } from '../../engine/tensorflow/tensorflow-backend.ts';
import type { ThreadChoice } from '../../engine/training/thread-choice.ts';
import { parseCsv } from '../../formats/csv/parse-csv.ts';

/** What most models want, so that TensorFlow can be loaded before a model is known. */
export const usualChoice: ThreadChoice = { threads: 1, oneDnn: false };

/** Loads TensorFlow for at most so many processors (null: all), or says why it cannot be loaded. Call it once a process; in the main process, before the app is ready. */
export function loadRuntime({ threads, oneDnn }: ThreadChoice, processors: number | null): Result<NativeRuntime> {
  try {
    return succeed(loadTensorFlow({ oneDnn, ...(threads === null ? {} : { threads }), ...(processors === null ? {} : { processors }) }));
  } catch (error) {
    if (!(error instanceof NativeRuntimeError)) throw error;
    return fail(diagnose('engine-unavailable', { kind: 'project' }, { reason: error.message }));
  }
}

export interface LoadedRuntime {
  readonly runtime: Result<NativeRuntime>;
  readonly choice: ThreadChoice;
  /** `keep`: a model that wants other settings runs with these. `restart`: it is refused, to be started in a fresh process. */
  readonly whenOther: 'keep' | 'restart';
}

/** What the engine's host is given. `loaded`: TensorFlow is in this process already; null: it is loaded for the first model. */
export function hostServices(unrollVersion: string, loaded: LoadedRuntime | null, processors: number | null): HostServices {
  return {
    files: openFileDoor(),
    readCsv: (bytes, file, choice) => parseCsv(bytes, { file, ...choice }),
    loadExportWriters: async () => (await import('../../formats/export-writers.ts')).formatWriters,
    versions: { unroll: unrollVersion, node: process.versions.node, electron: process.versions['electron'] ?? '' },
    loadBackend: (choice) => {
      const runtime = loaded === null ? loadRuntime(choice, processors) : fitting(loaded, choice);
      return Promise.resolve(runtime.ok ? succeed(tensorFlowBackend(runtime.value)) : runtime);
    },
  };
}

function fitting({ runtime, choice, whenOther }: LoadedRuntime, wanted: ThreadChoice): Result<NativeRuntime> {
  const fits = choice.threads === wanted.threads && choice.oneDnn === wanted.oneDnn;
  return fits || whenOther === 'keep' ? runtime : fail(diagnose('engine-restart-needed', { kind: 'project' }, {}));
}
