#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that a wrong version or a missing set-up is said in words.
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Unroll needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

try {
  const { register } = await import('tsx/esm/api');
  register();
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('Unroll is not set up yet. Run "npm start" once in the checkout (or "npm run setup"); it says what it does.');
  process.exit(1);
}

const { main } = await import('./main.ts');
await main(process.argv.slice(2), { applicationFolder: fileURLToPath(new URL('..', import.meta.url)), command: 'npx unroll' });
