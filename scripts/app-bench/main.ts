// Measures the app as a person has it: `npm run bench:app [-- --pairs 10 --json --write]`; --write: into docs/performance.md.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quantile } from '../bench/statistics.ts';
import { writeSections } from '../bench/performance-page.ts';
import { prepareApp } from '../test/prepare-app.mjs';
import { measureDragging } from './canvas.ts';
import { measureChartUpdates } from './chart-updates.ts';
import { measureMemory } from './memory.ts';
import { windowSection, type AppReport } from './report.ts';
import { printSpread, spreadOf } from './spread.ts';
import { measureStartup } from './startup.ts';
import { measureFirstLoss, measureTrainingSpeed } from './training.ts';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '10' }, json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } } });
const pairs = Number(values.pairs);
const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const say = (text: string): void => void (values.json ? process.stderr : process.stdout).write(`${text}\n`);

const { environment, stop } = await prepareApp(root);
Object.assign(process.env, environment);

try {
  const startup = await measureStartup(root, path.join(environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron'), pairs);
  say(`npm start to the gallery      ${printSpread(spreadOf(startup.npmStart), 'ms')}; wanted: at most 2500`);
  say(`an empty Electron window      ${printSpread(spreadOf(startup.emptyWindow), 'ms')}`);
  const firstLoss = await measureFirstLoss(pairs);
  say(`Train to the first loss       ${printSpread(spreadOf(firstLoss), 'ms')}; wanted: at most 1500`);
  const speed = await measureTrainingSpeed(root, pairs);
  const ratios = speed.withCharts.map((time, pair) => time / (speed.without[pair] ?? NaN));
  say(`a step with charts            ${printSpread(spreadOf(speed.withCharts), 'ms', 3)}`);
  say(`a step without                ${printSpread(spreadOf(speed.without), 'ms', 3)}`);
  say(`with / without, in pairs      ${printSpread(spreadOf(ratios), '', 3)}; wanted: at most 1.03`);
  const chartUpdates = await measureChartUpdates();
  say(`the loss chart is drawn       ${chartUpdates.toFixed(1)} times a second; wanted: at least 10`);
  const dragging = [];
  for (const nodes of [100, 1_000]) {
    const frames = await measureDragging(nodes);
    dragging.push({ nodes, frames: frames.length, median: quantile(frames, 0.5), p95: quantile(frames, 0.95) });
    say(`a frame, ${nodes} nodes, ten dragged  median ${quantile(frames, 0.5).toFixed(1)} ms, p95 ${quantile(frames, 0.95).toFixed(1)} ms of ${frames.length}${nodes === 1_000 ? '; wanted: p95 at most 20' : ''}`);
  }
  const memory = await measureMemory();
  say('memory, MB: on the gallery, with a project, after a training');
  for (const { process: name, gallery, project, trained } of memory) {
    say(`  ${name.padEnd(34)} ${[gallery, project, trained].map((value) => (value === null ? '–' : value.toFixed(0)).padStart(6)).join(' ')}`);
  }
  const report: AppReport = { pairs, startup: { npmStart: spreadOf(startup.npmStart), emptyWindow: spreadOf(startup.emptyWindow) }, firstLoss: spreadOf(firstLoss), trainingSpeed: { withCharts: spreadOf(speed.withCharts), without: spreadOf(speed.without), ratio: spreadOf(ratios) }, chartUpdates, dragging, memory };
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (values.write) writeSections({ window: windowSection(report) });
} finally {
  stop();
}
process.exit(0);
