import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import type { GraphDocument, GraphNode, Wire } from '../graph/graph-document.ts';
import { printPath } from './value-path.ts';
import type { ValuePath } from './value-path.ts';

/** Ids that are used twice and references to nodes that do not exist, each with its path in the file. */
export function checkReferences(document: GraphDocument): readonly Diagnostic[] {
  const nodes = new Set<string>(document.nodes.map((node) => node.id));
  return [
    ...checkGraph(document.nodes, document.wires, []),
    ...document.definitions.flatMap((definition, index) =>
      checkGraph(definition.nodes, definition.wires, ['definitions', index]),
    ),
    ...checkUnique(document.definitions.map((definition, index) => ({ id: definition.name, path: ['definitions', index, 'name'] }))),
    ...document.data.flatMap((reference, index) => checkNode(reference.node, ['data', index, 'node'], nodes)),
    ...checkUnique(document.data.map((reference, index) => ({ id: reference.node, path: ['data', index, 'node'] }))),
    ...Object.keys(document.layout).flatMap((node) => checkNode(node, ['layout', node], nodes)),
  ];
}

function checkGraph(nodes: readonly GraphNode[], wires: readonly Wire[], path: ValuePath): readonly Diagnostic[] {
  const known = new Set<string>(nodes.map((node) => node.id));
  return [
    ...checkUnique(nodes.map((node, index) => ({ id: node.id, path: [...path, 'nodes', index, 'id'] }))),
    ...checkUnique(wires.map((wire, index) => ({ id: wire.id, path: [...path, 'wires', index, 'id'] }))),
    ...wires.flatMap((wire, index) => [
      ...checkNode(wire.from.node, [...path, 'wires', index, 'from', 'node'], known),
      ...checkNode(wire.to.node, [...path, 'wires', index, 'to', 'node'], known),
    ]),
  ];
}

function checkUnique(entries: readonly { readonly id: string; readonly path: ValuePath }[]): readonly Diagnostic[] {
  const first = new Map<string, ValuePath>();
  return entries.flatMap(({ id, path }) => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, path);
      return [];
    }
    return [diagnose('project-duplicate-id', { kind: 'value', path }, { path: printPath(path), id, first: printPath(earlier.slice(0, -1)) })];
  });
}

function checkNode(id: string, path: ValuePath, known: ReadonlySet<string>): readonly Diagnostic[] {
  if (known.has(id)) return [];
  const nearest = nearMiss(id, [...known]);
  return [diagnose('project-missing-node', { kind: 'value', path }, { path: printPath(path), id, nearest })];
}
