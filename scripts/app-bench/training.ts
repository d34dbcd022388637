import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchApp, removeFolder } from '../../test/end-to-end/support/app-driver.ts';
import type { AppDriver } from '../../test/end-to-end/support/app-driver.ts';

/** Milliseconds from pressing Train to the first loss on the screen, each in an app that was just started. */
export async function measureFirstLoss(times: number): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const app = await launchApp();
    try {
      await app.openTemplate('Sequence to sequence');
      await app.page.getByText('Engine is starting').waitFor({ state: 'hidden' });
      const seen = app.page.evaluate<number>(
        `new Promise((resolve) => {
          let pressed = null;
          addEventListener('click', (event) => { pressed = event.timeStamp; }, { capture: true, once: true });
          const look = () => {
            const name = [...document.querySelectorAll('dt')].find((term) => term.textContent === 'Training loss');
            if (pressed !== null && /[0-9]/.test(name?.nextElementSibling?.textContent ?? '')) resolve(performance.now() - pressed);
            else requestAnimationFrame(look);
          };
          look();
        })`,
      );
      await app.train();
      measured.push(await seen);
    } finally {
      await close(app);
    }
  }
  return measured;
}

/** A run of a few epochs measures its own beginning: threads are tried, the window opens the run. */
const epochs = 20;

export interface TrainingSpeed {
  /** Milliseconds a step, over whole runs but for their first epoch, with the charts on the screen. */
  readonly withCharts: readonly number[];
  readonly without: readonly number[];
}

/** The same training in one window, its dock open and closed in turn. */
export async function measureTrainingSpeed(root: string, pairs: number): Promise<TrainingSpeed> {
  const app = await launchApp();
  const folder = app.userData;
  const file = path.join(folder, 'speed.unroll');
  const speed = { withCharts: [] as number[], without: [] as number[] };
  try {
    writeFileSync(file, readFileSync(path.join(root, 'assets/templates/sequence-to-sequence.unroll'), 'utf8').replace(/"epochs": \d+/, `"epochs": ${epochs}`));
    await app.page.getByRole('button', { name: 'Open…' }).waitFor();
    await app.chooseToOpen(file);
    await app.page.keyboard.press('Control+o');
    await app.page.getByText('Engine is starting').waitFor({ state: 'hidden' });
    await app.page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).waitFor();
    for (let run = 0; run < 2 * pairs; run += 1) {
      const isOpen = run % 2 === 0;
      await app.train();
      const dock = app.page.getByRole('button', { name: 'Dock', exact: true });
      if ((await dock.getAttribute('aria-pressed')) !== String(isOpen)) await dock.click();
      await app.page.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).waitFor({ timeout: 120_000 });
      speed[isOpen ? 'withCharts' : 'without'].push(millisecondsPerStep(path.join(folder, 'runs/speed')));
    }
  } finally {
    await close(app);
  }
  return speed;
}

/** Of the newest run, its first epoch left out. */
function millisecondsPerStep(runs: string): number {
  const newest = readdirSync(runs).sort().at(-1) ?? '';
  const history = readFileSync(path.join(runs, newest, 'history.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { step: number; seconds: number });
  const [first, ...others] = history;
  const steps = (history.at(-1)?.step ?? 0) - (first?.step ?? 0);
  return (others.reduce((sum, { seconds }) => sum + seconds, 0) * 1_000) / steps;
}

export async function close(app: AppDriver): Promise<void> {
  await app.kill();
  removeFolder(app.userData);
}
