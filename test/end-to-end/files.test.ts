import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver, LaunchChoice } from './support/app-driver.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const drivers: AppDriver[] = [];
const folders: string[] = [];

function folder(): string {
  const made = freshFolder();
  folders.push(made);
  return made;
}

async function open(choice: LaunchChoice = {}): Promise<AppDriver> {
  const driver = await launchApp({ userData: folder(), ...choice });
  drivers.push(driver);
  return driver;
}

afterEach(async () => {
  for (const driver of drivers.splice(0)) await driver.kill();
  for (const made of folders.splice(0)) removeFolder(made);
});

async function save(app: AppDriver): Promise<void> {
  await app.page.keyboard.press('Control+s');
  await app.page.getByText('Saved as ', { exact: false }).first().waitFor();
}

test('unsaved work comes back after the app was killed', async () => {
  const first = await open();
  await first.openTemplate('Ten steps');
  await first.setEpochs(17);
  await expect.poll(() => first.title()).toMatch(/^● Ten steps/);
  await first.page.waitForTimeout(300);
  await first.kill();

  const second = await open({ userData: first.userData });
  await second.page.getByRole('heading', { name: 'Work that was not saved' }).waitFor();
  await second.page.getByRole('region', { name: 'Work that was not saved' }).getByRole('button').first().click();
  expect(await second.page.getByLabel('Epochs').inputValue()).toBe('17');
  await second.page.getByText('was brought back with its unsaved changes', { exact: false }).first().waitFor();
});

test('a project that is saved and opened again is the same, and leaves no draft', async () => {
  const file = path.join(folder(), 'waves.unroll');
  const first = await open();
  await first.openTemplate('Ten steps');
  await first.setEpochs(3);
  await first.chooseToSave(file);
  await save(first);
  await expect.poll(() => first.title()).toBe('waves – Unroll');
  const saved = readFileSync(file, 'utf8');
  expect(JSON.parse(saved)).toMatchObject({ format: 'unroll-project', training: { epochs: 3 } });
  await first.kill();

  const second = await open({ userData: first.userData, files: [file] });
  expect(await second.page.getByLabel('Epochs').inputValue()).toBe('3');
  expect(await second.title()).toBe('waves – Unroll');
  await second.setEpochs(4);
  await second.page.keyboard.press('Control+z');
  await save(second);
  expect(readFileSync(file, 'utf8')).toBe(saved);
  await second.kill();

  const third = await open({ userData: first.userData });
  await third.page.getByRole('button', { name: 'Ten steps' }).first().waitFor();
  expect(await third.page.getByRole('heading', { name: 'Work that was not saved' }).count()).toBe(0);
  expect(await third.page.getByRole('button', { name: /waves/ }).count()).toBeGreaterThan(0);
});

test('sample data is laid beside the project that is saved, and its runs move along', async () => {
  const place = folder();
  const app = await open();
  await app.openTemplate('Seattle weather');
  await app.setEpochs(1);
  await app.train();
  await app.verdict().first().waitFor({ timeout: 60_000 });
  await app.chooseToSave(path.join(place, 'weather'));
  await save(app);
  expect(existsSync(path.join(place, 'weather.unroll'))).toBe(true);
  expect(readFileSync(path.join(place, 'seattle-weather-daily.csv'))).toEqual(readFileSync(path.join(root, 'assets/data/seattle-weather-daily.csv')));
  expect(JSON.parse(readFileSync(path.join(place, 'weather.unroll'), 'utf8'))).toMatchObject({ data: [{ file: 'seattle-weather-daily.csv' }] });
  const listed = spawnSync('ls', [path.join(place, 'runs/weather')], { encoding: 'utf8' });
  expect(listed.stdout.trim()).toMatch(/^\d{4}-\d{2}-\d{2}-\d{6}-seed-\d+$/);
  // The command line judges what the window trained.
  const run = path.join(place, 'runs/weather', listed.stdout.trim());
  const judged = spawnSync(process.execPath, [path.join(root, 'cli/unroll.mjs'), 'evaluate', run, '--part', 'test', '--json'], { encoding: 'utf8' });
  expect(JSON.parse(judged.stdout)).toMatchObject({ epochs: 1, test: { perColumn: [{ column: 'temp_max' }, { column: 'temp_min' }] } });
});

test('a file that another program changes is noticed, and not written over', async () => {
  const file = path.join(folder(), 'waves.unroll');
  const app = await open();
  await app.openTemplate('Ten steps');
  await app.chooseToSave(file);
  await save(app);
  const foreign = readFileSync(file, 'utf8').replace('"epochs": 20', '"epochs": 21');
  writeFileSync(file, foreign);
  await app.page.getByRole('dialog', { name: 'The file was changed by another program' }).waitFor();
  await app.page.getByRole('button', { name: 'Read it again' }).click();
  await expect.poll(() => app.page.getByLabel('Epochs').inputValue()).toBe('21');
  expect(readFileSync(file, 'utf8')).toBe(foreign);
});

