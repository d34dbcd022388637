import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { openFileDoor } from '../../../engine/files/file-door.ts';
import { importKeras } from '../../../formats/keras/import-keras.ts';
import { importLimits } from '../../../formats/keras/import-limits.ts';
import type { ImportLimits } from '../../../formats/keras/import-limits.ts';
import { refusal } from './refusal.ts';
import { denseLayer, functionalConfig, goodWeights, group, hdf5With, inputLayer, kerasFile, layer } from './small-keras-file.ts';

let weights: Uint8Array;
beforeAll(async () => {
  weights = await goodWeights();
  await importKeras('x.keras', kerasFile({ weights }));
});

type Files = (count: number) => Uint8Array | Promise<Uint8Array>;

/** Each limit with files that hold or claim so much, and what the refusal says above it and a thousand times above it. */
const cases: readonly (readonly [name: keyof ImportLimits, file: Files, above: string, farAbove: string])[] = [
  ['layers', (count) => kerasFile({ weights, config: functionalConfig([inputLayer, ...chain(count - 2), dense([[count > 2 ? `a${count - 3}` : 'input', 0, 0]])]) }), 'config.json lists 501 layers, and at most 500', 'config.json lists 500,000 layers'],
  ['nesting', (count) => kerasFile({ weights, config: JSON.stringify(functionalConfig()).replace('{', `{"more":${'['.repeat(count - 1)}${']'.repeat(count - 1)},`) }), 'config.json nests 101 brackets, and at most 100', 'config.json nests 100,000 brackets'],
  ['callsOfLayer', (count) => kerasFile({ weights, config: functionalConfig([inputLayer, { ...denseLayer, inbound_nodes: Array.from({ length: count }, () => (count > 1_000 ? {} : (denseLayer['inbound_nodes'] as unknown[])[0])) }]) }), 'the layer dense is called 65 times, and at most 64', 'the layer dense is called 64,000 times'],
  ['tensorsOfCall', (count) => kerasFile({ weights, config: functionalConfig([inputLayer, summing(count), dense([['sum', 0, 0]])]) }), 'the layer sum reads 65 tensors at once, and at most 64', 'config.json claims'],
  ['nameLength', (count) => kerasFile({ weights, config: functionalConfig([inputLayer, { ...denseLayer, name: 'n'.repeat(count) }], { output_layers: ['n'.repeat(count), 0, 0] }) }), 'a name of 1 to 200 characters', 'a name of 1 to 200 characters'],
  ['size', (count) => kerasFile({ weights, config: functionalConfig([inputLayer, { ...denseLayer, build_config: { input_shape: [null, count] } }]) }), 'sizes from 0 to 100000000, found 100000001', 'sizes from 0 to 100000000, found 100000000000'],
  ['weightAxes', convolution, 'have 4 axes, and at most 3', 'have 32 axes, and at most 3'],
  ['archiveEntries', (count) => kerasFile({ weights, entries: Array.from({ length: Math.min(count, 60_000) - 3 }, (_, index) => ({ name: `assets/${index}`, data: new Uint8Array(0) })), end: count > 60_000 ? { count: 65_535 } : {} }), 'it lists 1001 entries, and at most 1000', 'it lists 65535 entries, and at most 1000'],
  ['compressionRatio', (count) => kerasFile({ weights, entries: [{ name: 'assets/blank', data: new Uint8Array(1_000), method: 8, storedBytes: 1_000, bytes: count * 1_000 }] }), 'claims to unpack to 201 times its size, and at most 200', 'claims to unpack to 200,000 times its size'],
  ['configBytes', (count) => sized('config.json', JSON.stringify(functionalConfig()), count), 'config.json claims 4,194,305 bytes, and at most 4,194,304', 'its entries claim'],
  ['metadataBytes', (count) => sized('metadata.json', '{"keras_version": "3.15.0"}', count), 'metadata.json claims 16,777,217 bytes, and at most 16,777,216', 'its entries claim'],
  ['archiveBytes', claiming, 'its entries claim 671,088,641 bytes, and at most 671,088,640', 'its entries claim 671,088,640,000 bytes'],
];

function summing(count: number) {
  return layer('Add', { name: 'sum' }, Array.from({ length: count }, () => ['input', 0, 0]));
}

