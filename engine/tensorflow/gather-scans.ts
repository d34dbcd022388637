import { ofInteger, ofText } from './graph-node.ts';
import type { AttributeValue, NodeDefinition } from './graph-node.ts';

const counts = ['row_input_count', 'matrix_count', 'initial_state_count', 'state_count', 'sum_count'] as const;

/** A scan's node, taken apart. */
interface ScanNode {
  readonly node: NodeDefinition;
  readonly batch: string;
  readonly tensors: readonly string[];
  /** Row inputs, matrices and initial states. */
  readonly rest: readonly (readonly string[])[];
  readonly states: number;
  readonly sums: number;
}

/** Scans that become one operation. */
interface Cluster {
  readonly members: ScanNode[];
}

/**
 * Scans over one batch become one operation where nothing else must run between them: a whole forward and backward pass in
 * one call, so that threads share all of it, and a block's sequences are still in the cache when its next layer reads them.
 *
 * @param nodes in an order in which every node comes after those that it reads
 */
export function gatherScans(nodes: readonly NodeDefinition[]): readonly NodeDefinition[] {
  const clusters = clustersOf(nodes);
  const renamed = new Map<string, string>();
  const merged = new Map<NodeDefinition, NodeDefinition>();
  const dropped = new Set<NodeDefinition>();
  for (const { members } of clusters) {
    const last = members.at(-1);
    if (last === undefined || members.length < 2) continue;
    members.forEach(({ node }) => dropped.add(node));
    merged.set(last.node, mergedNode(members, last.node.name));
    nameOutputs(members, last.node.name, renamed);
  }
  if (merged.size === 0) return nodes;
  const rename = (input: string): string => renamed.get(input) ?? input;
  return nodes.flatMap((node) => {
    const kept = merged.get(node) ?? (dropped.has(node) ? undefined : node);
    return kept === undefined ? [] : [{ ...kept, inputs: kept.inputs.map(rename) }];
  });
}

/** One scan after the other joins the cluster of its batch, unless it needs what an outsider makes of the cluster's results. */
function clustersOf(nodes: readonly NodeDefinition[]): readonly Cluster[] {
  const clusters: Cluster[] = [];
  const open = new Map<string, Cluster>();
  const memberOf = new Map<string, Cluster>();
  /** By node: the clusters whose results it needs. */
  const after = new Map<string, ReadonlySet<Cluster>>();
  for (const node of nodes) {
    const needs = new Set<Cluster>();
    for (const input of node.inputs) {
      const name = nodeOf(input);
      const cluster = memberOf.get(name);
      if (cluster !== undefined) needs.add(cluster);
      after.get(name)?.forEach((other) => needs.add(other));
    }
    if (node.operation === 'UnrollScan') {
      const scan = takeApart(node);
      const current = open.get(scan.batch);
      const apart = current === undefined || node.inputs.some((input) => after.get(nodeOf(input))?.has(current) === true) ||
        // Within one operation a scan reads another's tape, and nothing else of it.
        scan.rest.flat().some((input) => memberOf.get(nodeOf(input)) === current);
      const cluster = apart ? { members: [] } : current;
      if (apart) {
        clusters.push(cluster);
        open.set(scan.batch, cluster);
      }
      cluster.members.push(scan);
      memberOf.set(node.name, cluster);
      needs.delete(cluster);
    }
    after.set(node.name, needs);
  }
  return clusters;
}

function nodeOf(input: string): string {
  return input.replace(/^\^/u, '').replace(/:\d+$/u, '');
}

function countOf({ attributes }: NodeDefinition, name: string): number {
  const value: AttributeValue | undefined = attributes[name];
  if (value?.kind !== 'integer') throw new TypeError(`a scan has no ${name}`);
  return value.value;
}

function textOf({ attributes }: NodeDefinition, name: string): string {
  const value: AttributeValue | undefined = attributes[name];
  if (value?.kind !== 'text') throw new TypeError(`a scan has no ${name}`);
  return value.value;
}

function takeApart(node: NodeDefinition): ScanNode {
  const [batch = '', ...inputs] = node.inputs;
  let next = countOf(node, 'tensor_count');
  const rest = counts.slice(0, 3).map((name) => inputs.slice(next, (next += countOf(node, name))));
  return { node, batch, tensors: inputs.slice(0, countOf(node, 'tensor_count')), rest, states: countOf(node, 'state_count'), sums: countOf(node, 'sum_count') };
}

function outputOf(name: string, index: number): string {
  return index === 0 ? name : `${name}:${index}`;
}

/** Tapes come first, then the states of all scans, then their sums. */
function nameOutputs(members: readonly ScanNode[], name: string, renamed: Map<string, string>): void {
  let state = members.length;
  let sum = state + members.reduce((total, { states }) => total + states, 0);
  members.forEach(({ node, states, sums }, index) => {
    renamed.set(outputOf(node.name, 0), outputOf(name, index));
    for (let own = 0; own < states; own += 1) renamed.set(outputOf(node.name, 1 + own), outputOf(name, state + own));
    for (let own = 0; own < sums; own += 1) renamed.set(outputOf(node.name, 1 + states + own), outputOf(name, sum + own));
    renamed.set(`^${node.name}`, `^${name}`);
    state += states;
    sum += sums;
  });
}

function mergedNode(members: readonly ScanNode[], name: string): NodeDefinition {
  const tapes = new Map(members.map(({ node }, index) => [node.name, index]));
  const tensors: string[] = [];
  const sources = members.map((member) => member.tensors.map((tensor) => {
    const tape = tapes.get(tensor);
    if (tape !== undefined) return -1 - tape;
    const known = tensors.indexOf(tensor);
    return known >= 0 ? known : tensors.push(tensor) - 1;
  }).join(' '));
  const controls = members.flatMap(({ node }) => node.inputs.filter((input) => input.startsWith('^') && !tapes.has(nodeOf(input))));
  const parts = [0, 1, 2].flatMap((kind) => members.flatMap(({ rest }) => rest[kind] ?? []));
  return {
    name,
    operation: 'UnrollScan',
    inputs: [members[0]?.batch ?? '', ...tensors, ...parts, ...new Set(controls)],
    attributes: {
      program: ofText(members.map(({ node }) => textOf(node, 'program')).join(';')),
      sources: ofText(sources.join(';')),
      scan_count: ofInteger(members.length),
      tensor_count: ofInteger(tensors.length),
      ...Object.fromEntries(counts.map((count) => [count, ofInteger(members.reduce((total, { node }) => total + countOf(node, count), 0))])),
    },
  };
}
