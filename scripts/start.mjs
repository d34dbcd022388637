// `npm start`, after the set-up: opens the window; where there is no display, trains in the terminal.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWindow } from './start/open-window.mjs';
import { obstacleToWindow } from './start/obstacle-to-window.mjs';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const parameters = process.argv.slice(2);
const obstacle = obstacleToWindow(root);

if (obstacle === null) {
  process.exitCode = await openWindow(root, parameters);
} else {
  console.log(`start: ${obstacle}, so no window can be opened: training in the terminal instead`);
  const { status } = spawnSync(process.execPath, [path.join(root, 'cli/unroll.mjs'), 'start', ...parameters], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
