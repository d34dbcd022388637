import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { rivalPackages, rivalsAreThere, rivalsPython } from './setup/rivals.mjs';

/** Makes the Python environment that `npm run bench` compares with. Does nothing the second time. */
function run(command, words, what) {
  process.stdout.write(`${what} …\n`);
  const { status } = spawnSync(command, words, { stdio: 'inherit' });
  if (status === 0) return;
  process.stderr.write(`setup:rivals: ${what} failed (see above). On Debian, python3-venv may be missing: apt-get install python3-venv.\n`);
  process.exit(1);
}

if (rivalsAreThere()) {
  process.stdout.write(`rivals: ready at ${rivalsPython()}\n`);
} else {
  const folder = path.dirname(path.dirname(rivalsPython()));
  run('python3', ['-m', 'venv', '--clear', folder], 'a Python environment');
  run(rivalsPython(), ['-m', 'pip', 'install', '--quiet', ...rivalPackages], rivalPackages.join(', '));
  fs.writeFileSync(path.join(folder, 'complete'), `${rivalPackages.join('\n')}\n`);
  process.stdout.write(`rivals: ready at ${rivalsPython()}\n`);
}
