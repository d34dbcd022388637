import { describe, expect, it } from 'vitest';
import { surveyGraph } from '../../../core/check/graph-survey.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { flowNodes, flowWires, withDragged } from '../../../renderer/canvas/flow/flow-adapter.ts';
import { chain, node, wire } from './sample-document.ts';

const none = { selectedNodes: new Set<ReturnType<typeof nodeId>>(), current: null };

describe('nodes as React Flow takes them', () => {
  it('have their place, their size and their ports, so that nothing has to be measured', () => {
    const rnn = flowNodes(chain(), none, new Map()).get('rnn');
    expect(rnn).toMatchObject({ position: { x: 480, y: 0 }, width: 160, height: 84, ariaLabel: 'rnn, SimpleRNN' });
    expect(rnn?.handles?.map(({ id, type, x, y }) => [id, type, x, y])).toEqual([
      ['inputs', 'target', -6, 52],
      ['initial hidden state', 'target', -6, 68],
      ['outputs', 'source', 154, 52],
      ['final hidden state', 'source', 154, 68],
    ]);
  });
  it('are the very same objects while they are as they were', () => {
    const before = flowNodes(chain(), none, new Map());
    const after = flowNodes(chain(), { ...none, selectedNodes: new Set([nodeId('rnn')]) }, before);
    expect([...after].filter(([id, flowNode]) => before.get(id) !== flowNode).map(([id]) => id)).toEqual(['rnn']);
  });
  it('change places in one step, and only those that moved', () => {
    const before = flowNodes(chain(), none, new Map());
    const moved = applyEdits(chain(), [{ kind: 'move-node', node: nodeId('rnn'), position: { x: 1, y: 2 } }]);
    const after = flowNodes(moved, none, before);
    expect([...after].filter(([id, flowNode]) => before.get(id) !== flowNode).map(([id]) => id)).toEqual(['rnn']);
    const list = [...before.values()];
    const dragged = withDragged(list, new Map([['dense', { x: 5, y: 6 }]]));
    expect(dragged.filter((flowNode, index) => flowNode !== list[index]).map((flowNode) => [flowNode.id, flowNode.position])).toEqual([['dense', { x: 5, y: 6 }]]);
  });
  it('keep exactly one of them in the order of tabs', () => {
    const stops = (current: string | null) =>
      [...flowNodes(chain(), { ...none, current: current === null ? null : nodeId(current) }, new Map()).values()].filter((flowNode) => flowNode.domAttributes?.tabIndex === 0).map(({ id }) => id);
    expect(stops(null)).toEqual(['series']);
    expect(stops('dense')).toEqual(['dense']);
  });
  it('show a port that only a broken wire names, so that the wire can be seen and removed', () => {
    const graph = { ...chain(), nodes: [node('rnn', 'simple-rnn'), node('odd', 'no-such-type')], wires: [wire('w', 'odd.mystery rnn.gate')] };
    const nodes = flowNodes(graph, none, new Map());
    expect(nodes.get('odd')?.data.ports.outputs).toEqual([{ name: 'mystery', carries: null }]);
    expect(nodes.get('rnn')?.data.ports.inputs.map((port) => port.name)).toEqual(['inputs', 'initial hidden state', 'gate']);
  });
});

describe('wires as React Flow takes them', () => {
  it('say what they carry, in the label and to screen readers', () => {
    const wires = flowWires(chain(), surveyGraph(chain()), { selectedWires: new Set() }, new Map());
    expect(wires.get('w2')).toMatchObject({ source: 'window', sourceHandle: 'windows', data: { label: '(batch, 50 time, 1 feature)', carries: 'tensor' }, ariaLabel: 'Wire from window to rnn (batch, 50 time, 1 feature)' });
  });
  it('are the very same objects while they are as they were', () => {
    const survey = surveyGraph(chain());
    const before = flowWires(chain(), survey, { selectedWires: new Set() }, new Map());
    const after = flowWires(chain(), survey, { selectedWires: new Set([wireId('w3')]) }, before);
    expect([...after].filter(([id, flowWire]) => before.get(id) !== flowWire).map(([id]) => id)).toEqual(['w3']);
  });
});
