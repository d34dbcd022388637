import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppDriver } from './app-driver.ts';
import { nodeOnCanvas } from './draw.ts';
import { foreignModel } from './foreign-model.ts';

const weather = fileURLToPath(new URL('../../../assets/data/seattle-weather-daily.csv', import.meta.url));

/** A screen of the app, and how a person who is at the one before it gets there. */
export interface Screen {
  readonly name: string;
  readonly open: (app: AppDriver) => Promise<void>;
}

async function showTab(app: AppDriver, name: string): Promise<void> {
  await app.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
}

/** From nothing to a verdict, and what stands beside it. */
const drawing: readonly Screen[] = [
  {
    name: 'gallery',
    open: async ({ page }) => page.getByRole('button', { name: 'Sequence to sequence' }).first().waitFor(),
  },
  {
    name: 'canvas',
    open: async (app) => app.openTemplate('Seattle weather'),
  },
  {
    name: 'inspector',
    open: async ({ page }) => nodeOnCanvas(page, 'LSTM 1').click(),
  },
  {
    name: 'node-menu',
    open: async ({ page }) => {
      await nodeOnCanvas(page, 'LSTM 1').click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'quick-add',
    open: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      await page.keyboard.press('Tab');
      await page.getByRole('dialog', { name: /^Add a node/ }).waitFor();
    },
  },
  {
    name: 'data',
    open: async (app) => {
      await app.page.keyboard.press('Escape');
      await nodeOnCanvas(app.page, 'Series 1').click();
      await showTab(app, 'Data');
      await app.page.locator('.uplot, canvas').first().waitFor();
    },
  },
  {
    name: 'problems',
    open: async (app) => {
      await nodeOnCanvas(app.page, 'Dense 1').click();
      await app.page.locator('[data-region="inspector"]').getByLabel('Units', { exact: true }).fill('3');
      await app.page.keyboard.press('Enter');
      await showTab(app, 'Problems');
    },
  },
  {
    name: 'training',
    open: async (app) => {
      await app.page.keyboard.press('Control+z');
      await app.page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
      // Long enough to be looked at: an epoch takes a fiftieth of a second.
      await app.setEpochs(200);
      await app.train();
      await app.epochsEnded(20);
    },
  },
  {
    name: 'verdict',
    open: async (app) => {
      await app.verdict().first().waitFor({ timeout: 60_000 });
    },
  },
  { name: 'evaluation', open: (app) => showTab(app, 'Evaluation') },
  { name: 'runs', open: (app) => showTab(app, 'Runs') },
  {
    name: 'preferences',
    open: async ({ page }) => {
      await page.keyboard.press('Control+,');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'keys',
    open: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];

async function trainTemplate(app: AppDriver, title: string, epochs: number): Promise<void> {
  await app.openTemplate(title);
  await trainFor(app, epochs);
}

async function trainFor(app: AppDriver, epochs: number): Promise<void> {
  await app.page.locator('.workspace-canvas').click({ position: { x: 300, y: 20 } });
  await app.setEpochs(epochs);
  await app.train();
  await app.verdict().first().waitFor({ timeout: 60_000 });
}

/** A forecast with its bands, and what is asked before and after a training. */
const bands: readonly Screen[] = [
  {
    name: 'bands',
    open: async (app) => {
      await trainTemplate(app, 'Weather with bands', 10);
      await showTab(app, 'Evaluation');
      await app.page.getByText(/^The 80 % band holds/).waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'export',
    open: async (app) => {
      await showTab(app, 'Runs');
      await app.page.getByRole('button', { name: /^Export/ }).first().click();
      await app.page.getByRole('dialog', { name: 'Export the model' }).waitFor();
    },
  },
  {
    name: 'use-model',
    open: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Use this model…' }).click();
      await page.getByRole('region', { name: 'Python program' }).waitFor();
    },
  },
  {
    name: 'picture',
    open: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Project menu' }).click();
      await page.getByRole('menuitem', { name: /^Export picture/ }).click();
      await page.getByRole('dialog', { name: 'Export picture' }).locator('svg text').first().waitFor();
    },
  },
  {
    name: 'learning-rate',
    open: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.locator('[data-region="inspector"]').getByRole('button', { name: 'Find a learning rate' }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Use / }).waitFor({ timeout: 60_000 });
    },
  },
];

