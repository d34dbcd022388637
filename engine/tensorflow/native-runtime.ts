import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';

export type TensorFlow = typeof import('@tensorflow/tfjs-node');

export type NativeRuntimeOptions = {
  /** Threads inside one operation. Small recurrent nets are fastest with 1. Default: every processor's. */
  readonly threads?: number;
  /** oneDNN's kernels: faster for wide layers, slower for small recurrent ones, and free to change the order of sums. Default: off. */
  readonly oneDnn?: boolean;
  /** The most that work at once: threads inside one operation, and those that share one scan. Default: all there are. */
  readonly processors?: number;
};

export type NativeRuntime = {
  readonly tf: TensorFlow;
  /** The version of the native library, as it states it itself. */
  readonly version: string;
  /** Threads inside one operation. */
  readonly threads: number;
  readonly oneDnn: boolean;
  readonly processors: number;
};

/** The native library is not where tfjs-node looks for it, or cannot be loaded. */
export class NativeRuntimeError extends Error {
  override readonly name = 'NativeRuntimeError';
  readonly whatToDo: string;

  constructor(reason: string, cause: unknown) {
    const whatToDo = 'Run `npm run setup` in the folder that holds package.json; it fetches and builds what is missing.';
    super(`TensorFlow's native library could not be loaded: ${reason}. ${whatToDo}`, { cause });
    this.whatToDo = whatToDo;
  }
}

const threadsVariable = 'TF_NUM_INTRAOP_THREADS';
let loaded: NativeRuntime | undefined;

/**
 * Loads TensorFlow's native library through tfjs-node, once a process: the library reads its settings while it is loaded, so
 * later calls return the first runtime and must not ask for other settings. To be called on one thread of a process only;
 * in an Electron main process before the app is ready.
 *
 * @throws NativeRuntimeError when the library is missing or cannot be loaded
 * @throws RangeError when threads or processors are no positive integers
 * @throws Error when the runtime is loaded already with other settings
 */
export function loadTensorFlow(options: NativeRuntimeOptions = {}): NativeRuntime {
  const { oneDnn = false } = options;
  for (const [name, count] of Object.entries({ threads: options.threads, processors: options.processors })) {
    if (count !== undefined && (!Number.isInteger(count) || count < 1)) throw new RangeError(`${name} must be a positive integer, found ${count}`);
  }
  const wanted = wantedSettings(options);
  if (loaded !== undefined) {
    requireSameSettings(loaded, wanted);
    return loaded;
  }
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_ENABLE_ONEDNN_OPTS'] = oneDnn ? '1' : '0';
  if (wanted.threads !== undefined) process.env[threadsVariable] = String(wanted.threads);
  restoreRemovedNodeFunctions();
  const tf = requireTensorFlow();
  const binding = tf.backend() as unknown as { readonly binding: { readonly TF_Version: string } };
  loaded = { tf, version: binding.binding.TF_Version, threads: Number(process.env[threadsVariable]) || os.availableParallelism(), oneDnn, processors: wanted.processors ?? os.availableParallelism() };
  return loaded;
}

interface WantedSettings {
  readonly threads: number | undefined;
  readonly oneDnn: boolean | undefined;
  readonly processors: number | undefined;
}

/** A limit holds for threads too, and is never more than the machine has. */
function wantedSettings({ threads, oneDnn, processors }: NativeRuntimeOptions): WantedSettings {
  if (processors === undefined) return { threads, oneDnn, processors };
  const limit = Math.min(processors, os.availableParallelism());
  return { threads: Math.min(threads ?? limit, limit), oneDnn, processors: limit };
}

function requireSameSettings(runtime: NativeRuntime, wanted: WantedSettings): void {
  const names = ['threads', 'oneDnn', 'processors'] as const;
  if (names.every((name) => wanted[name] === undefined || wanted[name] === runtime[name])) return;
  const printed = (settings: WantedSettings): string => names.map((name) => `${name} ${settings[name] ?? 'default'}`).join(', ');
  throw new Error(`TensorFlow is loaded with ${printed(runtime)} in this process, asked for with ${printed(wanted)}: start another process for it`);
}

function requireTensorFlow(): TensorFlow {
  const require = createRequire(import.meta.url);
  let packageFile: string;
  try {
    packageFile = require.resolve('@tensorflow/tfjs-node/package.json');
  } catch (error) {
    throw new NativeRuntimeError('the npm packages are not installed', error);
  }
  const bindingFile = path.join(path.dirname(packageFile), 'lib/napi-v8/tfjs_binding.node');
  if (!fs.existsSync(bindingFile)) throw new NativeRuntimeError('its binding tfjs_binding.node is missing', undefined);
  try {
    return withoutBanner(() => require('@tensorflow/tfjs-node') as TensorFlow);
  } catch (error) {
    throw new NativeRuntimeError(error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error), error);
  }
}

// tfjs-core greets or advises through console.warn while it is loaded; standard output and error belong to the caller.
function withoutBanner<Result>(load: () => Result): Result {
  const { log, info, warn } = console;
  const silent = (): void => {};
  Object.assign(console, { log: silent, info: silent, warn: silent });
  try {
    return load();
  } finally {
    Object.assign(console, { log, info, warn });
  }
}

// Node 23 removed two functions that tfjs-node 4.22 calls.
function restoreRemovedNodeFunctions(): void {
  const functions = util as unknown as Record<string, unknown>;
  functions['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  functions['isArray'] ??= Array.isArray;
}
