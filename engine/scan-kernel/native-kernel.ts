import { loadNativeAddon } from '../tensorflow/native-addon.ts';

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
  const absent = (reason: string): ScanKernelLoading => ({ kind: 'absent', reason });
  const wanted = process.env[wantedVariable];
  if (wanted === 'off') return absent(`${wantedVariable} is off`);
  const loading = loadNativeAddon();
  if (loading.kind === 'absent') return loading;
  const addon = loading.addon as Addon;
  if (wanted !== undefined && wanted !== '' && !addon.chooseInstructionSet(wanted)) return absent(`${wantedVariable} asks for ${wanted}, which this processor lacks`);
  if (addon.instructionSet() === null) return absent('this processor has neither AVX2 with FMA nor NEON');
  return { kind: 'loaded', kernel: { ...addon, instructionSet: () => addon.instructionSet() ?? '' } };
}
