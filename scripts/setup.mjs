#!/usr/bin/env node
// Prepares this checkout: `node scripts/setup.mjs`. Runs before node_modules exists, so it and scripts/setup/ use Node alone.
// The version comes first and in old syntax: everything behind the import may use what Node 20.19 knows.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `set-up: Node ${process.versions.node} is too old: Unroll needs Node 20.19 or newer. Install it (https://nodejs.org), then run the command again.`,
  );
  process.exitCode = 1;
} else {
  void import('./setup/run-steps.mjs').then(async ({ runSteps }) => {
    process.exitCode = await runSteps({ verifyHashes: process.argv.includes('--verify') });
  });
}
