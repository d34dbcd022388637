import { beforeAll, describe, expect, it } from 'vitest';
import { importKeras } from '../../../formats/keras/import-keras.ts';
import { importLimits } from '../../../formats/keras/import-limits.ts';
import { hostileFiles, type HostileFile } from './hostile-files.ts';
import { denseLayer, functionalConfig, goodWeights, inputLayer, kerasFile, layer } from './small-keras-file.ts';

/** A refusal takes at most 200 ms; ten times that on a machine that does other things. */
const mostMilliseconds = 2_000;
const mostGrowth = 64 << 20;

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
  const memory = (): number => process.memoryUsage().rss;
  for (const { name, bytes, message } of files) {
    const [before, started] = [memory(), performance.now()];
    const read = await importKeras('x.keras', bytes);
    const [took, grown] = [performance.now() - started, memory() - before];
    expect({ name, message: read.ok ? 'it was read' : read.diagnostics.map((diagnostic) => diagnostic.message).join('\n') }).toEqual({ name, message });
    expect({ name, slow: took > mostMilliseconds, large: grown > mostGrowth }).toEqual({ name, slow: false, large: false });
  }
});

describe('each limit is kept at, above and a thousand times above it', () => {
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    const read = await importKeras('x.keras', bytes);
    return read.ok ? 'read' : read.diagnostics[0]!.code;
  };
  const dense = (reads: readonly unknown[]) => layer('Dense', { units: 1, activation: 'linear', use_bias: false, name: 'dense' }, reads);

  const claims: readonly (readonly [name: string, limit: number, file: (count: number) => Uint8Array])[] = [
    ['layers', importLimits.layers, (count) => kerasFile({ weights, config: functionalConfig([inputLayer, ...chain(count - 2), dense([[count > 2 ? `a${count - 3}` : 'input', 0, 0]])]) })],
    ['nesting', importLimits.nesting, (count) => kerasFile({ weights, config: JSON.stringify(functionalConfig()).replace('{', `{"more":${'['.repeat(count - 1)}${']'.repeat(count - 1)},`) })],
    ['callsOfLayer', importLimits.callsOfLayer, (count) => kerasFile({ weights, config: functionalConfig([inputLayer, { ...denseLayer, inbound_nodes: Array.from({ length: count }, () => (denseLayer['inbound_nodes'] as unknown[])[0]) }]) })],
    ['nameLength', importLimits.nameLength, (count) => kerasFile({ weights, config: functionalConfig([inputLayer, { ...denseLayer, name: 'n'.repeat(count) }], { output_layers: ['n'.repeat(count), 0, 0] }) })],
    ['archiveEntries', importLimits.archiveEntries, (count) => kerasFile({ weights, entries: Array.from({ length: Math.min(count, 60_000) - 3 }, (_, index) => ({ name: `assets/${index}`, data: new Uint8Array(0) })), end: count > 60_000 ? { count: 65_535 } : {} })],
    ['configBytes', importLimits.configBytes, (count) => sized('config.json', JSON.stringify(functionalConfig()), count)],
    ['metadataBytes', importLimits.metadataBytes, (count) => sized('metadata.json', '{"keras_version": "3.15.0"}', count)],
  ];

  /** A text with blanks behind it; a thousand times above, the claim alone. */
  function sized(name: string, text: string, count: number): Uint8Array {
    if (count > 100 << 20) return kerasFile({ weights, entries: [{ name, data: new Uint8Array(0), deflated: true, bytes: Math.min(count, 0xfffffffe) }] });
    return kerasFile({ weights, entries: [{ name, data: new Uint8Array(Buffer.from(text.padEnd(count))) }] });
  }

  function chain(length: number): readonly unknown[] {
    if (length > 10_000) return Array.from({ length }, () => 0);
    return Array.from({ length: Math.max(0, length) }, (_, index) => layer('Activation', { activation: 'tanh', name: `a${index}` }, [[index === 0 ? 'input' : `a${index - 1}`, 0, 0]]));
  }

  it.each(claims)('%s', async (_, limit, file) => {
    expect([await codeOf(file(limit)), await codeOf(file(limit + 1)), await codeOf(file(limit * 1_000))]).toEqual(['read', expect.stringMatching(/^import-/u), expect.stringMatching(/^import-/u)]);
  }, 60_000);
});
