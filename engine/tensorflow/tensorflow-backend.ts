import type { Backend } from '../session.ts';
import { bindingOf } from './native-binding.ts';
import type { NativeRuntime } from './native-runtime.ts';
import type { SpellingSettings } from './operation-spelling.ts';
import { defaultSpellingSettings } from './scan-spelling.ts';
import { openSession } from './tensorflow-session.ts';

/** Programs on TensorFlow's own operations, scans among them. */
export function tensorFlowBackend(runtime: NativeRuntime, settings: SpellingSettings = defaultSpellingSettings): Backend {
  const binding = bindingOf(runtime.tf);
  return {
    name: 'TensorFlow',
    version: runtime.version,
    threads: runtime.threads,
    open: (program, options = {}) => openSession(binding, runtime.version, program, options, settings),
  };
}
