// `npm test`: every check, one after the other, each with its outcome; the last line counts them.
// What follows `--` goes to vitest: `npm test -- test/core`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExemptions } from './test/exemptions.mjs';
import { countTests, summaryLine } from './test/test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const staticChecks = [
  { name: 'types', program: 'node_modules/typescript/bin/tsc', parameters: ['--noEmit'] },
  { name: 'types of core without Node', program: 'node_modules/typescript/bin/tsc', parameters: ['--noEmit', '-p', 'tsconfig.core.json'] },
  { name: 'lint and room arrows', program: 'node_modules/oxlint/bin/oxlint', parameters: ['--type-aware', '--deny-warnings'] },
  { name: 'dead code and dependencies', program: 'node_modules/knip/bin/knip.js', parameters: [] },
];

const counts = { passed: 0, failed: 0, skipped: 0 };

for (const { name, program, parameters } of staticChecks) {
  const { succeeded, seconds } = runProgram(name, program, parameters);
  counts[succeeded ? 'passed' : 'failed'] += 1;
  console.log(`${succeeded ? '✓' : '✗'} ${name} (${seconds} s)`);
}
const tests = runTests(process.argv.slice(2));
for (const outcome of ['passed', 'failed', 'skipped']) counts[outcome] += tests[outcome];

const exemptions = findExemptions(root);
if (exemptions.length > 0) console.log(`exemptions from checks: ${exemptions.length}\n${exemptions.map((line) => `  ${line}`).join('\n')}`);
console.log(summaryLine(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

function runTests(filters) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unroll-tests-'));
  const report = path.join(folder, 'report.json');
  const parameters = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters];
  const { succeeded, seconds } = runProgram('tests', 'node_modules/vitest/vitest.mjs', parameters);
  const text = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : undefined;
  fs.rmSync(folder, { recursive: true, force: true });
  const counted = countTests(text, succeeded);
  console.log(`${counted.failed === 0 ? '✓' : '✗'} tests (${seconds} s)`);
  return counted;
}

/** Runs a program of node_modules with its output on ours. */
function runProgram(name, program, parameters) {
  console.log(`\n── ${name}`);
  const began = performance.now();
  const { status, error } = spawnSync(process.execPath, [program, ...parameters], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) console.error(error.message);
  return { succeeded: status === 0, seconds: ((performance.now() - began) / 1000).toFixed(1) };
}
