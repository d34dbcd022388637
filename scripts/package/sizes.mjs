import fs from 'node:fs';
import path from 'node:path';
import { formatSize, sizeOfFolder } from '../setup/cache.mjs';

const unpacked = 'resources/app.asar.unpacked/node_modules/@tensorflow/tfjs-node';
const parts = [
  { name: "TensorFlow's libraries", place: `${unpacked}/deps` },
  { name: 'binding and scan kernel', place: `${unpacked}/lib` },
  { name: 'ONNX Runtime', place: 'resources/app.asar.unpacked/node_modules/onnxruntime-node' },
  { name: "Unroll, its templates and data, TensorFlow's JavaScript half", place: 'resources/app.asar' },
];

/** What a package's bytes are spent on, a line a part; the rest is Electron. @param {string} folder @returns {string[]} */
export function describeParts(folder) {
  const own = parts.map(({ name, place }) => ({ name, size: sizeOf(path.join(folder, place)) }));
  const whole = sizeOfFolder(folder);
  const electron = whole - own.reduce((sum, { size }) => sum + size, 0);
  return [...own, { name: 'Electron', size: electron }, { name: 'in all', size: whole }].map(({ name, size }) => `${formatSize(size).padStart(9)}  ${name}`);
}

function sizeOf(place) {
  const facts = fs.statSync(place);
  return facts.isDirectory() ? sizeOfFolder(place) : facts.size;
}
