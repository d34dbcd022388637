import { loadScanKernel } from '../scan-kernel/native-kernel.ts';
import type { Backend } from '../session.ts';
import type { GraphLoader } from './loaded-graph.ts';
import { bindingOf } from './native-binding.ts';
import { nativeGraphLoader } from './native-graph.ts';
import type { NativeRuntime } from './native-runtime.ts';
import type { SpellingSettings } from './operation-spelling.ts';
import { savedModelLoader } from './saved-model-graph.ts';
import { kernelRefusal } from './scan-kernel-spelling.ts';
import { defaultSpellingSettings } from './scan-spelling.ts';
import { openSession } from './tensorflow-session.ts';

/**
 * Programs on TensorFlow's own operations, scans on the scan kernel where it is built and takes them.
 *
 * @param wanted how scans are spelled; the kernel is left out where it is not there, whatever this says
 * @param load how graphs are run: in sessions of our own where the addon is built
 */
export function tensorFlowBackend(
  runtime: NativeRuntime,
  wanted: SpellingSettings = { ...defaultSpellingSettings, scanKernel: true },
  load: GraphLoader = nativeGraphLoader(runtime.threads) ?? savedModelLoader(bindingOf(runtime.tf), runtime.version),
): Backend {
  // Whatever TensorFlow uses: large scans alone are shared among threads, the bits do not depend on them, and helpers sleep
  // meanwhile. A small net trains on one thread and still predicts a thousand series on all.
  const kernel = loadScanKernel(runtime.processors);
  const settings = { ...wanted, scanKernel: wanted.scanKernel && kernel.kind === 'loaded' };
  // TensorFlow reads this when its first session is made: negative means that graphs run on the calling thread. Waking
  // another thread for each of thousands of small operations made steps of small recurrent nets 1.3 times as long.
  if (runtime.threads === 1) process.env['TF_NUM_INTEROP_THREADS'] ??= '-1';
  return {
    name: 'TensorFlow',
    version: runtime.version,
    threads: runtime.threads,
    scans: settings.scanKernel && kernel.kind === 'loaded'
      ? { kind: 'kernel', instructionSet: kernel.kernel.instructionSet(), refusal: kernelRefusal }
      : { kind: 'plain', reason: kernel.kind === 'absent' ? kernel.reason : 'ordinary operations were asked for' },
    open: (program, options = {}) => openSession(load, program, options, settings),
  };
}
