import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serializeDocument } from '../../core/document/serialize-document.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import type { GraphEdit } from '../../core/graph/edit.ts';
import type { GraphDocument, GraphNode, ParameterValue } from '../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../core/graph/identifiers.ts';

function node(id: string, type: string, parameters: Readonly<Record<string, ParameterValue>>): GraphNode {
  return { id: nodeId(id), type, label: id, parameters };
}

const nodes = [
  node('waves', 'series', { series: 100, steps: 24 }),
  node('window', 'window', { window: 20, splitBy: 'series' }),
  node('rnn', 'simple-rnn', { units: 4, returnSequences: false }),
  node('dense', 'dense', { units: 4 }),
  node('forecast', 'forecast', { horizon: 4 }),
];

const ports: readonly (readonly [string, string])[] = [['series', 'series'], ['windows', 'inputs'], ['outputs', 'inputs'], ['outputs', 'predictions']];

/** A project that trains in a moment: 100 short waves, four units, two epochs of three steps. */
export const smallDocument: GraphDocument = {
  name: 'Small',
  nodes,
  wires: ports.map(([from, to], position) => ({
    id: wireId(`wire-${position + 1}`),
    from: { node: nodes[position]!.id, port: from },
    to: { node: nodes[position + 1]!.id, port: to },
  })),
  definitions: [],
  data: [],
  training: {
    epochs: 2,
    batchSize: 32,
    seed: 1,
    optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
    schedule: { kind: 'constant' },
    clipping: null,
    weightAveraging: null,
    earlyStoppingPatience: null,
  },
  layout: {},
};

/** Writes the small project, changed by some edits, as small.unroll. */
export async function writeSmallProject(folder: string, ...edits: readonly GraphEdit[]): Promise<string> {
  await writeFile(path.join(folder, 'small.unroll'), serializeDocument(applyEdits(smallDocument, edits)));
  return 'small.unroll';
}

/** The edits that let the small project read a CSV file by time instead of its waves. */
export function readsFile(file: string): readonly GraphEdit[] {
  const set = (id: string, parameter: string, value: ParameterValue): GraphEdit => ({ kind: 'set-parameter', node: nodeId(id), parameter, value });
  return [set('waves', 'source', 'csv'), set('waves', 'file', file), set('window', 'splitBy', 'time')];
}

/** A CSV file of daily values in two columns. */
export function dailyValues(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const date = new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10);
    return `${date},${(10 * Math.sin(row / 5)).toFixed(3)},${(row % 7).toFixed(1)}`;
  });
  return ['date,height,weekday', ...lines, ''].join('\n');
}
