import { expect, it } from 'vitest';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { spliceTarget } from '../../../renderer/canvas/actions/move-nodes.ts';
import { graphGeometry } from '../../../core/drawing/graph-geometry.ts';
import { spliceExistingEdits, spliceNewEdits, splicePorts } from '../../../renderer/canvas/graph/splice.ts';
import { chain, node, withNodes } from './sample-document.ts';

const graph = chain();
const wireOf = (id: string) => graph.wires.find((wire) => wire.id === id)!;
const route = (document: typeof graph) => document.wires.map((wire) => `${wire.from.node}.${wire.from.port} ${wire.to.node}.${wire.to.port}`);

it('a layer fits between layers and not between series; a Scale the other way round', () => {
  expect(splicePorts(graph, wireOf('w3'), 'layer-norm')).toEqual({ input: 'inputs', output: 'outputs' });
  expect(splicePorts(graph, wireOf('w1'), 'layer-norm')).toBeNull();
  expect(splicePorts(graph, wireOf('w1'), 'scale')).toEqual({ input: 'series', output: 'series' });
  expect(splicePorts(graph, wireOf('w3'), 'scale')).toBeNull();
});

it('a new node takes its place in the wire where it was dropped', () => {
  const spliced = applyEdits(graph, spliceNewEdits(wireOf('w3'), node('norm', 'layer-norm'), { input: 'inputs', output: 'outputs' }, { x: 600, y: 8 }));
  expect(route(spliced)).toEqual(expect.arrayContaining(['rnn.outputs norm.inputs', 'norm.outputs dense.inputs']));
  expect(route(spliced)).toHaveLength(5);
  expect(spliced.layout['norm']).toEqual({ x: 600, y: 8 });
});

it('a node that has no wires does too, and one that has them never', () => {
  const loose = withNodes(graph, node('norm', 'layer-norm'));
  const middleOfThird = { x: 560, y: 20 };
  expect(spliceTarget(loose, graphGeometry(loose), new Map([[nodeId('norm'), middleOfThird]]))?.id).toBe('w3');
  expect(spliceTarget(loose, graphGeometry(loose), new Map([[nodeId('norm'), { x: 560, y: 300 }]]))).toBeUndefined();
  expect(spliceTarget(loose, graphGeometry(loose), new Map([[nodeId('rnn'), { x: 800, y: 20 }]]))).toBeUndefined();
  const spliced = applyEdits(loose, spliceExistingEdits(loose, wireOf('w3'), loose.nodes.at(-1)!, { input: 'inputs', output: 'outputs' }));
  expect(route(spliced)).toEqual(expect.arrayContaining(['rnn.outputs norm.inputs', 'norm.outputs dense.inputs']));
  expect(spliced.wires.some((wire) => wire.id === wireId('w3'))).toBe(true);
});
