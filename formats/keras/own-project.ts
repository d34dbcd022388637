import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import { buildModel } from '../../core/compile/build-model.ts';
import { exportObstacle } from '../../core/export/export-formats.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import { nodeId } from '../../core/graph/identifiers.ts';
import type { LabelFacts } from '../../core/forecast/series-labels.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import type { NodeWeights } from './build-graph.ts';
import { member, textOf } from './json-value.ts';
import { kerasConfig } from './keras-config.ts';
import { kerasModel } from './keras-layers.ts';
import { layerPaths, weightPaths } from './weight-paths.ts';

/** Members of metadata.json by which an export of ours comes back as the project that it was; Keras reads past them. */
export const projectMember = 'unroll_project';
export const recordMember = 'unroll_run';

export interface OwnProject {
  readonly document: GraphDocument;
  readonly record: string;
  readonly weights: readonly NodeWeights[];
  readonly data: DataFactsByNode;
  readonly window: number;
  readonly features: number;
}

/**
 * The project inside an export of our own. It is believed only where what we would write for it is, layer by layer, what
 * config.json says; 'differs' otherwise, and null where there is no project inside.
 */
export function readOwnProject(metadata: unknown, config: unknown): OwnProject | 'differs' | null {
  const project = textOf(member(metadata, projectMember));
  const record = textOf(member(metadata, recordMember));
  if (project === undefined || record === undefined) return null;
  const parsed = parseDocument(project);
  if (!parsed.ok) return 'differs';
  const { document } = parsed.value;
  const facts = factsOfRecord(record);
  if (facts === null) return 'differs';
  const data = Object.fromEntries(document.nodes.filter(({ type }) => type === seriesNode.type).map(({ id }) => [id, facts]));
  const model = buildModel(document, data);
  if (!model.ok || exportObstacle('keras', model.value) !== null) return 'differs';
  const keras = kerasModel(model.value);
  const written = member(kerasConfig('', keras, null)['config'], 'layers');
  if (JSON.stringify(written) !== JSON.stringify(member(member(config, 'config'), 'layers'))) return 'differs';
  const paths = layerPaths(keras.layers.map(({ className, wrapper }) => wrapper?.className ?? className));
  const weights = keras.layers.flatMap(({ node, weights: names, className, wrapper }, index): readonly NodeWeights[] => {
    const placed = weightPaths(paths[index]!, wrapper?.className ?? className, className, names.length);
    const label = document.nodes.find(({ id }) => id === node)?.label ?? node;
    return names.length === 0 ? [] : [{ node: nodeId(node), label, paths: names.map((weight, position) => ({ weight, path: placed[position]! })) }];
  });
  return { document, record, weights, data, window: model.value.data.window, features: model.value.inputFeatures };
}

/** What the data were like; the record as a whole is judged where runs are kept. */
function factsOfRecord(record: string) {
  let json: unknown;
  try {
    json = JSON.parse(record);
  } catch {
    return null;
  }
  const columns = member(json, 'columns');
  const series = member(json, 'series');
  const [count, steps] = [member(series, 'count'), member(series, 'steps')];
  const labels = member(json, 'labels') ?? [];
  const isTold = Array.isArray(columns) && columns.every((name) => typeof name === 'string') && typeof count === 'number' && typeof steps === 'number';
  return isTold && Array.isArray(labels) ? { columns: columns as readonly string[], seriesCount: count, steps, labels: labels.map(labelFactsOf) } : null;
}

function labelFactsOf(label: unknown): LabelFacts {
  const classes = member(label, 'classes');
  return { name: textOf(member(label, 'name')) ?? '', isNumber: member(label, 'isNumber') === true, classes: Array.isArray(classes) ? classes.map(String) : null, isKnownAhead: member(label, 'isKnownAhead') === true };
}
