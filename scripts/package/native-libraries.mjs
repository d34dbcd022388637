import fs from 'node:fs';
import path from 'node:path';
import { isVerified, publishFolder } from '../setup/cache.mjs';
import { tryTool } from '../setup/run-tool.mjs';
import { libraryFolder, wheelFor } from '../setup/tensorflow-library.mjs';

const notices = 'THIRD_PARTY_NOTICES.txt';

/**
 * Puts TensorFlow's libraries where the addon of a package looks for them, without their symbols: a quarter of their size,
 * which nothing reads. The stripped ones are kept in the cache.
 * @param {import('../setup/step-list.mjs').Checkout} checkout
 * @param {string} folder
 */
export async function placeNativeLibraries(checkout, folder) {
  const whole = libraryFolder(checkout);
  const stripped = `${whole}-stripped`;
  const { libraries } = wheelFor(checkout.platform);
  if (!isVerified(stripped)) {
    await publishFolder(stripped, async (partial) => {
      for (const name of [...libraries, notices]) {
        fs.copyFileSync(path.join(whole, 'tensorflow', name), path.join(partial, name));
        fs.chmodSync(path.join(partial, name), 0o644);
      }
      for (const name of libraries) await strip(path.join(partial, name));
    });
  }
  fs.mkdirSync(folder, { recursive: true });
  for (const name of [...libraries, notices]) fs.copyFileSync(path.join(stripped, name), path.join(folder, name), fs.constants.COPYFILE_FICLONE);
}

/** Where there is no strip, the library stays as it is: larger, and no different. */
async function strip(file) {
  const parameters = process.platform === 'darwin' ? ['-x', file] : ['--strip-unneeded', file];
  await tryTool('strip', parameters);
}
