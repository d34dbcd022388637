import { describe, expect, it } from 'vitest';
import { applyEdit, applyEdits } from '../../../core/graph/apply-edit.ts';
import type { GraphEdit } from '../../../core/graph/edit.ts';
import { freshWireId } from '../../../core/graph/fresh-identifier.ts';
import type { GraphDocument, GraphNode, Wire } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { sampleDocument } from '../document/sample-document.ts';

const series = nodeId('series-1');
const window = nodeId('window-1');
const wire = wireId('wire-1');
const scale: GraphNode = { id: nodeId('scale-1'), type: 'scale', label: 'Scale 1', parameters: {} };

function edges(document: GraphDocument): readonly string[] {
  return document.wires.map((candidate: Wire) => `${candidate.id}: ${candidate.from.node}.${candidate.from.port} → ${candidate.to.node}.${candidate.to.port}`);
}

describe('an edit', () => {
  it('adds a node, with its place when it is given', () => {
    const edited = applyEdit(sampleDocument, { kind: 'add-node', node: scale, position: { x: 1, y: 2 } });
    expect(edited.nodes).toEqual([...sampleDocument.nodes, scale]);
    expect(edited.layout['scale-1']).toEqual({ x: 1, y: 2 });
  });

  it('takes wires, data and place away with the node', () => {
    const edited = applyEdit(sampleDocument, { kind: 'remove-node', node: series });
    expect(edited.nodes.map((node) => node.id)).toEqual([window]);
    expect([edited.wires, edited.data, Object.keys(edited.layout)]).toEqual([[], [], ['window-1']]);
  });

  it('renames a node', () => {
    expect(applyEdit(sampleDocument, { kind: 'rename-node', node: window, label: 'Two months' }).nodes[1]?.label).toBe('Two months');
  });

  it('sets one parameter and leaves the others', () => {
    const edited = applyEdit(sampleDocument, { kind: 'set-parameter', node: window, parameter: 'window', value: 60 });
    expect(edited.nodes[1]?.parameters).toEqual({ window: 60, stride: 1 });
  });

  it('disconnects and connects again', () => {
    const apart = applyEdit(sampleDocument, { kind: 'disconnect', wire });
    expect(apart.wires).toEqual([]);
    expect(applyEdit(apart, { kind: 'connect', wire: sampleDocument.wires[0]! })).toEqual(sampleDocument);
  });

  it('splices a node into a wire, halfway between its ends', () => {
    const edited = applyEdit(sampleDocument, { kind: 'insert-on-wire', wire, node: scale, inputPort: 'series', outputPort: 'series' });
    expect(edges(edited)).toEqual(['wire-1: series-1.series → scale-1.series', 'wire-2: scale-1.series → window-1.series']);
    expect(edited.layout['scale-1']).toEqual({ x: 120, y: -4 });
  });

  it('moves a node', () => {
    expect(applyEdit(sampleDocument, { kind: 'move-node', node: window, position: { x: 5, y: 6 } }).layout['window-1']).toEqual({ x: 5, y: 6 });
  });

  it('sets some training settings and leaves the others', () => {
    const edited = applyEdit(sampleDocument, { kind: 'set-training', training: { epochs: 3 } });
    expect(edited.training).toEqual({ ...sampleDocument.training, epochs: 3 });
  });

  it('sets the data of a node, replacing what it had', () => {
    const data = { node: series, file: 'other.csv', sha256: 'f'.repeat(64) };
    expect(applyEdit(sampleDocument, { kind: 'set-data', data }).data).toEqual([data]);
    expect(applyEdit({ ...sampleDocument, data: [] }, { kind: 'set-data', data }).data).toEqual([data]);
  });

  it('leaves the document that it was applied to as it was', () => {
    const before = structuredClone(sampleDocument);
    applyEdits(sampleDocument, [
      { kind: 'insert-on-wire', wire, node: scale, inputPort: 'series', outputPort: 'series' },
      { kind: 'remove-node', node: series },
    ]);
    expect(sampleDocument).toEqual(before);
  });

  const unknown = nodeId('lstm-9');
  const other: Wire = { id: wireId('wire-2'), from: { node: series, port: 'series' }, to: { node: window, port: 'series' } };
  it.each<[GraphEdit, string]>([
    [{ kind: 'add-node', node: { ...scale, id: series } }, 'The node id "series-1" is already used.'],
    [{ kind: 'remove-node', node: unknown }, 'There is no node "lstm-9" in the project "Sample".'],
    [{ kind: 'rename-node', node: unknown, label: 'x' }, 'There is no node "lstm-9" in the project "Sample".'],
    [{ kind: 'set-parameter', node: unknown, parameter: 'units', value: 1 }, 'There is no node "lstm-9" in the project "Sample".'],
    [{ kind: 'move-node', node: unknown, position: { x: 0, y: 0 } }, 'There is no node "lstm-9" in the project "Sample".'],
    [{ kind: 'set-data', data: { node: unknown, file: 'a', sha256: '' } }, 'There is no node "lstm-9" in the project "Sample".'],
    [{ kind: 'disconnect', wire: wireId('wire-9') }, 'There is no wire "wire-9" in the project "Sample".'],
    [{ kind: 'insert-on-wire', wire: wireId('wire-9'), node: scale, inputPort: 'a', outputPort: 'b' }, 'There is no wire "wire-9" in the project "Sample".'],
    [{ kind: 'insert-on-wire', wire, node: { ...scale, id: series }, inputPort: 'a', outputPort: 'b' }, 'The node id "series-1" is already used.'],
    [{ kind: 'connect', wire: { ...other, from: { node: unknown, port: 'series' } } }, 'There is no node "lstm-9" in the project "Sample".'],
    [{ kind: 'connect', wire: { ...other, id: wire } }, 'The wire id "wire-1" is already used.'],
    [{ kind: 'connect', wire: other }, 'The input "series" of node "window-1" already has the wire "wire-1": disconnect it first.'],
  ])('that does not fit throws: %j', (edit, message) => {
    expect(() => applyEdit(sampleDocument, edit)).toThrow(message);
  });
});

describe('a fresh wire id', () => {
  it('has the lowest free number', () => {
    expect(freshWireId(sampleDocument)).toBe('wire-2');
    expect(freshWireId({ wires: [] })).toBe('wire-1');
  });
});
