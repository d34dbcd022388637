import { cacheRoot } from '../setup/cache.mjs';
import { findElectron } from '../setup/electron-runtime.mjs';
import { missingWindowPackages } from '../setup/window-libraries.mjs';

/**
 * Why no window can be opened here, as the beginning of a sentence; null where one can.
 * @param {string} root the project's folder
 */
export function obstacleToWindow(root) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'this machine has no display (DISPLAY is not set)';
  return whatWindowsLack(root);
}

/**
 * What is not there for a window, whatever the display, as the beginning of a sentence; null where nothing is missing.
 * @param {string} root the project's folder
 */
export function whatWindowsLack(root) {
  if (findElectron(checkoutOf(root)) === undefined) return 'Electron is not there';
  const missing = missingWindowPackages();
  return missing.length === 0 ? null : `this machine lacks ${missing.join(', ')} (for example: sudo apt-get install ${missing.join(' ')})`;
}

/** @param {string} root @returns {import('../setup/step-list.mjs').Checkout} */
export function checkoutOf(root) {
  return { root, cache: cacheRoot(), platform: `${process.platform}-${process.arch}` };
}
