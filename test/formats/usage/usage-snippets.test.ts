import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportFormatNames, exportFormats, exportObstacle } from '../../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import type { ExportWriter } from '../../../core/export/exportable-model.ts';
import { usageFacts } from '../../../core/export/usage-facts.ts';
import { usageSnippets } from '../../../core/export/usage-snippets.ts';
import type { UsageSnippet } from '../../../core/export/usage-snippets.ts';
import { artefactPlace, placeOfFile } from '../../../engine/export/artefact-place.ts';
import { writeSavedModel } from '../../../engine/export/write-saved-model.ts';
import { writeTfjs } from '../../../engine/export/write-tfjs.ts';
import { writeWeights } from '../../../engine/export/write-weights.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { needPython, runPython } from '../../support/python.ts';
import { testBackend } from '../../support/run-on-tensorflow.ts';
import { chainDocument } from '../python/chain-document.ts';
import { projectCase } from '../python/project-case.ts';
import type { ProjectCase } from '../python/project-case.ts';
import { smallProjects } from '../python/small-projects.ts';

const writers: Readonly<Record<ExportFormatName, ExportWriter>> = { ...formatWriters, savedmodel: writeSavedModel, tfjs: writeTfjs, weights: writeWeights };
/** A vector, a sequence with scaling, chosen columns, two and three classes, numbers with a cell of ours. */
const chosen = ['vector-adam', 'gaps-sequence', 'gaps-linear', 'classes-two', 'classes-balanced', 'numbers-waves'];

/** Masks with centred windows, and labels beside the column: what a Python project does not do, other formats do. */
const ofWindows = {
  'gaps-filled': chainDocument([['series', { source: 'csv', file: 'gaps.csv', gaps: 'keep' }], ['scale', {}], ['window', { window: 8, mask: true }], ['simple-rnn', { units: 3, returnSequences: true }], ['dense', { units: 2 }], ['impute', { centerWindows: true }]]),
  'waves-drawn': chainDocument([['series', { series: 40, steps: 14 }], ['window', { window: 14, splitBy: 'series', labels: ['offset 1', 'frequency 2'] }], ['simple-rnn', { units: 3, returnSequences: true }], ['dense', { units: 1 }], ['reconstruct', {}]]),
};

interface Program {
  readonly name: string;
  readonly snippet: UsageSnippet;
  readonly folder: string;
  readonly file: string;
  /** What must be printed, number by number. */
  readonly expected: readonly number[];
}

let folder: string;
const programs: Program[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-usage-'));
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), path.join(folder, 'node_modules'));
  for (const [name, document] of [...Object.entries(smallProjects(folder)).filter(([one]) => chosen.includes(one)), ...Object.entries(ofWindows)]) {
    const one = await projectCase(name, document, folder, path.join(folder, 'unused'));
    const own = path.join(folder, name);
    mkdirSync(own);
    const formats = exportFormatNames.filter((format) => exportObstacle(format, one.exportable.model) === null);
    for (const format of formats) await write(one, format, own);
    const hasCells = one.exportable.model.layers.some(({ type }) => type === 'layer-norm-rnn');
    for (const [index, snippet] of usageSnippets(formats, { facts: one.exportable.facts, hasCells }).entries()) {
      const file = path.join(own, snippet.language === 'Python' ? `use-${index}.py` : `use-${index}.mjs`);
      writeFileSync(file, snippet.code);
      programs.push({ name: `${name}: ${snippet.title}`, snippet, folder: own, file, expected: snippet.format === 'weights' ? [] : expectedOf(one) });
    }
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

async function write({ exportable }: ProjectCase, format: ExportFormatName, into: string): Promise<void> {
  const files = await writers[format](exportable);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  const place = artefactPlace(format, path.join(into, exportFormats[format].proposedName));
  for (const file of files.value) {
    const target = placeOfFile(place, file, place.folder);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.bytes);
  }
}

