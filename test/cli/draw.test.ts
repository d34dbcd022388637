import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unroll, unrollJson } from './unroll-command.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-draw-'));
  await unroll(folder, 'new', 'mauna-loa-co2', 'co2.unroll');
});
afterAll(() => rmSync(folder, { recursive: true }));

it('writes the graph as SVG, with the shapes that the data give', async () => {
  const { code, json } = await unrollJson(folder, 'draw', 'co2.unroll', '--out', 'graph.svg', '--shapes');
  expect([code, json]).toMatchObject([0, { out: path.join(folder, 'graph.svg'), theme: 'light', shapes: true }]);
  const svg = readFileSync(path.join(folder, 'graph.svg'), 'utf8');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
  expect(svg).toContain('2,284 time');
});

it('writes it as PNG, twice as dense, on a dark ground', async () => {
  const { code } = await unrollJson(folder, 'draw', 'co2.unroll', '--out', 'graph.png', '--theme', 'dark');
  expect(code).toBe(0);
  const bytes = readFileSync(path.join(folder, 'graph.png'));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const [, width] = /width="(\d+)"/u.exec(readFileSync(path.join(folder, 'graph.svg'), 'utf8'))!;
  expect(bytes.readUInt32BE(16)).toBe(2 * Number(width));
});

it('writes over nothing, and knows two kinds of picture', async () => {
  writeFileSync(path.join(folder, 'mine.svg'), 'mine');
  const before = readdirSync(folder);
  expect((await unroll(folder, 'draw', 'co2.unroll', '--out', 'mine.svg')).errors).toContain('exists and is not empty');
  const wrong = await unroll(folder, 'draw', 'co2.unroll', '--out', 'graph.pdf');
  expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('"graph.pdf" says neither .svg nor .png')]);
  expect(readdirSync(folder)).toEqual(before);
});

it('draws without the data where their file is gone, and says so', async () => {
  rmSync(path.join(folder, 'mauna-loa-co2-weekly.csv'));
  const drawn = await unroll(folder, 'draw', 'co2.unroll', '--out', 'without-data.svg', '--shapes');
  expect([drawn.code, drawn.errors]).toEqual([0, expect.stringContaining('mauna-loa-co2-weekly.csv')]);
});
