// `npm test`: every check, one after the other, each with its outcome; the last line counts them.
// What follows `--` goes to vitest: `npm test -- test/core`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whatWindowsLack } from './start/obstacle-to-window.mjs';
import { findExemptions } from './test/exemptions.mjs';
import { prepareApp } from './test/prepare-app.mjs';
import { countTests, summaryLine } from './test/test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A test that spins cannot be stopped from inside: after so long the whole run is given up, and counted as failed. */
const longestRun = 35 * 60_000;

const staticChecks = [
  { name: 'types', program: 'node_modules/typescript/bin/tsc', parameters: ['--noEmit'] },
  { name: 'types of core without Node', program: 'node_modules/typescript/bin/tsc', parameters: ['--noEmit', '-p', 'tsconfig.core.json'] },
  { name: 'types of the window', program: 'node_modules/typescript/bin/tsc', parameters: ['--noEmit', '-p', 'tsconfig.renderer.json'] },
  { name: 'types of the end-to-end tests', program: 'node_modules/typescript/bin/tsc', parameters: ['--noEmit', '-p', 'test/end-to-end'] },
  { name: 'lint and room arrows', program: 'node_modules/oxlint/bin/oxlint', parameters: ['--type-aware', '--deny-warnings'] },
  { name: 'dead code and dependencies', program: 'node_modules/knip/bin/knip.js', parameters: [] },
];

const counts = { passed: 0, failed: 0, skipped: 0 };

for (const { name, program, parameters } of staticChecks) {
  const { succeeded, seconds } = runProgram(name, program, parameters);
  counts[succeeded ? 'passed' : 'failed'] += 1;
  console.log(`${succeeded ? '✓' : '✗'} ${name} (${seconds} s)`);
}
const filters = process.argv.slice(2);
const endToEndFilters = filters.filter((filter) => filter.startsWith('test/end-to-end'));
const otherFilters = filters.filter((filter) => !endToEndFilters.includes(filter));
if (filters.length === 0 || otherFilters.length > 0) count(runTests('tests', otherFilters));
if (filters.length === 0 || endToEndFilters.length > 0) count(await runEndToEndTests(endToEndFilters));

const exemptions = findExemptions(root);
if (exemptions.length > 0) console.log(`exemptions from checks: ${exemptions.length}\n${exemptions.map((line) => `  ${line}`).join('\n')}`);
console.log(summaryLine(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

function count(tests) {
  for (const outcome of ['passed', 'failed', 'skipped']) counts[outcome] += tests[outcome];
}

/** The real app on a display that nobody sees. A machine that cannot open windows skips them, but not where everything must hold. */
async function runEndToEndTests(chosen) {
  const obstacle = whatWindowsLack(root);
  if (obstacle !== null) {
    console.log(`\n── end-to-end tests\n${obstacle}`);
    return process.env['CI'] ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
  }
  const { environment, stop } = await prepareApp(root);
  try {
    return runTests('end-to-end tests', ['--config', 'vitest.end-to-end.config.ts', ...chosen], environment);
  } finally {
    stop();
  }
}

function runTests(name, choice, environment = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-tests-'));
  const report = path.join(folder, 'report.json');
  const parameters = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...choice];
  const { succeeded, seconds } = runProgram(name, 'node_modules/vitest/vitest.mjs', parameters, environment);
  const text = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : undefined;
  fs.rmSync(folder, { recursive: true, force: true });
  const counted = countTests(text, succeeded);
  console.log(`${counted.failed === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  return counted;
}

/** Runs a program of node_modules with its output on ours. */
function runProgram(name, program, parameters, environment = {}) {
  console.log(`\n── ${name}`);
  const began = performance.now();
  const { status, error } = spawnSync(process.execPath, [program, ...parameters], { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit'], timeout: longestRun, killSignal: 'SIGKILL' });
  if (error !== undefined) console.error(error.message);
  return { succeeded: status === 0, seconds: ((performance.now() - began) / 1000).toFixed(1) };
}