/** Classes instead of a forecast, and a file that is dropped. */
const classes: readonly Screen[] = [
  {
    name: 'classes',
    open: async (app) => {
      await trainTemplate(app, 'Faster wave', 3);
      await showTab(app, 'Evaluation');
      await app.page.getByRole('table').first().waitFor();
    },
  },
  {
    name: 'columns',
    open: async (app) => {
      await app.drop(weather);
      await app.page.getByRole('dialog', { name: /seattle-weather/ }).waitFor();
    },
  },
];

/** Gaps that are filled. */
const gaps: readonly Screen[] = [
  {
    name: 'filled-gaps',
    open: async (app) => {
      await trainTemplate(app, 'Bidirectional imputer on the CO2 gaps', 5);
      await showTab(app, 'Evaluation');
      await app.page.locator('.evaluation-chart canvas').first().waitFor({ timeout: 30_000 });
    },
  },
];

/** A vector from which the network draws a series. */
const drawn: readonly Screen[] = [
  {
    name: 'drawn-wave',
    open: async (app) => {
      await trainTemplate(app, 'A wave drawn from its four numbers', 1);
      await showTab(app, 'Evaluation');
      await app.page.locator('.evaluation-chart canvas').first().waitFor({ timeout: 30_000 });
    },
  },
];

/** Quantiles with their band, two runs beside each other, and what is asked before something is given up. */
const quantiles: readonly Screen[] = [
  {
    name: 'quantiles',
    open: async (app) => {
      const { page } = app;
      await app.openTemplate('Seattle weather');
      await nodeOnCanvas(page, 'Forecast 1').click();
      const inspector = page.locator('[data-region="inspector"]');
      await inspector.getByLabel('Loss', { exact: true }).selectOption('quantile');
      await inspector.getByLabel('Quantiles', { exact: true }).fill('0.1, 0.5, 0.9');
      await page.keyboard.press('Enter');
      await showTab(app, 'Problems');
      await page.getByRole('tabpanel').getByRole('button', { name: /^Set units of Dense 1/ }).click();
      await trainFor(app, 10);
      await showTab(app, 'Evaluation');
      await page.locator('.evaluation-chart canvas').last().waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'test-part',
    open: async ({ page }) => page.getByRole('group', { name: 'Part' }).getByRole('button', { name: 'Test' }).click(),
  },
  {
    name: 'compared-runs',
    open: async (app) => {
      await trainFor(app, 20);
      await showTab(app, 'Runs');
      const boxes = app.page.getByRole('region', { name: 'Runs' }).getByRole('checkbox');
      await boxes.nth(1).check();
      await boxes.first().check();
      await app.page.getByRole('region', { name: 'Comparison' }).locator('canvas').waitFor();
    },
  },
  {
    name: 'closing',
    open: async ({ page }) => {
      await page.keyboard.press('Control+w');
      await page.getByRole('dialog', { name: 'Save before closing?' }).waitFor();
    },
  },
];

/** Another program's model, with a layer that Unroll does not have. */
const imported: readonly Screen[] = [
  {
    name: 'imported',
    open: async (app) => {
      await app.page.getByRole('button', { name: 'Sequence to sequence' }).first().waitFor();
      await app.drop(await foreignModel(path.join(app.userData, 'strange.keras'), { unknownLayer: true }));
      await nodeOnCanvas(app.page, 'unit_norm').click();
      await showTab(app, 'Problems');
    },
  },
];

/** Every screen, in sittings that each begin with an app that has just started; each screen follows from the one before. */
export const sittings: readonly (readonly Screen[])[] = [drawing, bands, classes, gaps, drawn, quantiles, imported];
