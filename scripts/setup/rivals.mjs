import fs from 'node:fs';
import path from 'node:path';
import { cacheRoot } from './cache.mjs';

/** The rivals of the benchmark, from PyPI, at the versions that docs/performance.md speaks of. */
export const rivalPackages = ['keras==3.15.0', 'tensorflow-cpu==2.21.0', 'jax==0.10.2', 'optax==0.2.8', 'torch==2.15.0'];

/** @returns {string} the Python that has the rivals, once `npm run setup:rivals` has run */
export function rivalsPython() {
  return path.join(cacheRoot(), 'rivals', 'bin', 'python');
}

/** @returns {boolean} */
export function rivalsAreThere() {
  return fs.existsSync(path.join(cacheRoot(), 'rivals', 'complete'));
}
