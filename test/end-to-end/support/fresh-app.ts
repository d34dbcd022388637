import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { freshFolder, launchApp, removeFolder } from './app-driver.ts';
import type { AppDriver, LaunchChoice } from './app-driver.ts';

export interface FreshApp {
  /** The test's own folder. */
  readonly folder: () => string;
  /** Starts the app, which keeps what it keeps in that folder. */
  readonly open: (choice?: Omit<LaunchChoice, 'userData'>) => Promise<AppDriver>;
}

/** For every test of a file a folder of its own, in which it may start the app; both are gone when the test is over. */
export function freshAppForEachTest(): FreshApp {
  let folder = '';
  let app: AppDriver | undefined;
  beforeEach(() => {
    folder = freshFolder();
  });
  afterEach(async () => {
    await app?.kill();
    app = undefined;
    removeFolder(folder);
  });
  return {
    folder: () => folder,
    open: async (choice = {}) => (app = await launchApp({ ...choice, userData: path.join(folder, 'app') })),
  };
}