/** Conv1D(1, 1) on two columns, with a kernel of so many axes; HDF5 itself has no more than 32. */
async function convolution(axes: number): Promise<Uint8Array> {
  const shape = [1, 2, 1, ...Array.from({ length: Math.min(axes, 32) - 3 }, () => 1)];
  const kernel = await hdf5With((file) => void group(file, 'layers/conv1d/vars').create_dataset({ name: '0', data: new Float32Array([3, 4]), shape, dtype: '<f4' }));
  const input = layer('InputLayer', { batch_shape: [null, 5, 2], dtype: 'float32', name: 'input' });
  const conv1d = layer('Conv1D', { filters: 1, kernel_size: [1], use_bias: false, name: 'conv1d' }, [['input', 0, 0]]);
  return kerasFile({ weights: kernel, config: functionalConfig([input, conv1d], { output_layers: ['conv1d', 0, 0] }) });
}

const dense = (reads: readonly unknown[]) => layer('Dense', { units: 1, activation: 'linear', use_bias: false, name: 'dense' }, reads);

function chain(length: number): readonly unknown[] {
  if (length > 10_000) return Array.from({ length }, () => 0);
  return Array.from({ length: Math.max(0, length) }, (_, index) => layer('Activation', { activation: 'tanh', name: `a${index}` }, [[index === 0 ? 'input' : `a${index - 1}`, 0, 0]]));
}

/** A text with blanks behind it; a thousand times above, the claim alone. */
function sized(name: string, text: string, count: number): Uint8Array {
  if (count > 100 << 20) return kerasFile({ weights, entries: [{ name, data: new Uint8Array(0), deflated: true, bytes: Math.min(count, 0xfffffffe) }] });
  return kerasFile({ weights, entries: [{ name, data: new Uint8Array(Buffer.from(text.padEnd(count))) }] });
}

/** A small file whose entries claim so many bytes together: no entry may claim 4 GB. */
function claiming(count: number): Uint8Array {
  const others = kerasFileSizes();
  const stored = Math.min(count, 0xf0000000) === count ? Math.ceil(count / importLimits.compressionRatio) + 100 : 10;
  const parts = Math.ceil((count - others) / 0xf0000000);
  const claims = Array.from({ length: parts }, (_, index) => Math.min(0xf0000000, count - others - index * 0xf0000000));
  return kerasFile({ weights, entries: claims.map((bytes, index) => ({ name: `assets/${index}`, data: new Uint8Array(stored), method: 8, storedBytes: stored, bytes })) });
}

/** What the three entries of the small file hold together. */
function kerasFileSizes(): number {
  return Buffer.byteLength(JSON.stringify({ keras_version: '3.15.0' })) + Buffer.byteLength(JSON.stringify(functionalConfig())) + weights.length;
}

it.each(cases)('%s: read at the limit, refused above it and a thousand times above it, soon and without taking memory', async (name, file, above, farAbove) => {
  const limit = importLimits[name];
  expect((await refusal(await file(limit))).message).toBe('it was read');
  expect(await refusal(await file(limit + 1))).toEqual({ message: saying(above), slow: false, large: false });
  expect(await refusal(await file(limit * 1_000))).toEqual({ message: saying(farAbove), slow: false, large: false });
}, 60_000);

function saying(words: string): string {
  return expect.stringContaining(words) as string;
}

