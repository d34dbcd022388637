import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UnrollApi } from '../../electron/ipc/unroll-api.ts';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';

const userData = freshFolder();
let driver: AppDriver;

beforeAll(async () => {
  driver = await launchApp({ userData });
});

afterAll(async () => {
  await driver.kill();
  removeFolder(userData);
});

describe('the window', () => {
  test('opens on the gallery of templates, without a complaint', async () => {
    await driver.page.getByRole('button', { name: 'Sequence to sequence' }).waitFor();
    expect(await driver.title()).toBe('Unroll');
    expect(driver.complaints).toEqual([]);
  });

  test('is an origin of its own, whose policy knows nothing unsafe', async () => {
    const page = await driver.page.evaluate(async () => {
      const answer = await fetch(location.href);
      return { origin: location.origin, policy: answer.headers.get('content-security-policy') ?? '' };
    });
    expect(page.origin).toBe('app://unroll');
    expect(page.policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
    expect(page.policy).not.toContain('unsafe');
  });

  test('sees neither Node nor a way around the contract', async () => {
    const seen = await driver.page.evaluate(() => {
      const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'];
      return { names: names.filter((name) => name in globalThis), raw: Object.keys((window as unknown as { unroll: UnrollApi }).unroll).filter((name) => /invoke|send|channel/i.test(name)) };
    });
    expect(seen).toEqual({ names: [], raw: [] });
  });

  test('runs no text as code', async () => {
    const outcome = await driver.page.evaluate(() => {
      const element = document.createElement('script');
      element.textContent = 'globalThis.ran = true';
      document.head.append(element);
      return 'ran' in globalThis;
    });
    expect(outcome).toBe(false);
  });

  test('goes nowhere and opens nothing', async () => {
    const outcome = await driver.page.evaluate(() => {
      const opened = window.open('https://example.org/');
      location.href = 'https://example.org/';
      return opened === null;
    });
    expect(outcome).toBe(true);
    await driver.page.waitForTimeout(300);
    expect(driver.page.url()).toBe('app://unroll/index.html');
    expect(driver.app.windows()).toHaveLength(1);
  });

  test.each(['geolocation', 'notifications', 'clipboard-read', 'camera'])('is denied the permission %s', async (name) => {
    const state = await driver.page.evaluate(async (permission) => (await navigator.permissions.query({ name: permission as PermissionName })).state, name);
    expect(state).toBe('denied');
  });

  test.each([
    '/../package.json', '/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/..%5c..%5cpackage.json', '/assets/../../../package.json',
  ])('gets no file outside its folder: %s', async (address) => {
    const answer = await driver.page.evaluate(async (target) => {
      const response = await fetch(`app://unroll${target}`);
      return { status: response.status, body: await response.text() };
    }, address);
    expect(answer).toEqual({ status: 404, body: '' });
  });

  test('is refused, in words, what the contract does not allow', async () => {
    const answers = await driver.page.evaluate(async () => {
      const { unroll } = window as unknown as { unroll: Record<'newProject' | 'saveProject' | 'readRun' | 'startUp', (argument?: unknown) => Promise<unknown>> };
      return [
        await unroll.newProject({ template: '../../etc/passwd' }),
        await unroll.saveProject({ project: 'project-0000000000000000', document: {}, as: false, overwrite: false }),
        await unroll.readRun({ run: 'run-0000000000000000' }),
        await unroll.startUp({ more: 1 }),
      ];
    });
    expect(answers.map((answer) => (answer as { ok: boolean; diagnostics: { code: string }[] }).diagnostics[0]?.code)).toEqual([
      'request-refused', 'request-refused', 'handle-unknown', 'request-refused',
    ]);
  });
});
