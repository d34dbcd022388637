import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashesMatch, isVerified, publishFolder } from '../../scripts/setup/cache.mjs';
import { takeLock } from '../../scripts/setup/lock.mjs';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-cache-'));
  folder = path.join(parent, 'library-1.0');
});

afterEach(() => fs.rmSync(parent, { recursive: true, force: true }));

const fillWith = (text: string) => async (partial: string) => {
  fs.mkdirSync(path.join(partial, 'lib'));
  fs.writeFileSync(path.join(partial, 'lib/library.so'), text);
};
const library = () => path.join(folder, 'lib/library.so');
const noAnnouncement = () => {};

test('a published folder is verified and nothing else is left', async () => {
  await publishFolder(folder, fillWith('whole'));
  expect(isVerified(folder)).toBe(true);
  expect(fs.readdirSync(parent)).toEqual(['library-1.0']);
});

test('an interruption while the folder is filled leaves nothing under its name', async () => {
  const interrupted = publishFolder(folder, async (partial) => {
    await fillWith('half')(partial);
    throw new Error('interrupted');
  });
  await expect(interrupted).rejects.toThrow('interrupted');
  expect(isVerified(folder)).toBe(false);
  expect(fs.readdirSync(parent)).toEqual([]);
});

test('what a killed set-up left is removed by the next one', async () => {
  fs.mkdirSync(`${folder}.partial-99999999`);
  await publishFolder(folder, fillWith('whole'));
  expect(fs.readdirSync(parent)).toEqual(['library-1.0']);
});

test('a file that is shorter or gone is noticed on every start', async () => {
  await publishFolder(folder, fillWith('whole'));
  fs.writeFileSync(library(), 'who');
  expect(isVerified(folder)).toBe(false);
  fs.rmSync(library());
  expect(isVerified(folder)).toBe(false);
});

test('a changed byte is noticed by its hash, and publishing again mends it', async () => {
  await publishFolder(folder, fillWith('whole'));
  fs.writeFileSync(library(), 'wh0le');
  expect(isVerified(folder)).toBe(true);
  expect(await hashesMatch(folder)).toBe(false);
  await publishFolder(folder, fillWith('whole'));
  expect(await hashesMatch(folder)).toBe(true);
});

test('a folder without its stamp is not trusted', async () => {
  await publishFolder(folder, fillWith('whole'));
  fs.rmSync(path.join(folder, 'verified.json'));
  expect(isVerified(folder)).toBe(false);
});

test('two set-ups take turns', async () => {
  const lock = path.join(parent, 'setup.lock');
  const order: string[] = [];
  const release = await takeLock(lock, noAnnouncement);
  const second = takeLock(lock, (message) => order.push(message)).then((releaseSecond) => {
    order.push('second');
    releaseSecond();
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  order.push('first done');
  release();
  await second;
  expect(order).toEqual([`another set-up is at work (process ${process.pid}): waiting for it`, 'first done', 'second']);
  expect(fs.existsSync(lock)).toBe(false);
});

test('the lock of a process that is gone is taken over', async () => {
  const lock = path.join(parent, 'setup.lock');
  fs.writeFileSync(lock, '99999999');
  const release = await takeLock(lock, noAnnouncement);
  expect(fs.readFileSync(lock, 'utf8')).toBe(String(process.pid));
  release();
  expect(fs.readdirSync(parent)).toEqual([]);
});
