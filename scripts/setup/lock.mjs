import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../../engine/python/run-program.mjs';
import { SetupFailure } from './setup-failure.mjs';

const patienceMilliseconds = 15 * 60_000;

/**
 * Lets one set-up work at a time. The lock is a file that holds the owner's process id; one whose owner is gone is taken over.
 * @param {string} file
 * @param {(message: string) => void} announce told once when another set-up has to be waited for
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeLock(file, announce) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const began = Date.now();
  let announced = false;
  for (;;) {
    if (tryCreate(file)) return () => fs.rmSync(file, { force: true });
    const owner = readOwner(file);
    if (owner === undefined) {
      await wait(50);
    } else if (!isAlive(owner)) {
      takeAside(file, owner);
    } else {
      if (!announced) announce(`another set-up is at work (process ${owner}): waiting for it`);
      announced = true;
      await wait(250);
    }
    if (Date.now() - began > patienceMilliseconds) {
      throw new SetupFailure(
        `another set-up holds the lock ${file} for more than ${patienceMilliseconds / 60_000} minutes`,
        `if process ${owner} is no set-up of Unroll, delete that file and run \`npm run setup\` again`,
      );
    }
  }
}

// A link to a file that is already written: nobody can ever read a lock without its owner's number.
function tryCreate(file) {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

// Renaming is atomic: of several that found the owner gone, one moves the old lock away. Should that one move a lock that was
// taken in between, it is put back.
function takeAside(file, deadOwner) {
  const aside = `${file}.abandoned-${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (readOwner(aside) !== deadOwner) fs.linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function readOwner(file) {
  try {
    const owner = Number.parseInt(fs.readFileSync(file, 'utf8'), 10);
    return Number.isNaN(owner) ? undefined : owner;
  } catch {
    return undefined;
  }
}
