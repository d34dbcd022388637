#!/usr/bin/env node
// Photographs every screen in both themes and two sizes, and draws a graph: `npm run screenshots`. They lie in docs/images.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { prepareApp } from './test/prepare-app.mjs';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const folder = path.join(root, 'docs/images');
const sizes = [[1280, 800], [1920, 1080]];

register();
const { launchApp, removeFolder } = await import('../test/end-to-end/support/app-driver.ts');
const { sittings } = await import('../test/end-to-end/support/screens.ts');
const { environment, stop } = await prepareApp(root);
Object.assign(process.env, environment);

try {
  fs.mkdirSync(folder, { recursive: true });
  draw('encoder-decoder');
  for (const theme of ['light', 'dark']) for (const size of sizes) for (const screens of sittings) await photograph(screens, theme, size);
} finally {
  stop();
}

async function photograph(screens, theme, size) {
  const app = await launchApp({ theme, size });
  try {
    for (const { name, open } of screens) {
      await open(app);
      // What fades in has faded in, and the pointer rests on nothing.
      await app.page.mouse.move(size[0] / 2, 2);
      await app.page.waitForTimeout(400);
      const file = path.join(folder, `${name}-${theme}-${size.join('x')}.png`);
      await app.page.screenshot({ path: file, scale: 'css' });
      console.log(path.relative(root, file));
    }
  } finally {
    await app.kill();
    removeFolder(app.userData);
  }
}

function draw(template) {
  const file = path.join(folder, `${template}.svg`);
  fs.rmSync(file, { force: true });
  execFileSync(process.execPath, ['cli/unroll.mjs', 'draw', `assets/templates/${template}.unroll`, '--shapes', '--out', file], { cwd: root });
  console.log(path.relative(root, file));
}
