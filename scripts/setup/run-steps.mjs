import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from './cache.mjs';
import { takeLock } from './lock.mjs';
import { requireTools } from './machine-tools.mjs';
import { stopRunningTools } from './run-tool.mjs';
import { describeFailure } from './setup-failure.mjs';
import { stepList } from './step-list.mjs';

/**
 * Does every step that is not done yet, one printed line each.
 * @param {{verifyHashes: boolean}} options verifyHashes: read every cached byte again instead of comparing sizes
 * @returns {Promise<number>} exit code: 0 ready, 1 a step failed
 */
export async function runSteps({ verifyHashes }) {
  const began = performance.now();
  const checkout = {
    root: path.resolve(fileURLToPath(new URL('../..', import.meta.url))),
    cache: cacheRoot(),
    platform: `${process.platform}-${process.arch}`,
  };
  const announce = (message) => console.log(`set-up: ${message}`);
  let current = 'looking for the tools it needs';
  let stepBegan = began;
  let release = () => {};
  const stop = () => {
    stopRunningTools();
    release();
    process.exit(130);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  try {
    const damaged = verifyHashes ? await findDamaged(checkout) : new Set();
    const isOpen = (step) => damaged.has(step) || !step.isReady(checkout);
    if (stepList.some(isOpen)) {
      release = await takeLock(path.join(checkout.cache, 'setup.lock'), announce);
      await requireTools(stepList.filter(isOpen).flatMap((step) => step.needs), announce);
      for (const step of stepList) {
        if (!isOpen(step)) continue;
        current = step.name;
        stepBegan = performance.now();
        process.stdout.write(`set-up: ${step.name} … `);
        const outcome = await step.run(checkout);
        console.log(`${outcome}, ${secondsSince(stepBegan)}`);
      }
    }
    announce(`ready (${secondsSince(began)})`);
    return 0;
  } catch (error) {
    console.log('');
    console.error(`set-up: ${current} failed after ${secondsSince(stepBegan)}\n${describeFailure(error)}`);
    return 1;
  } finally {
    release();
  }
}

async function findDamaged(checkout) {
  const damaged = new Set();
  for (const step of stepList) {
    if (step.hashesMatch !== undefined && !(await step.hashesMatch(checkout))) damaged.add(step);
  }
  return damaged;
}

function secondsSince(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
