import { expect, it } from 'vitest';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import { additionEdits } from '../../../renderer/canvas/actions/add-node.ts';
import { chain, node, port, withNodes } from './sample-document.ts';

const middle = { x: 400, y: 300 };
const typeOf = (name: string) => catalog.get(name)!;
const lastWire = (document: ReturnType<typeof chain>) => {
  const wire = document.wires.at(-1)!;
  return `${wire.from.node}.${wire.from.port} ${wire.to.node}.${wire.to.port}`;
};

it('after a node: to its right, reading its output', () => {
  const graph = withNodes({ ...chain(), nodes: [], wires: [], layout: {} }, node('series', 'series'));
  const { node: added, edits } = additionEdits(graph, typeOf('window'), { position: null, end: null, after: nodeId('series') }, middle);
  const next = applyEdits(graph, edits);
  expect(lastWire(next)).toBe('series.series window-1.series');
  expect(next.layout[added]).toEqual({ x: 240, y: 400 });
});

it('after a node that it cannot follow: beside it, without a wire', () => {
  const graph = chain();
  const next = applyEdits(graph, additionEdits(graph, typeOf('lstm'), { position: null, end: null, after: nodeId('series') }, middle).edits);
  expect(next.wires).toEqual(graph.wires);
});

it('at an open end: wired to it, in place of the wire that an input had', () => {
  const graph = chain();
  const forwards = applyEdits(graph, additionEdits(graph, typeOf('lstm'), { position: { x: 0, y: 600 }, end: { port: port('rnn.outputs'), direction: 'output' }, after: null }, middle).edits);
  expect(lastWire(forwards)).toBe('rnn.outputs lstm-1.inputs');
  expect(forwards.wires).toHaveLength(5);
  const backwards = applyEdits(graph, additionEdits(graph, typeOf('lstm'), { position: { x: 0, y: 600 }, end: { port: port('dense.inputs'), direction: 'input' }, after: null }, middle).edits);
  expect(lastWire(backwards)).toBe('lstm-1.outputs dense.inputs');
  expect(backwards.wires).toHaveLength(4);
});

it('with no wish: in the middle of what is seen, beside whatever lies there', () => {
  const graph = withNodes({ ...chain(), nodes: [], wires: [], layout: {} });
  const first = applyEdits(graph, additionEdits(graph, typeOf('lstm'), { position: null, end: null, after: null }, middle).edits);
  expect(first.layout['lstm-1']).toEqual({ x: 320, y: 256 });
  const second = applyEdits(first, additionEdits(first, typeOf('lstm'), { position: null, end: null, after: null }, middle).edits);
  expect(second.layout['lstm-2']!.y).toBeGreaterThan(256 + 96);
});
