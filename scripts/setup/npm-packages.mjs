import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { formatSize, sizeOfFolder } from './cache.mjs';
import { findNpm } from './machine-tools.mjs';
import { runTool } from './run-tool.mjs';

/** @type {import('./step-list.mjs').Step} */
export const npmPackages = {
  name: 'npm packages',
  needs: ['npm'],
  isReady: (checkout) => installedAsLocked(checkout.root),
  async run(checkout) {
    const npm = await findNpm();
    const parameters = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--prefer-offline'];
    await outliveEarlierInstallation(() => runTool(npm.command, [...npm.parameters, ...parameters], {
      folder: checkout.root,
      whatToDo: 'check the network and npm\'s registry setting (`npm config get registry`), then run `npm run setup` again',
    }));
    const installed = readJson(path.join(checkout.root, 'node_modules/.package-lock.json'));
    return `${Object.keys(installed.packages).length} packages, ${formatSize(sizeOfFolder(path.join(checkout.root, 'node_modules')))}`;
  },
};

// Where an earlier set-up was killed outright, its npm may still be writing, and folders that this one empties fill up again.
async function outliveEarlierInstallation(install) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await install();
    } catch (error) {
      if (attempt === 3 || !error.output?.includes('ENOTEMPTY')) throw error;
      await wait(4000);
    }
  }
}

/**
 * Does node_modules hold what the lockfile says? npm writes what it really installed into node_modules/.package-lock.json
 * when it is done, so an interrupted or outdated installation is recognised without a stamp of our own.
 * @param {string} root
 */
export function installedAsLocked(root) {
  let locked, installed;
  try {
    locked = readJson(path.join(root, 'package-lock.json')).packages;
    installed = readJson(path.join(root, 'node_modules/.package-lock.json')).packages;
  } catch {
    return false;
  }
  const wanted = Object.entries(locked).filter(([name]) => name !== '');
  return wanted.every(([name, entry]) => {
    const found = installed[name];
    if (found === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** @param {string} root @param {string} name @returns {string} the integrity hash that the lockfile pins for a package */
export function lockedIntegrity(root, name) {
  return readJson(path.join(root, 'package-lock.json')).packages[`node_modules/${name}`].integrity;
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
