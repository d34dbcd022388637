import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../core/document/parse-document.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { clipboardText } from '../../../renderer/canvas/clipboard/copy-nodes.ts';
import { pasteEdits } from '../../../renderer/canvas/clipboard/paste-nodes.ts';
import { chain } from './sample-document.ts';

function copied(...nodes: readonly string[]) {
  const parsed = parseDocument(clipboardText(chain(), new Set(nodes.map(nodeId))));
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value.document;
}

describe('copying', () => {
  it('takes the nodes, the wires between them and their places, as a project file', () => {
    const { nodes, wires, layout } = copied('rnn', 'dense');
    expect(nodes.map((node) => node.id)).toEqual(['rnn', 'dense']);
    expect(wires.map((wire) => wire.id)).toEqual(['w3']);
    expect(Object.keys(layout)).toEqual(['rnn', 'dense']);
  });
});

describe('pasting', () => {
  it('gives free ids and labels, keeps parameters and wires, and puts the middle where it was asked', () => {
    const graph = chain();
    const { nodes, edits } = pasteEdits(graph, copied('rnn', 'dense'), { kind: 'middle', at: { x: 1000, y: 1000 } });
    const pasted = applyEdits(graph, edits);
    expect(nodes).toEqual(['simple-rnn-1', 'dense-1']);
    expect(pasted.nodes.map((node) => node.label).slice(-2)).toEqual(['SimpleRNN 1', 'Dense 1']);
    expect(pasted.nodes.at(-2)?.parameters).toEqual(graph.nodes[2]?.parameters);
    expect(pasted.wires.at(-1)).toEqual({ id: 'wire-1', from: { node: 'simple-rnn-1', port: 'outputs' }, to: { node: 'dense-1', port: 'inputs' } });
    expect(pasted.layout['simple-rnn-1']).toEqual({ x: 800, y: 968 });
  });
  it('keeps a label that is free', () => {
    const graph = { ...chain(), nodes: [], wires: [], layout: {} };
    const pasted = applyEdits(graph, pasteEdits(graph, copied('rnn'), { kind: 'shift', by: 32 }).edits);
    expect(pasted.nodes[0]).toMatchObject({ id: 'simple-rnn-1', label: 'rnn' });
    expect(pasted.layout).toEqual({ 'simple-rnn-1': { x: 512, y: 32 } });
  });
});
