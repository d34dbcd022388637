import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import path from 'node:path';

const settleMilliseconds = 150;

/**
 * Calls back some time after a file may have changed, appeared or gone. The folder is watched, because programs save by
 * renaming. Gives the function that ends it; a folder that cannot be watched is passed over.
 */
export function watchFile(file: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher;
  try {
    watcher = watch(path.dirname(file), { persistent: false }, (_event, name) => {
      if (name !== null && name !== path.basename(file)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, settleMilliseconds);
    });
  } catch {
    return () => undefined;
  }
  watcher.on('error', () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
