import { spawn } from 'node:child_process';
import { buildApp } from '../build.mjs';
import { findElectron } from '../setup/electron-runtime.mjs';
import { checkoutOf } from './obstacle-to-window.mjs';

/**
 * Bundles the app where its sources have changed, and runs it until its window is closed.
 * @param {string} root the project's folder
 * @param {readonly string[]} parameters for the app: a project to open, --engine=main
 * @returns {Promise<number>} exit code
 */
export async function openWindow(root, parameters) {
  const built = await buildApp();
  if (built !== null) console.log(`start: ${built}`);
  const electron = findElectron(checkoutOf(root));
  const child = spawn(electron.executable, [...electronFlags(), root, ...parameters], { stdio: ['ignore', 'inherit', 'inherit'] });
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`start: ${electron.executable} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Chromium refuses to run as root with its sandbox on. @returns {string[]} */
function electronFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
