import { expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/check-document.ts';
import { wireId } from '../../../core/graph/identifiers.ts';
import { anyNodeType, catalog, catalogOf } from '../../../core/nodes/catalog.ts';
import { denseNode } from '../../../core/nodes/dense.ts';
import { chain, dense, forecast, node, soundGraph, window, wire } from './sample-graphs.ts';

/** A layer with two inputs, which the shipped catalogue does not have yet: Dense with a second port. */
const merge = anyNodeType({
  ...denseNode,
  type: 'merge',
  inputs: [...denseNode.inputs, { name: 'others', carries: 'tensor', doc: 'What is merged in.' }],
});
const withMerge = catalogOf([...catalog.values(), merge]);

function merged(second: ReturnType<typeof window>) {
  const [series, first] = [soundGraph.nodes[0]!, soundGraph.nodes[1]!];
  const meeting = node('merge', 'Merge 1', { units: 10 });
  const end = [node('flatten', 'Flatten 1'), dense('Dense 1', 10), forecast()];
  const document = chain(series, first, meeting, ...end);
  const wires = document.wires.map((each) => (each.to.node === meeting.id ? { ...each, to: { ...each.to, port: 'inputs' } } : each));
  const other = { ...wire(second, meeting), id: wireId('other'), to: { node: meeting.id, port: 'others' } };
  const isSecond = second.id !== first.id;
  return {
    ...document,
    nodes: isSecond ? [...document.nodes, second] : document.nodes,
    wires: [...wires, other, ...(isSecond ? [wire(series, second)] : [])],
  };
}

it('lets tensors of one Window meet', () => {
  expect(checkDocument(merged(soundGraph.nodes[1]!), {}, withMerge).diagnostics).toEqual([]);
});

it('keeps samples of two Windows apart', () => {
  const second = { ...window(), id: node('window', 'Window 2').id, label: 'Window 2' };
  expect(checkDocument(merged(second), {}, withMerge).diagnostics.map(({ message }) => message)).toEqual([
    'Merge 1 mixes samples of Window 1 and Window 2; everything a model reads comes from one Window: wire its inputs from the same one.',
  ]);
});
