import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The native half of the scan kernel, loaded into this process. */
export interface NativeScanKernel {
  /** The instruction set that scans run with: a run's last bits depend on it. */
  readonly instructionSet: () => string;
  /** Makes scans opened from now on use another one; false where this processor has none of that name. */
  readonly chooseInstructionSet: (name: string) => boolean;
  /** Why bytecode is invalid; null where it is not. */
  readonly refusal: (program: string) => string | null;
  /** Threads that share the series of one large scan, from 1 to 256. */
  readonly setThreads: (threads: number) => void;
}

export type ScanKernelLoading =
  | { readonly kind: 'loaded'; readonly kernel: NativeScanKernel }
  /** Scans run as ordinary operations, slower and no different; `reason` says why in a clause. */
  | { readonly kind: 'absent'; readonly reason: string };

interface Addon extends Omit<NativeScanKernel, 'instructionSet'> {
  readonly instructionSet: () => string | null;
}

let loaded: ScanKernelLoading | undefined;

/** An instruction set by name, or `off`: what to run scans on instead of the best there is. For tests and comparisons. */
const wantedVariable = 'UNROLL_SCAN_KERNEL';

/**
 * Loads the kernel, once a process. TensorFlow must be loaded before, since the kernel gives its operations to it, and
 * no graph with a kernel's scan may have been loaded yet.
 */
export function loadScanKernel(threads: number): ScanKernelLoading {
  loaded ??= load();
  if (loaded.kind === 'loaded') loaded.kernel.setThreads(threads);
  return loaded;
}

function load(): ScanKernelLoading {
  const require = createRequire(import.meta.url);
  const absent = (reason: string): ScanKernelLoading => ({ kind: 'absent', reason });
  const wanted = process.env[wantedVariable];
  if (wanted === 'off') return absent(`${wantedVariable} is off`);
  let file: string;
  try {
    file = path.join(path.dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'lib/napi-v8/scan_kernel.node');
  } catch {
    return absent('the npm packages are not installed');
  }
  if (!fs.existsSync(file)) return absent('it was not built for this machine (`npm run setup -- --verify` tries again)');
  try {
    const addon = require(file) as Addon;
    if (wanted !== undefined && wanted !== '' && !addon.chooseInstructionSet(wanted)) return absent(`${wantedVariable} asks for ${wanted}, which this processor lacks`);
    if (addon.instructionSet() === null) return absent('this processor has neither AVX2 with FMA nor NEON');
    return { kind: 'loaded', kernel: { ...addon, instructionSet: () => addon.instructionSet() ?? '' } };
  } catch (error) {
    return absent(error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error));
  }
}