it('archiveBytes: so does the file itself, before it is read', async () => {
  const small = kerasFile({ weights });
  expect((await refusal(stretched(small, importLimits.archiveBytes))).message).toBe('it was read');
  expect(await refusal(stretched(small, importLimits.archiveBytes + 1))).toEqual({ message: saying('the file has 671,088,641 bytes, and at most 671,088,640'), slow: false, large: false });
  const folder = mkdtempSync(path.join(tmpdir(), 'unroll-limits-'));
  try {
    // A file of 640 GB that takes no room on the disk.
    const file = path.join(folder, 'far-above.keras');
    writeFileSync(file, small);
    truncateSync(file, importLimits.archiveBytes * 1_000);
    const [before, started] = [process.memoryUsage().rss, performance.now()];
    const read = await openFileDoor().read(file, importLimits.archiveBytes);
    expect(read.ok ? '' : read.diagnostics[0]?.message).toContain('is larger than 640 MB, the most that is read');
    expect([performance.now() - started < 200, process.memoryUsage().rss - before < 64 << 20]).toEqual([true, true]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The same archive with a hole before its list of entries: untouched memory, which takes none. */
function stretched(archive: Uint8Array, length: number): Uint8Array {
  const end = archive.length - 22;
  const list = new DataView(archive.buffer, archive.byteOffset).getUint32(end + 16, true);
  const whole = new Uint8Array(length);
  whole.set(archive.subarray(0, list));
  const moved = length - (archive.length - list);
  whole.set(archive.subarray(list), moved);
  new DataView(whole.buffer).setUint32(length - 6, moved, true);
  return whole;
}

it('weightsBytes: what the limit holds is read; above it and a thousand times above it the claim is refused', async () => {
  const claim = (bytes: number): Uint8Array => {
    const stored = Math.ceil(Math.min(bytes, importLimits.archiveBytes) / importLimits.compressionRatio) + 100;
    return kerasFile({ weights, entries: [{ name: 'model.weights.h5', data: new Uint8Array(stored), method: 8, storedBytes: stored, bytes: Math.min(bytes, 0xfffffffe) }] });
  };
  expect((await refusal(kerasFile({ weights }), { ...importLimits, weightsBytes: weights.length })).message).toBe('it was read');
  expect((await refusal(kerasFile({ weights }), { ...importLimits, weightsBytes: weights.length - 1 })).message).toContain('model.weights.h5 claims');
  expect(await refusal(claim(importLimits.weightsBytes + 1))).toEqual({ message: saying('model.weights.h5 claims 603,979,777 bytes, and at most 603,979,776'), slow: false, large: false });
  expect(await refusal(claim(importLimits.weightsBytes * 1_000))).toEqual({ message: saying('its entries claim'), slow: false, large: false });
});

it('weightNumbers: what the limit holds is read; above it and a thousand times above it the shape is refused before its numbers are read', async () => {
  const claim = (numbers: number): Uint8Array => kerasFile({ weights: fromPython(`claiming_${numbers}`) });
  const small = (most: number): ImportLimits => ({ ...importLimits, weightNumbers: most });
  expect((await refusal(kerasFile({ weights }), small(2))).message).toBe('it was read');
  expect((await refusal(kerasFile({ weights }), small(1))).message).toContain('the weights at layers/dense/vars/0 claim 2 numbers, and at most 1');
  // At the limit itself it is the file that is too short for the claim.
  expect((await refusal(claim(importLimits.weightNumbers))).message).toContain('claim 536870912 bytes, more than the file has');
  expect(await refusal(claim(importLimits.weightNumbers + 1))).toEqual({ message: saying('claim 134,217,729 numbers, and at most 134,217,728'), slow: false, large: false });
  expect(await refusal(claim(importLimits.weightNumbers * 1_000))).toEqual({ message: saying('claim 134,217,728,000 numbers, and at most 134,217,728'), slow: false, large: false });
});

/** HDF5 files that hostile-hdf5.py made. */
function fromPython(name: string): Uint8Array {
  const files = JSON.parse(readFileSync(new URL('hostile-hdf5.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>;
  return new Uint8Array(gunzipSync(Buffer.from(files[name] ?? '', 'base64')));
}

it('factLength: what an unknown layer says is kept whole at the limit, and cut above it', async () => {
  const factOf = async (length: number): Promise<string> => {
    const strange = layer('Strange', { name: 'strange', words: 'w'.repeat(length - 2) }, [['input', 0, 0]]);
    const read = await importKeras('x.keras', kerasFile({ weights, config: functionalConfig([inputLayer, strange, dense([['strange', 0, 0]])]) }));
    const facts = read.ok ? read.value.document.nodes.find(({ type }) => type === 'unknown')?.parameters['facts'] : undefined;
    return (typeof facts === 'string' ? facts.split('\n') : ((facts as readonly string[] | undefined) ?? [])).find((fact) => fact.startsWith('words: '))?.slice('words: '.length) ?? '';
  };
  const limit = importLimits.factLength;
  expect(await factOf(limit)).toBe(`"${'w'.repeat(limit - 2)}"`);
  for (const length of [limit + 1, limit * 1_000]) expect(await factOf(length)).toBe(`"${'w'.repeat(limit - 1)}…`);
});

it('no limit is left out here', () => {
  const own: readonly string[] = [...cases.map(([name]) => name), 'weightsBytes', 'weightNumbers', 'factLength'];
  expect(Object.keys(importLimits).toSorted()).toEqual(own.toSorted());
});
