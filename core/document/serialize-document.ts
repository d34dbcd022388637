import type {
  DataReference,
  Definition,
  GraphDocument,
  GraphNode,
  ParameterValue,
  Wire,
} from '../graph/graph-document.ts';
import { defaultClipping, defaultOptimizers, defaultSchedules, defaultWeightAveraging } from '../graph/training-defaults.ts';
import type { TrainingSettings } from '../graph/training-settings.ts';
import { currentVersion } from './migrations.ts';
import { projectFormat } from './parse-document.ts';

/**
 * The text of a project file: member order is fixed, parameters are sorted by name, a parameter, a setting, a wire, a data
 * reference and a position take one line each, and the layout comes last, so that a diff shows what was changed and moving
 * a node on the canvas touches nothing else. parseDocument gives the equal document back.
 */
export function serializeDocument(document: GraphDocument): string {
  return `${members('', [
    ['format', line(projectFormat)],
    ['version', line(currentVersion)],
    ['name', line(document.name)],
    ['nodes', items('  ', document.nodes.map((node) => serializeNode('    ', node)))],
    ['wires', items('  ', document.wires.map(serializeWire))],
    ['definitions', items('  ', document.definitions.map((definition) => serializeDefinition('    ', definition)))],
    ['data', items('  ', document.data.map(serializeData))],
    ['training', serializeTraining('  ', document.training)],
    ['layout', serializeLayout('  ', document)],
  ])}\n`;
}

type Member = readonly [name: string, text: string];

/** An object over several lines; `indent` is that of its closing bracket. */
function members(indent: string, entries: readonly Member[]): string {
  if (entries.length === 0) return '{}';
  const lines = entries.map(([name, text]) => `${indent}  ${JSON.stringify(name)}: ${text}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function items(indent: string, texts: readonly string[]): string {
  if (texts.length === 0) return '[]';
  return `[\n${texts.map((text) => `${indent}  ${text}`).join(',\n')}\n${indent}]`;
}

/** A value on one line, with a blank after each comma. */
function line(value: ParameterValue): string {
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `[${value.map((item) => line(item)).join(', ')}]`;
}

function inlineObject(entries: readonly Member[]): string {
  return `{ ${entries.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')} }`;
}

function byName(left: Member, right: Member): number {
  return left[0] < right[0] ? -1 : 1;
}

function serializeNode(indent: string, node: GraphNode): string {
  const parameters = Object.entries(node.parameters).map(([name, value]): Member => [name, line(value)]);
  return members(indent, [
    ['id', line(node.id)],
    ['type', line(node.type)],
    ['label', line(node.label)],
    ['parameters', members(`${indent}  `, parameters.sort(byName))],
  ]);
}

function serializeWire(wire: Wire): string {
  const port = (end: Wire['from']): string => inlineObject([['node', line(end.node)], ['port', line(end.port)]]);
  return inlineObject([['id', line(wire.id)], ['from', port(wire.from)], ['to', port(wire.to)]]);
}

function serializeDefinition(indent: string, definition: Definition): string {
  const inner = `${indent}  `;
  return members(indent, [
    ['name', line(definition.name)],
    ['inputs', line(definition.inputs)],
    ['outputs', line(definition.outputs)],
    ['nodes', items(inner, definition.nodes.map((node) => serializeNode(`${inner}  `, node)))],
    ['wires', items(inner, definition.wires.map(serializeWire))],
  ]);
}

function serializeData(reference: DataReference): string {
  return inlineObject([['node', line(reference.node)], ['file', line(reference.file)], ['sha256', line(reference.sha256)]]);
}

function serializeTraining(indent: string, training: TrainingSettings): string {
  const inner = `${indent}  `;
  const { optimizer, schedule, clipping, weightAveraging } = training;
  return members(indent, [
    ['epochs', line(training.epochs)],
    ['batchSize', line(training.batchSize)],
    ['seed', line(training.seed)],
    ['optimizer', settings(inner, optimizer, defaultOptimizers[optimizer.kind])],
    ['schedule', settings(inner, schedule, defaultSchedules[schedule.kind])],
    ['clipping', clipping === null ? 'null' : settings(inner, clipping, defaultClipping)],
    ['weightAveraging', weightAveraging === null ? 'null' : settings(inner, weightAveraging, defaultWeightAveraging)],
    ['earlyStoppingPatience', line(training.earlyStoppingPatience)],
  ]);
}

/** Settings in the order of their defaults, whatever order they were set in. */
function settings<Settings extends object>(indent: string, values: Settings, defaults: Settings): string {
  const own = values as Readonly<Record<string, ParameterValue>>;
  return members(indent, Object.keys(defaults).map((name): Member => [name, line(own[name] ?? null)]));
}

/** Positions in the order of the nodes, so that they do not depend on which was moved first. */
function serializeLayout(indent: string, document: GraphDocument): string {
  const placed = document.nodes.flatMap((node): readonly Member[] => {
    const position = Object.hasOwn(document.layout, node.id) ? document.layout[node.id] : undefined;
    return position === undefined ? [] : [[node.id, inlineObject([['x', line(position.x)], ['y', line(position.y)]])]];
  });
  return members(indent, placed);
}
