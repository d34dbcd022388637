#!/usr/bin/env node
// Draws the app's icons from assets/icons/icon.svg: `npm run icons`, after the drawing has changed.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const folder = fileURLToPath(new URL('../assets/icons/', import.meta.url));
const drawing = fs.readFileSync(path.join(folder, 'icon.svg'), 'utf8');

for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  const picture = new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng();
  fs.writeFileSync(path.join(folder, `${size}x${size}.png`), picture);
}
