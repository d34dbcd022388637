import { buildApp } from '../build.mjs';
import { findElectron } from '../setup/electron-runtime.mjs';
import { checkoutOf } from '../start/obstacle-to-window.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/**
 * Bundles the app and starts a display for it that nobody sees.
 * @param {string} root the project's folder
 * @returns {Promise<{environment: Record<string, string>, stop: () => void}>} environment: with which the test's driver starts the app
 */
export async function prepareApp(root) {
  await buildApp();
  const display = process.platform === 'linux' ? await startVirtualDisplay() : null;
  return {
    environment: { ELECTRON_OVERRIDE_DIST_PATH: findElectron(checkoutOf(root)).folder, ...(display === null ? {} : { DISPLAY: display.name }) },
    stop: () => display?.stop(),
  };
}
