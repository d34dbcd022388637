// `npm run test:exports -- --graphs 1000`: the exports of so many random graphs, in every format, read back by other runtimes.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { graphs: { type: 'string', default: '300' } } });
const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/formats/exports', '--testTimeout=0', '--hookTimeout=0'], {
  env: { ...process.env, EXPORT_GRAPHS: values.graphs },
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
