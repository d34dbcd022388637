import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type AddonLoading =
  | { readonly kind: 'loaded'; readonly addon: unknown }
  /** `reason` says why in a clause. */
  | { readonly kind: 'absent'; readonly reason: string };

let loaded: AddonLoading | undefined;

/**
 * Loads our own native code, the scan kernel and graph sessions, once a process. TensorFlow must be loaded before, since it is
 * given the kernel's operations, and no graph that has them may have been loaded yet.
 */
export function loadNativeAddon(): AddonLoading {
  loaded ??= load();
  return loaded;
}

function load(): AddonLoading {
  const require = createRequire(import.meta.url);
  const absent = (reason: string): AddonLoading => ({ kind: 'absent', reason });
  let file: string;
  try {
    file = path.join(path.dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'lib/napi-v8/scan_kernel.node');
  } catch {
    return absent('the npm packages are not installed');
  }
  if (!fs.existsSync(file)) return absent('it was not built for this machine (`npm run setup -- --verify` tries again)');
  try {
    return { kind: 'loaded', addon: require(file) as unknown };
  } catch (error) {
    return absent(error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error));
  }
}
