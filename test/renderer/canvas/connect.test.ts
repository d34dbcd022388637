import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { connectEdits, connectionCandidates, connectionProblem } from '../../../renderer/canvas/graph/connect.ts';
import { chain, node, port, withNodes } from './sample-document.ts';

describe('whether a wire can be drawn', () => {
  const graph = withNodes(chain(), node('lstm', 'lstm'));
  it.each([
    ['series.series', 'lstm.inputs', 'series gives series; lstm reads windows or the output of a layer: insert Window between them.'],
    ['lstm.outputs', 'window.series', 'lstm gives tensors of samples; window reads series: wire it before the Window.'],
    ['dense.outputs', 'rnn.inputs', 'rnn already feeds dense: this wire would close a cycle. Recurrence lives inside recurrent layers.'],
    ['lstm.outputs', 'lstm.inputs', 'lstm cannot feed itself: recurrence lives inside recurrent layers.'],
    ['lstm.hidden', 'dense.inputs', 'The node type has no such port.'],
    ['rnn.outputs', 'lstm.inputs', null],
    // A misfit of shapes can be repaired, so it may be drawn.
    ['rnn.outputs', 'forecast.predictions', null],
  ])('%s to %s: %s', (from, to, problem) => {
    expect(connectionProblem(graph, port(from), port(to))).toBe(problem);
  });
});

describe('drawing a wire', () => {
  it('takes the place of the wire that the input had', () => {
    const graph = withNodes(chain(), node('lstm', 'lstm'));
    const wires = applyEdits(graph, connectEdits(graph, port('lstm.outputs'), port('dense.inputs'))).wires;
    expect(wires.filter((wire) => wire.to.node === 'dense').map((wire) => wire.from.node)).toEqual(['lstm']);
    expect(wires).toHaveLength(4);
  });
  it('changes nothing where the two ports are wired already', () => {
    expect(connectEdits(chain(), port('rnn.outputs'), port('dense.inputs'))).toEqual([]);
  });
});

it('the keyboard is offered free inputs first, then those whose wire would give way, then states, and never what would close a cycle', () => {
  const graph = withNodes(chain(), node('lstm', 'lstm'));
  const offered = connectionCandidates(graph, nodeId('rnn')).map(({ direction, label, from, to, replaces }) => ({
    words: `${direction} ${label}${replaces ? ', replacing' : ''}`,
    isState: /^(initial|final)/.test(from.port) || /^(initial|final)/.test(to.port),
  }));
  expect(offered.slice(0, 3).map(({ words }) => words)).toEqual(['to lstm', 'to forecast, replacing', 'from lstm, replacing']);
  expect(offered.map(({ isState }) => isState)).toEqual(offered.map((_, index) => index >= 3));
});

it('a final state can be wired to an initial state', () => {
  const graph = withNodes(chain(), node('lstm', 'lstm'));
  expect(connectionProblem(graph, port('rnn.final hidden state'), port('lstm.initial cell state'))).toBe(null);
});
