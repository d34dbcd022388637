import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, removeFolder } from './support/app-driver.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Outside the checkout, so that nothing of it can be found by accident.
const output = freshFolder();
const userData = freshFolder();
/** What was unpacked of the .tar.gz, and the root that the .deb was unpacked into. */
const unpackedArchive = freshFolder();
const debianRoot = freshFolder();
let said: string;
let child: ChildProcess | undefined;

const made = (ending: string): string => path.join(output, readdirSync(output).find((name) => name.endsWith(ending)) ?? `no ${ending}`);

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts/package.mjs'), '--out', output], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  said = stdout;
  execFileSync('tar', ['-xzf', made('.tar.gz'), '-C', unpackedArchive]);
  execFileSync('dpkg-deb', ['--extract', made('.deb'), debianRoot]);
}, 600_000);

afterAll(() => {
  child?.kill('SIGKILL');
  for (const folder of [output, userData, unpackedArchive, debianRoot]) removeFolder(folder);
});

describe('what npm run package makes', () => {
  test('a package made from the registry runtime says so in its name', () => {
    const [folder] = readdirSync(unpackedArchive);
    const isTestRuntime = readFileSync(path.join(unpackedArchive, folder!, 'version'), 'utf8').trim() === '42.0.0';
    expect(folder).toMatch(isTestRuntime ? /^unroll-[\d.]+-linux-x64-test-runtime$/ : /^unroll-[\d.]+-linux-x64$/);
    expect(path.basename(made('.deb'), '.deb')).toBe(folder);
  });

  test('it says what its bytes are spent on, and keeps every format below 320 MB', () => {
    expect(said).toMatch(/MB {2}TensorFlow's libraries\n/);
    expect(said).toMatch(/MB {2}in all\n/);
    for (const ending of ['.tar.gz', '.deb']) expect(readFileSync(made(ending)).byteLength).toBeLessThan(320e6);
  });

  test('it holds the app, its licences, and nothing else', () => {
    const folder = path.join(unpackedArchive, readdirSync(unpackedArchive)[0]!);
    expect(readdirSync(path.join(folder, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    const unpacked = path.join(folder, 'resources/app.asar.unpacked/node_modules/@tensorflow/tfjs-node');
    expect(readdirSync(unpacked).sort()).toEqual(['deps', 'lib']);
    expect(readdirSync(path.join(unpacked, 'lib/napi-v8')).sort()).toEqual(['scan_kernel.node', 'tfjs_binding.node']);
    expect(readdirSync(path.join(unpacked, 'deps/lib')).sort()).toEqual(['THIRD_PARTY_NOTICES.txt', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']);
    const archive = readFileSync(path.join(folder, 'resources/app.asar'));
    const names = archive.subarray(0, 400_000).toString('latin1');
    expect(names).toContain('seattle-weather.unroll');
    expect(names).not.toMatch(/"(?:test|renderer\.tsx|vitest|electron-builder|typescript)"/);
    expect(existsSync(path.join(folder, 'verified.json'))).toBe(false);
    const notices = readFileSync(path.join(folder, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const name of ['@tensorflow/tfjs-node 4.22.0 (Apache-2.0)', '@xyflow/react', 'zod']) expect(notices).toContain(name);
  });

  test('the Debian package puts unroll on the path, and the file type into the desktop', () => {
    const field = (name: string): string => execFileSync('dpkg-deb', ['--field', made('.deb'), name], { encoding: 'utf8' }).trim();
    expect([field('Package'), field('Architecture')]).toEqual(['unroll', 'amd64']);
    expect(readFileSync(path.join(debianRoot, 'usr/share/applications/unroll.desktop'), 'utf8')).toContain('MimeType=application/x-unroll-project;application/x-keras-model;');
    expect(existsSync(path.join(debianRoot, 'usr/share/icons/hicolor/256x256/apps/unroll.png'))).toBe(true);
    expect(readlinkSync(path.join(debianRoot, 'usr/bin/unroll'))).toBe('/opt/unroll/unroll');
  });
});

describe('an unpacked .tar.gz', () => {
  test('starts away from the checkout and trains on data out of its archive', async () => {
    const page = await start(path.join(unpackedArchive, readdirSync(unpackedArchive)[0]!));
    await page.getByRole('button', { name: 'Seattle weather' }).first().click();
    const epochs = page.getByLabel('Epochs');
    await epochs.fill('2');
    await epochs.press('Enter');
    await page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText(/^The model beats naive/).first().waitFor({ timeout: 90_000 });
    expect(await page.getByText('TensorFlow 2.21.0', { exact: false }).count()).toBeGreaterThan(0);
  });
});

describe('an installed .deb on the command line, without a display, Node or Python', () => {
  const work = freshFolder();
  afterAll(() => removeFolder(work));

  test('makes a project, trains it, judges it and takes the model away', () => {
    expect(unroll('new', 'seattle-weather')).toContain('unroll train seattle-weather.unroll');
    expect(unroll('train', 'seattle-weather.unroll', '--epochs', '1', '--out', 'run')).toMatch(/^On the validation part the model /m);
    expect(unroll('evaluate', 'run', '--part', 'test')).toMatch(/^On the test part the model /m);
    unroll('export', 'run', '--format', 'savedmodel', '--out', 'model');
    expect(readdirSync(path.join(work, 'model'))).toContain('saved_model.pb');
    expect(unroll('export', 'run', '--format', 'onnx', '--scaler', 'inside', '--out', 'model.onnx')).toMatch(/^Verified in ONNX Runtime /m);
    expect(unroll('export', 'run', '--format', 'tfjs', '--out', 'browser')).toMatch(/^Verified in TensorFlow\.js /m);
    // Keras's own format needs Python to be proven; without it the card says so.
    unroll('export', 'run', '--format', 'keras', '--out', 'model.keras');
    expect(readFileSync(path.join(work, 'model.keras.card.md'), 'utf8')).toMatch(/not (been )?(proven|verified)/i);
  });

  test('says what is missing for the Python that would prove the rest, and takes what is pinned out of its archive', () => {
    const none = run('python', '--make');
    expect([none.status, none.stderr]).toEqual([1, expect.stringMatching(/^error: The Python environment could not be made: no Python 3\.11 to 3\.13 was found\. Install one/)]);
    // A Python, and a package index that does not answer.
    const { status, stderr } = runWith({ PATH: process.env['PATH'] ?? '', PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_NO_INDEX: '0', PIP_FIND_LINKS: '' }, 'python', '--make');
    expect([status, stderr]).toEqual([1, expect.stringContaining('pip does not reach the package index')]);
    expect(readdirSync(path.join(work, '.cache/unroll'))).toEqual([]);
  });

  test('a word that is no command is refused, with its exit code', () => {
    const { status, stderr } = run('trian');
    expect([status, stderr]).toEqual([2, expect.stringContaining("Unknown command 'trian'. (Did you mean train?)")]);
  });

  function unroll(...words: readonly string[]): string {
    const { status, stdout, stderr } = run(...words);
    if (status !== 0) throw new Error(`unroll ${words.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
    return stdout;
  }

  function run(...words: readonly string[]) {
    return runWith({}, ...words);
  }

  function runWith(environment: Readonly<Record<string, string>>, ...words: readonly string[]) {
    // All that the launcher needs, and neither Node nor Python.
    const programs = path.join(work, 'programs');
    mkdirSync(programs, { recursive: true });
    for (const name of ['dirname', 'readlink']) if (!existsSync(path.join(programs, name))) symlinkSync(`/usr/bin/${name}`, path.join(programs, name));
    return spawnSync(path.join(debianRoot, 'opt/unroll/unroll'), words, { cwd: work, env: { PATH: programs, HOME: work, ...environment }, encoding: 'utf8' });
  }
});

/** Over Chromium's own port: a package has the fuses blown through which a driver would reach its main process. */
async function start(folder: string): Promise<Page> {
  const flags = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const started = spawn(path.join(folder, 'unroll'), [...flags, '--remote-debugging-port=0', `--user-data-dir=${userData}`], { cwd: output, stdio: ['ignore', 'ignore', 'pipe'] });
  child = started;
  const address = await new Promise<string>((resolve, reject) => {
    started.stderr.on('data', (chunk: Buffer) => {
      const found = /DevTools listening on (ws:\S+)/.exec(chunk.toString());
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    started.once('exit', (code) => reject(new Error(`the package ended with code ${code}`)));
  });
  // Playwright may wait for ever for a page that appears while it connects.
  await expect.poll(async () => (await (await fetch(`http://${new URL(address).host}/json/list`)).text()).includes('app://unroll/index.html'), { timeout: 20_000 }).toBe(true);
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('The package has no page.');
  return context.pages()[0] ?? context.waitForEvent('page');
}