test('a full disk is said, and takes nothing from the file or the window', async (context) => {
  const place = folder();
  const small = path.join(place, 'small');
  mkdirSync(small);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
  if (mounted.status !== 0) return context.skip('mounting a small disk is not allowed here');
  try {
    const file = path.join(small, 'waves.unroll');
    const app = await open();
    await app.openTemplate('Ten steps');
    await app.chooseToSave(file);
    await save(app);
    const before = readFileSync(file, 'utf8');
    spawnSync('dd', ['if=/dev/zero', `of=${path.join(small, 'filler')}`, 'bs=1k']);
    await app.setEpochs(5);
    await app.page.keyboard.press('Control+s');
    await app.page.getByText(`${file} could not be written: the disk is full.`, { exact: false }).first().waitFor();
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(await app.page.getByLabel('Epochs').inputValue()).toBe('5');
    rmSync(path.join(small, 'filler'));
    await save(app);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ training: { epochs: 5 } });
    await app.kill();
    return undefined;
  } finally {
    spawnSync('umount', [small]);
  }
});

test('a second start gives its file to the first', async () => {
  const file = path.join(folder(), 'handed over.unroll');
  writeFileSync(file, readFileSync(path.join(root, 'assets/templates/ten-steps.unroll')));
  const app = await open();
  await app.page.getByRole('button', { name: 'Ten steps' }).first().waitFor();
  const executable = await app.app.evaluate(() => process.execPath);
  const flags = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const second = spawnSync(executable, [...flags, root, `--user-data-dir=${app.userData}`, file], { timeout: 20_000 });
  expect(second.status).toBe(0);
  await expect.poll(() => app.title()).toBe('handed over – Unroll');
});

test('a project that is damaged is refused in words', async () => {
  const file = path.join(folder(), 'cut off.unroll');
  writeFileSync(file, readFileSync(path.join(root, 'assets/templates/ten-steps.unroll'), 'utf8').slice(0, 700));
  const app = await open({ files: [file] });
  await app.page.getByText('It was cut off: bring it back from a copy.', { exact: false }).first().waitFor();
  expect(await app.title()).toBe('Unroll');
});

test('a CSV file that is dropped becomes a Series node; an image and ten files are refused', async () => {
  const place = folder();
  const csv = path.join(place, 'tide.csv');
  const rows = Array.from({ length: 200 }, (_, row) => `2026-01-01T${String(Math.floor(row / 60) % 24).padStart(2, '0')}:${String(row % 60).padStart(2, '0')},${Math.sin(row / 7).toFixed(4)}`);
  writeFileSync(csv, ['time,level', ...rows].join('\n'));
  const image = path.join(place, 'image.png');
  writeFileSync(image, Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
  const many = Array.from({ length: 10 }, (_, number) => path.join(place, `${number}.csv`));
  for (const file of many) writeFileSync(file, 'a\n1\n');

  const app = await open();
  await app.openTemplate('Empty project');
  await app.drop(image);
  await app.page.getByText('"image.png" is neither a CSV file nor an Unroll project nor a Keras model.', { exact: false }).first().waitFor();
  await app.drop(...many);
  await app.page.getByText('10 files were dropped; one at a time is opened.', { exact: false }).first().waitFor();
  await app.drop(csv);
  await app.page.getByRole('dialog', { name: 'tide.csv' }).getByRole('button', { name: 'Add Series node' }).click();
  await app.page.getByText('Series 1').first().waitFor();
  expect(await app.title()).toBe('● Untitled – Unroll');
});

test('panels and the window come back as large as they were left', async () => {
  const first = await open({ size: [1300, 820] });
  await first.openTemplate('Ten steps');
  const edge = first.page.getByRole('separator', { name: 'Height of the dock' });
  const { x, y, width } = (await edge.boundingBox())!;
  await first.page.mouse.move(x + width / 2, y + 3);
  await first.page.mouse.down();
  await first.page.mouse.move(x + width / 2, y + 83, { steps: 4 });
  await first.page.mouse.up();
  await first.page.getByRole('separator', { name: 'Width of the inspector' }).press('ArrowLeft');
  await first.page.getByRole('button', { name: 'Palette', exact: true }).click();
  const left = await sizes(first);
  expect(left).toEqual({ window: [1300, 820], dock: '200', inspector: '312', palettes: 0 });
  // What a page stores reaches the disk a little later.
  await first.page.waitForTimeout(500);
  await first.app.close();

  const second = await open({ userData: first.userData });
  await second.openTemplate('Ten steps');
  expect(await sizes(second)).toEqual(left);

  async function sizes({ app, page }: AppDriver): Promise<unknown> {
    const inPixels = (name: string) => page.getByRole('separator', { name }).getAttribute('aria-valuenow');
    return {
      window: await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getContentSize()),
      dock: await inPixels('Height of the dock'),
      inspector: await inPixels('Width of the inspector'),
      palettes: await page.getByRole('navigation', { name: 'Palette' }).count(),
    };
  }
});
