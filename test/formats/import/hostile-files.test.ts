import { beforeAll, expect, it } from 'vitest';
import { importKeras } from '../../../formats/keras/import-keras.ts';
import { hostileFiles, type HostileFile } from './hostile-files.ts';
import { refusal } from './refusal.ts';
import { goodWeights, kerasFile } from './small-keras-file.ts';

let files: readonly HostileFile[];
let weights: Uint8Array;
beforeAll(async () => {
  weights = await goodWeights();
  files = await hostileFiles();
  await importKeras('x.keras', kerasFile({ weights }));
});

it('the same file without the offence is read', async () => {
  const read = await importKeras('x.keras', kerasFile({ weights }));
  expect(read.ok && [...read.value.weights].map(([name, { values }]) => [name, [...values]])).toEqual([['dense/kernel', [3, 4]]]);
});

it('every hostile file is refused with its own sentence, soon and without taking memory', async () => {
  expect(files.length).toBeGreaterThanOrEqual(40);
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  for (const { name, bytes, message } of files) expect({ name, ...(await refusal(bytes)) }).toEqual({ name, message, slow: false, large: false });
});
