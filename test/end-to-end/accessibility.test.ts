import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, describe, expect, test } from 'vitest';
import { freshFolder, launchApp, removeFolder } from './support/app-driver.ts';
import type { AppDriver } from './support/app-driver.ts';
import { sittings } from './support/screens.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const cases = (['light', 'dark'] as const).flatMap((theme) => sittings.map((screens) => ({ theme, screens, first: screens[0]?.name })));

describe.each(cases)('in the $theme theme, from $first on', ({ theme, screens }) => {
  const userData = freshFolder();
  let app: AppDriver | undefined;

  afterAll(async () => {
    await app?.kill();
    removeFolder(userData);
  });

  test.each(screens.map(({ name, open }) => [name, open] as const))('axe finds nothing serious on the screen %s', async (_name, open) => {
    app ??= await launchApp({ userData, theme });
    await open(app);
    await app.page.waitForTimeout(200);
    await app.page.evaluate(axeSource);
    const { violations, passes } = await app.page.evaluate(() => (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run());
    expect(passes.length).toBeGreaterThan(10);
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 120)} ${failureSummary ?? ''}`).join('; ')}`)).toEqual([]);
    expect(app.complaints).toEqual([]);
  });
});
