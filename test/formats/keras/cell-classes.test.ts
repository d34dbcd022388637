import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ParameterValue } from '../../../core/graph/graph-document.ts';
import { largestDifference, largestDifferenceAllowed } from '../../../engine/export/proof/difference.ts';
import { readInPython } from '../../../engine/export/proof/read-in-python.ts';
import { formatWriters } from '../../../formats/export-writers.ts';
import { exportableGraph } from '../../support/exportable-graph.ts';
import type { ExportableGraph } from '../../support/exportable-graph.ts';
import { needPython } from '../../support/python.ts';
import { chainDocument } from '../python/chain-document.ts';

/** Cells that Keras has not: what a .keras file and the module beside it say of them. */
const cells: readonly (readonly [name: string, type: string, parameters: Readonly<Record<string, ParameterValue>>])[] = [
  ['lstm', 'layer-norm-lstm', {}],
  ['lstm-both-ways', 'layer-norm-lstm', { bidirectional: true, epsilon: 0.01 }],
  ['lstm-backwards', 'layer-norm-lstm', { goBackwards: true, useBias: false, dropout: 0.1, recurrentDropout: 0.2 }],
  ['lstm-gates', 'layer-norm-lstm', { activation: 'relu', recurrentActivation: 'hard_sigmoid', returnSequences: true }],
  ['rnn', 'layer-norm-rnn', {}],
  ['rnn-both-ways', 'layer-norm-rnn', { bidirectional: true, merge: 'sum', activation: 'relu' }],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-cells-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function write(name: string, { exportable }: ExportableGraph): Promise<string> {
  const files = await formatWriters.keras(exportable);
  if (!files.ok) throw new Error(files.diagnostics[0]?.message);
  const stem = path.join(folder, name);
  for (const { place, bytes } of files.value) writeFileSync(place === '' ? `${stem}.keras` : `${stem}${place}`, bytes);
  return `${stem}.keras`;
}

it('cells with layer normalisation say in Keras what the engine says', async (context) => {
  const python = needPython(context);
  const graphs = cells.map(([, type, parameters], index) => {
    const ending = parameters['returnSequences'] === true ? [['flatten', {}] as const] : [];
    const document = chainDocument([['series', { series: 1, steps: 200 }], ['window', { window: 9 }], [type, { units: 3, returnSequences: false, ...parameters }], ...ending, ['dense', { units: 2 }], ['forecast', { horizon: 2 }]]);
    return exportableGraph(document, { [document.nodes[0]!.id]: { columns: ['value'], seriesCount: 1, steps: 200 } }, index + 3);
  });
  const artefacts = await Promise.all(graphs.map((graph, index) => write(cells[index]![0], graph)));
  const outcomes = await readInPython(artefacts.map((artefact, index) => ({ reader: 'keras', task: { artefact, windows: graphs[index]!.windows } })), python);
  const faults = outcomes.flatMap((outcome, index) => {
    const [name] = cells[index]!;
    const { windows, rounding } = graphs[index]!;
    if (outcome.kind !== 'read') return [`${name}: ${outcome.kind === 'well-formed' ? 'not run' : outcome.reason}`];
    const difference = largestDifference(outcome.values, windows.predictions);
    return difference <= Math.max(largestDifferenceAllowed, 16 * rounding) ? [] : [`${name} differs by ${difference}`];
  });
  expect(faults).toEqual([]);
}, 120_000);
