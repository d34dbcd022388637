import type { Backend } from '../session.ts';
import { bindingOf } from './native-binding.ts';
import type { NativeRuntime } from './native-runtime.ts';
import type { SpellingSettings } from './operation-spelling.ts';
import { defaultSpellingSettings } from './scan-spelling.ts';
import { openSession } from './tensorflow-session.ts';

/** Programs on TensorFlow's own operations, scans among them. */
export function tensorFlowBackend(runtime: NativeRuntime, settings: SpellingSettings = defaultSpellingSettings): Backend {
  const binding = bindingOf(runtime.tf);
  // TensorFlow reads this when its first session is made: negative means that graphs run on the calling thread. Waking
  // another thread for each of thousands of small operations made steps of small recurrent nets 1.3 times as long.
  if (runtime.threads === 1) process.env['TF_NUM_INTEROP_THREADS'] ??= '-1';
  return {
    name: 'TensorFlow',
    version: runtime.version,
    threads: runtime.threads,
    open: (program, options = {}) => openSession(binding, runtime.version, program, options, settings),
  };
}
