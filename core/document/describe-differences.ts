import type { GraphDocument, GraphNode, ParameterValue } from '../graph/graph-document.ts';
import type { TrainingSettings } from '../graph/training-settings.ts';

/**
 * What a run of the second document has that a run of the first had not, a phrase each: "LSTM 1: units 20 → 40", "Dropout 1
 * added", "epochs 20 → 50". Nodes are told apart by their ids; where they stand on the canvas is no difference.
 */
export function describeDifferences(first: GraphDocument, second: GraphDocument): readonly string[] {
  return [...nodeDifferences(first, second), ...wireDifferences(first, second), ...dataDifferences(first, second), ...trainingDifferences(first.training, second.training)];
}

function nodeDifferences(first: GraphDocument, second: GraphDocument): readonly string[] {
  const before = new Map(first.nodes.map((node) => [node.id, node]));
  const after = new Set(second.nodes.map(({ id }) => id));
  const removed = first.nodes.filter(({ id }) => !after.has(id)).map((node) => `${node.label} removed`);
  const changed = second.nodes.flatMap((node) => {
    const old = before.get(node.id);
    if (old === undefined) return [`${node.label} added`];
    return old.type === node.type ? parameterDifferences(old, node) : [`${old.label} replaced by ${node.label}`];
  });
  return [...removed, ...changed];
}

function parameterDifferences(before: GraphNode, after: GraphNode): readonly string[] {
  const names = [...new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])].sort();
  return names.flatMap((name) => {
    const [old, fresh] = [inWords(before.parameters[name]), inWords(after.parameters[name])];
    return old === fresh ? [] : [`${after.label}: ${name} ${old} → ${fresh}`];
  });
}

function wireDifferences(first: GraphDocument, second: GraphDocument): readonly string[] {
  const kept = new Set(first.nodes.map(({ id }) => id).filter((id) => second.nodes.some((node) => node.id === id)));
  const joins = ({ wires }: GraphDocument): Set<string> =>
    new Set(wires.filter(({ from, to }) => kept.has(from.node) && kept.has(to.node)).map(({ from, to }) => JSON.stringify([from.node, from.port, to.node, to.port])));
  const before = joins(first);
  const after = joins(second);
  // New and removed nodes bring their wires with them: those are no difference of their own.
  const isRewired = [...after].some((join) => !before.has(join));
  return isRewired ? ['wired differently'] : [];
}

function dataDifferences(first: GraphDocument, second: GraphDocument): readonly string[] {
  return second.data.flatMap((reference) => {
    const old = first.data.find(({ node, file }) => node === reference.node && file === reference.file);
    const label = second.nodes.find(({ id }) => id === reference.node)?.label ?? reference.node;
    return old === undefined || old.sha256 === reference.sha256 ? [] : [`${label}: other data in ${reference.file}`];
  });
}

function trainingDifferences(before: TrainingSettings, after: TrainingSettings): readonly string[] {
  const plain = ({ epochs, batchSize, seed, optimizer, schedule, clipping, weightAveraging, earlyStoppingPatience }: TrainingSettings): Readonly<Record<string, ParameterValue>> => ({
    epochs,
    'batch size': batchSize,
    seed,
    ...named('optimizer', optimizer),
    ...named('schedule', schedule),
    clipping: clipping === null ? 'none' : `${clipping.kind} ${clipping.limit}`,
    'weight averaging': weightAveraging === null ? 'none' : weightAveraging.momentum,
    patience: earlyStoppingPatience,
  });
  const [old, fresh] = [plain(before), plain(after)];
  return Object.keys({ ...old, ...fresh }).flatMap((name) => {
    if (!Object.hasOwn(old, name) || !Object.hasOwn(fresh, name)) return [];
    const [from, to] = [inWords(old[name]), inWords(fresh[name])];
    return from === to ? [] : [`${name} ${from} → ${to}`];
  });
}

/** The kind under the name of the whole, every other member in words: "learningRate" → "learning rate", "beta1" → "beta 1". */
function named(whole: string, settings: { readonly kind: string }): Readonly<Record<string, ParameterValue>> {
  const words = (name: string): string => name.replaceAll(/(?=[A-Z\d])/g, ' ').toLowerCase();
  const entries = Object.entries(settings as Readonly<Record<string, ParameterValue>>);
  return Object.fromEntries(entries.map(([name, value]) => [name === 'kind' ? whole : whole === 'schedule' ? `schedule's ${words(name)}` : words(name), value]));
}

function inWords(value: ParameterValue | undefined): string {
  if (value === undefined) return 'default';
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object') return value.join(', ');
  return value === '' ? 'none' : String(value);
}
