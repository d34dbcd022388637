import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportFormatNames, exportFormats, exportObstacle, scalerObstacle } from '../../../core/export/export-formats.ts';
import type { ExportFormatName } from '../../../core/export/export-formats.ts';
import type { ExportableModel, ExportWriter } from '../../../core/export/exportable-model.ts';
import { tfjsKind } from '../../../core/export/layers-model.ts';
import { usageFacts } from '../../../core/export/usage-facts.ts';
import { usageSnippets } from '../../../core/export/usage-snippets.ts';
import type { UsageSnippet } from '../../../core/export/usage-snippets.ts';
import { artefactPlace, placeOfFile } from '../../../engine/export/artefact-place.ts';
import { writeSavedModel } from '../../../engine/export/write-saved-model.ts';
import { writeWeights } from '../../../engine/export/write-weights.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { writeEitherTfjs } from '../../support/tfjs-writer.ts';
import { testBackend } from '../../support/run-on-tensorflow.ts';
import { chainDocument } from '../python/chain-document.ts';
import { projectCase } from '../python/project-case.ts';
import type { ProjectCase } from '../python/project-case.ts';
import { smallProjects } from '../python/small-projects.ts';

const writers: Readonly<Record<ExportFormatName, ExportWriter>> = { ...formatWriters, savedmodel: writeSavedModel, tfjs: writeEitherTfjs, weights: writeWeights };

/** A vector, a sequence with scaling, chosen columns, two and three classes, numbers with a cell of ours. */
export const chosen = ['vector-adam', 'gaps-sequence', 'gaps-linear', 'classes-two', 'classes-balanced', 'numbers-waves'];

/** Masks with centred windows, labels beside the column, quantiles. */
const ofWindows = {
  'gaps-filled': chainDocument([['series', { source: 'csv', file: 'gaps.csv', gaps: 'keep' }], ['scale', {}], ['window', { window: 8, mask: true }], ['simple-rnn', { units: 3, returnSequences: true }], ['dense', { units: 2 }], ['impute', { centerWindows: true }]]),
  'waves-drawn': chainDocument([['series', { series: 40, steps: 14 }], ['window', { window: 14, splitBy: 'series', labels: ['offset 1', 'frequency 2'] }], ['simple-rnn', { units: 3, returnSequences: true }], ['dense', { units: 1 }], ['reconstruct', {}]]),
  'waves-quantiles': chainDocument([['series', { series: 40, steps: 16 }], ['scale', { method: 'standard' }], ['window', { window: 12, splitBy: 'series' }], ['simple-rnn', { units: 3, returnSequences: false }], ['dense', { units: 6 }], ['forecast', { horizon: 2, loss: 'quantile', quantiles: [0.1, 0.5, 0.9] }]]),
};

export interface UsageProgram {
  readonly name: string;
  readonly snippet: UsageSnippet;
  readonly folder: string;
  readonly file: string;
  /** What must be printed, number by number. */
  readonly expected: readonly number[];
}

/** Every export of every case, with its programs beside it. */
export async function writeUsagePrograms(folder: string): Promise<readonly UsageProgram[]> {
  const programs: UsageProgram[] = [];
  for (const [name, document] of [...Object.entries(smallProjects(folder)).filter(([one]) => chosen.includes(one)), ...Object.entries(ofWindows)]) {
    const one = await projectCase(name, document, folder, path.join(folder, 'unused'));
    const { model, facts } = one.exportable;
    const own = path.join(folder, name);
    mkdirSync(own);
    const formats = exportFormatNames.filter((format) => exportObstacle(format, model) === null);
    for (const format of formats) await write(one.exportable, format, exportFormats[format].proposedName, own);
    const hasCells = model.layers.some(({ type }) => type === 'layer-norm-rnn');
    const snippets = [...usageSnippets(formats, { facts, hasCells, tfjs: tfjsKind(model), scalers: ['outside'] })];
    if (scalerObstacle('onnx', 'inside', model) === null) {
      await write({ ...one.exportable, facts: { ...facts, scaler: 'inside' } }, 'onnx', 'scaled.onnx', own);
      snippets.push(...usageSnippets(['onnx'], { facts, hasCells, tfjs: tfjsKind(model), scalers: ['inside'], names: { onnx: 'scaled.onnx' } }));
    }
    const expected = expectedOf(one);
    for (const [index, snippet] of snippets.entries()) {
      const file = path.join(own, `use-${index}.${endings[snippet.language]}`);
      writeFileSync(file, snippet.code);
      programs.push({ name: `${name}: ${snippet.title} ${snippet.format}`, snippet, folder: own, file, expected: snippet.format === 'weights' ? [] : expected });
    }
  }
  return programs;
}

const endings = { Python: 'py', JavaScript: 'mjs', HTML: 'html' } as const;

async function write(exportable: ExportableModel, format: ExportFormatName, name: string, into: string): Promise<void> {
  const files = await writers[format](exportable);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  const place = artefactPlace(format, path.join(into, name));
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
      return outputs.map((_, index) => {
        // Of several quantiles of a value, the smallest stands first.
        const place = Math.floor(index / ending.quantiles);
        const value = outputs.slice(place * ending.quantiles, (place + 1) * ending.quantiles).toSorted((a, b) => a - b)[index % ending.quantiles]!;
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

/** What is wrong with what a program printed. */
export function faultsOf({ name, snippet, expected }: UsageProgram, printed: string): readonly string[] {
  if (snippet.format === 'weights') return /kernel/u.test(printed) ? [] : [`${name} printed ${printed}`];
  const found = numbersIn(printed);
  const isSame = found.length === expected.length && found.every((value, place) => Math.abs(value - expected[place]!) <= 2e-4 * Math.max(1, Math.abs(expected[place]!)));
  return isSame ? [] : [`${name} printed ${printed}, not ${expected.join(', ')}`];
}
