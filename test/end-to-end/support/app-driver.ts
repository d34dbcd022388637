import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import type { Preferences } from '../../../electron/ipc/application-messages.ts';
import type { ElectronApplication, Locator, Page } from 'playwright-core';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface LaunchChoice {
  readonly engine?: 'utility' | 'main';
  /** Of an earlier launch, to start again on what it left. */
  readonly userData?: string;
  readonly theme?: 'light' | 'dark';
  /** Of the page, in pixels; the app's own choice where it is left out. */
  readonly size?: readonly [width: number, height: number];
  /** Project files, as on the command line. */
  readonly files?: readonly string[];
  /** On top of this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** In pixels of the page. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The app as a person has it, by pointer and keyboard; what the system would show (file dialogs, drops) is played by the driver. */
export interface AppDriver {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Console errors, broken security policies and uncaught errors of the page. */
  readonly complaints: readonly string[];
  readonly openTemplate: (title: string) => Promise<void>;
  /** Presses Train and waits until the run has begun. */
  readonly train: () => Promise<void>;
  /** Presses Stop. */
  readonly stop: () => Promise<void>;
  /** Waits until so many epochs of the run under way have ended. */
  readonly epochsEnded: (count: number) => Promise<void>;
  readonly verdict: () => Locator;
  readonly setEpochs: (epochs: number) => Promise<void>;
  /** What the next file dialog for opening, or for saving, is answered with. */
  readonly chooseToOpen: (file: string) => Promise<void>;
  readonly chooseToSave: (file: string) => Promise<void>;
  /** Drops files of the disk on the middle of the window, as the system does. */
  readonly drop: (...files: readonly string[]) => Promise<void>;
  /** On this place of the window. */
  readonly dropAt: (place: Place, ...files: readonly string[]) => Promise<void>;
  readonly title: () => Promise<string>;
  /** The engine's processes. */
  readonly enginePids: () => Promise<readonly number[]>;
  /** Ends the app as a power cut would. */
  readonly kill: () => Promise<void>;
}

export async function launchApp({ engine, userData = freshFolder(), theme, size, files = [], environment = {} }: LaunchChoice = {}): Promise<AppDriver> {
  const flags = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  if (theme !== undefined) writePreferences(userData, { theme, reducedMotion: 'on' });
  const placement = engine === undefined ? [] : [`--engine=${engine}`];
  const app = await _electron.launch({ args: [...flags, root, `--user-data-dir=${userData}`, ...placement, ...files], env: { ...ownEnvironment(), ...environment }, timeout: 60_000 });
  const child = app.process();
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.waitForLoadState();
  if (size !== undefined) await resize(app, size);

  const bar = page.getByRole('banner');
  const trainButton = (): Locator => bar.getByRole('button', { name: 'Train', exact: true });
  const stopButton = (): Locator => bar.getByRole('button', { name: 'Stop', exact: true });

  async function enginePids(): Promise<readonly number[]> {
    const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics());
    return metrics.filter(({ name, serviceName }) => `${name} ${serviceName}`.includes('Unroll engine')).map(({ pid }) => pid);
  }

  return {
    app,
    page,
    userData,
    complaints,
    openTemplate: async (title) => {
      await page.getByRole('button', { name: title }).first().click();
      await trainButton().waitFor();
    },
    train: async () => {
      await trainButton().click();
      await stopButton().waitFor();
    },
    stop: () => stopButton().click(),
    epochsEnded: async (count) => {
      for (const end = performance.now() + 30_000; ; await wait(20)) {
        const shown = (await bar.getByText(/^Epoch \d+ of/).textContent()) ?? '';
        if (Number(/\d+/.exec(shown)?.[0]) > count) return;
        if (performance.now() > end) throw new Error(`Epoch ${count} did not end in time.`);
      }
    },
    verdict: () => page.getByText(/^The model (?:beats|loses|shows no clear|is right)/),
    setEpochs: async (epochs) => {
      const field = page.locator('[data-region="inspector"]').getByLabel('Epochs', { exact: true });
      await field.fill(String(epochs));
      await field.press('Enter');
    },
    chooseToOpen: (file) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, file),
    chooseToSave: (file) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
      }, file),
    drop: async (...dropped) => {
      const { width, height } = (await page.locator('body').boundingBox()) ?? { width: 0, height: 0 };
      await dropFiles(page, { x: width / 2, y: height / 2 }, dropped);
    },
    dropAt: (place, ...dropped) => dropFiles(page, place, dropped),
    title: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? ''),
    enginePids,
    kill: () => kill(child),
  };
}

function writePreferences(userData: string, preferences: Partial<Preferences>): void {
  mkdirSync(userData, { recursive: true });
  writeFileSync(path.join(userData, 'preferences.json'), JSON.stringify(preferences));
}

async function resize(app: ElectronApplication, [width, height]: readonly [number, number]): Promise<void> {
  await app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height), { width, height });
}

export function freshFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'unroll-app-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function dropFiles(page: Page, { x, y }: Place, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const place = { x: Math.round(x), y: Math.round(y), data };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...place });
  await session.detach();
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  // Its helpers notice a moment later; until then they hold files of the folder.
  await wait(300);
}

function ownEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