/** What the engine makes of the typical window, in the unit that the programs print. */
function expectedOf({ experiment: { program }, exportable: { facts: calling, weights }, flat }: ProjectCase): readonly number[] {
  const facts = usageFacts(calling);
  const row = facts.typical.map((value, column) => (facts.scaling === null ? value : (value - facts.scaling[column]!.offset) / facts.scaling[column]!.factor));
  const session = testBackend().open(program);
  for (const { name } of program.variables) {
    const values = name === 'parameters' ? flat : weights.get(name)?.values;
    if (values !== undefined) session.writeVariable(name, { type: 'float', shape: [values.length], values });
  }
  const isCentered = facts.ending.kind === 'window' && facts.ending.isCentered;
  const seen = row.map((value, column) => (isCentered && column < facts.dataColumns ? 0 : value));
  const inputs = { type: 'float', shape: [1, facts.steps, row.length], values: Float32Array.from({ length: facts.steps * row.length }, (_, place) => seen[place % row.length]!) } as const;
  const all = [...session.run('predict', { [program.entries.predict!.inputs[0]!.name]: inputs }, ['predictions'])['predictions']!.values];
  session.close();
  const outputs = facts.isSequence ? all.slice(-all.length / facts.steps) : all;
  const { ending } = facts;
  switch (ending.kind) {
    case 'forecast':
      return outputs.map((value, place) => {
        const scale = facts.scaling?.[ending.places[place % ending.places.length]!] ?? { offset: 0, factor: 1 };
        return value * scale.factor + scale.offset;
      });
    case 'window':
      // Every row of the typical window is its mean: centred, the network reads zeros.
      return all.map((value, place) => {
        const column = ending.places[place % ending.places.length]!;
        const scale = facts.scaling?.[column] ?? { offset: 0, factor: 1 };
        return (value + (ending.isCentered ? row[column]! : 0)) * scale.factor + scale.offset;
      });
    case 'numbers':
      return outputs.map((value, place) => value * ending.scaling[place]!.factor + ending.scaling[place]!.offset);
    case 'classes': {
      const logits = ending.isBinary ? [0, outputs[0]!] : outputs;
      const powers = logits.map((value) => Math.exp(value));
      return powers.map((power) => power / powers.reduce((sum, other) => sum + other, 0));
    }
  }
}

/** The numbers in a program's output that are no part of a name. */
function numbersIn(printed: string): readonly number[] {
  const withoutNames = printed.replaceAll(/(['"])(?:(?!\1).)*\1/gu, '');
  return [...withoutNames.matchAll(/-?\d+(?:\.\d*)?(?:e[+-]?\d+)?/giu)].map(([number]) => Number(number));
}

function faultsOf({ name, snippet, expected }: Program, printed: string): readonly string[] {
  if (snippet.format === 'weights') return /kernel/u.test(printed) ? [] : [`${name} printed ${printed}`];
  const found = numbersIn(printed);
  const isSame = found.length === expected.length && found.every((value, place) => Math.abs(value - expected[place]!) <= 2e-4 * Math.max(1, Math.abs(expected[place]!)));
  return isSame ? [] : [`${name} printed ${printed}, not ${expected.join(', ')}`];
}

it('every Python program says what the model says', async (context) => {
  const python = needPython(context);
  const own = programs.filter(({ snippet }) => snippet.runtime === 'python');
  expect(own.length).toBeGreaterThan(3 * chosen.length);
  const script = fileURLToPath(new URL('run-snippets.py', import.meta.url));
  const printed = await runPython(python, [script], { input: JSON.stringify(own.map(({ folder: place, file }) => ({ folder: place, file }))) });
  const answers = printed.split('\n').filter((line) => line.startsWith('"')).map((line) => JSON.parse(line) as string);
  expect(own.flatMap((program, index) => faultsOf(program, answers[index] ?? ''))).toEqual([]);
}, 180_000);

it('every Node program says what the model says', async () => {
  const own = programs.filter(({ snippet }) => snippet.runtime === 'node');
  expect(own.length).toBe(3 * chosen.length);
  const faults: string[] = [];
  for (const program of own) {
    const { stdout } = await promisify(execFile)(process.execPath, [program.file], { cwd: program.folder });
    faults.push(...faultsOf(program, stdout));
  }
  expect(faults).toEqual([]);
}, 180_000);
