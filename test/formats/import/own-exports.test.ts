import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { serializeDocument } from '../../../core/document/serialize-document.ts';
import { templateList } from '../../../core/document/template-list.ts';
import { exportObstacle } from '../../../core/export/export-formats.ts';
import type { DataFactsByNode } from '../../../core/check/graph-survey.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { importKeras } from '../../../formats/keras/import-keras.ts';
import { writeKeras } from '../../../formats/keras/write-keras.ts';
import { exportableGraph } from '../../support/exportable-graph.ts';
import type { ExportableGraph } from '../../support/exportable-graph.ts';
import { randomGraph } from '../../support/random-graph.ts';
import { templateWithData } from '../../support/template.ts';
import { largestRelative, predictionsOf } from './imported-model-predictions.ts';

interface Exported {
  readonly name: string;
  readonly graph: ExportableGraph;
  readonly document: GraphDocument;
  readonly bytes: Uint8Array;
}

async function exported(name: string, drawn: GraphDocument, data: DataFactsByNode, seed = 1): Promise<readonly Exported[]> {
  // exportableGraph takes every window for itself: so must the project that is put inside.
  const document = { ...drawn, nodes: drawn.nodes.map((node) => (node.parameters['stateful'] === true ? { ...node, parameters: { ...node.parameters, stateful: false } } : node)) };
  const graph = exportableGraph(document, data, seed);
  if (exportObstacle('keras', graph.exportable.model) !== null) return [];
  const facts = Object.values(data)[0] ?? { columns: ['value'], seriesCount: 1, steps: 100, labels: [] };
  const record = JSON.stringify({ columns: facts.columns, series: { count: facts.seriesCount, steps: facts.steps }, labels: facts.labels });
  const files = await writeKeras({ ...graph.exportable, source: { project: serializeDocument(document), record } });
  if (!files.ok) throw new Error(name);
  return [{ name, graph, document, bytes: files.value[0]!.bytes }];
}

async function everything(): Promise<readonly Exported[]> {
  const all: Exported[] = [];
  for (let number = 0; number < 12; number += 1) {
    const { document, data } = randomGraph(number);
    all.push(...(await exported(`random-graph-${number}`, document, data, number + 1)));
  }
  for (const { id } of templateList) {
    const { document, data } = await templateWithData(id);
    all.push(...(await exported(id, document, data)));
  }
  return all;
}

/** The same archive after one of its texts was changed, as another program would write it again. */
function rewritten(bytes: Uint8Array, change: (name: string, text: string) => string): Uint8Array {
  const entries = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, name.endsWith('.json') ? strToU8(change(name, strFromU8(content))) : content] as const);
  return zipSync(Object.fromEntries(entries), { level: 0 });
}

it('an export of ours comes back as the same project with the same weights; without the project inside, as a graph that says the same', async () => {
  const all = await everything();
  expect(all.length).toBeGreaterThan(20);
  for (const { name, graph, document, bytes } of all) {
    const own = await importKeras(`${name}.keras`, bytes);
    if (!own.ok) throw new Error(`${name}: ${own.diagnostics[0]?.message}`);
    expect({ name, document: own.value.document, notes: own.value.notes }).toEqual({ name, document, notes: [] });
    const weights = new Map([...graph.exportable.weights].map(([key, { shape, values }]) => [key, { shape, values: [...values] }]));
    expect(new Map([...own.value.weights].map(([key, { shape, values }]) => [key, { shape, values: [...values] }]))).toEqual(weights);

    // Keras's own Embedding reads categories alone, and ours a feature of a window: it comes in as a layer that is not known.
    if (graph.exportable.model.layers.some(({ type }) => type === 'embedding')) continue;
    const foreign = await importKeras(`${name}.keras`, rewritten(bytes, (entry, text) => (entry === 'metadata.json' ? '{"keras_version": "3.15.0"}' : text)));
    if (!foreign.ok) throw new Error(`${name}: ${foreign.diagnostics[0]?.message}`);
    expect({ name, unknown: foreign.value.notes.filter(({ severity }) => severity !== 'note') }).toEqual({ name, unknown: [] });
    const said = predictionsOf(foreign.value, graph.windows.inputs, graph.windows.shape[0]);
    expect({ name, differs: largestRelative(said, [...graph.windows.predictions]) > Math.max(1e-5, 16 * graph.rounding) }).toEqual({ name, differs: false });
  }
}, 240_000);

it('a project inside that does not describe the model any more is not believed', async () => {
  const { document, data } = randomGraph(1);
  const [{ bytes }] = (await exported('one', document, data)) as readonly [Exported];
  const changed = await importKeras('one.keras', rewritten(bytes, (entry, text) => (entry === 'metadata.json' ? text.replace(/\\"type\\": \\"window\\"/u, '\\"type\\": \\"pad\\"') : text)));
  expect(changed.ok && changed.value.notes.map(({ code }) => code)).toContain('import-project-differs');
});
