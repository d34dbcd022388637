import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/check-document.ts';
import { buildModel } from '../../../core/compile/build-model.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import type { GraphDocument, ParameterValue } from '../../../core/graph/graph-document.ts';
import { wireId } from '../../../core/graph/identifiers.ts';
import { dense, forecast, graph, lstm, series, window, wire } from './sample-graphs.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** window → encoder, whose `from` starts the hidden state of the decoder, which reads the window too → dense → forecast. */
function encoderDecoder(encoder: Parameters, decoder: Parameters, from = 'final hidden state', to = 'initial hidden state'): GraphDocument {
  const [source, samples, first, second, readOut, target] = [
    series(), window(), lstm('Encoder', encoder), lstm('Decoder', { returnSequences: false, ...decoder }), dense('Dense 1', 10), forecast(),
  ] as const;
  const state = { id: wireId('state'), from: { node: first.id, port: from }, to: { node: second.id, port: to } };
  return graph([source, samples, first, second, readOut, target], [wire(source, samples), wire(samples, first), wire(samples, second), wire(second, readOut), wire(readOut, target), state]);
}

function findings(document: GraphDocument) {
  return checkDocument(document).diagnostics.map(({ message, repairs }) => ({
    message,
    repairs: repairs.map(({ title, edits }) => [title, checkDocument(applyEdits(document, edits)).diagnostics.map((left) => left.message)] as const),
  }));
}

describe('a wired state', () => {
  it('fits where it is as wide as the units; unwired ones start at zero', () => {
    const document = encoderDecoder({}, {});
    expect(findings(document)).toEqual([]);
    const model = buildModel(document);
    expect(model.ok ? model.value.layers.map(({ node: id, inputs }) => [id, Object.keys(inputs)]) : []).toEqual([
      ['encoder', ['inputs']], ['decoder', ['inputs', 'initial hidden state']], ['dense-1', ['inputs']],
    ]);
  });

  it('of another width is refused', () => {
    expect(findings(encoderDecoder({ units: 8 }, {}))).toEqual([{
      message: 'Decoder receives (batch, 8 feature) from Encoder as its initial hidden state and wants (batch, 20 feature), a number for each unit: set units of Encoder to 20, or set units of Decoder to 8.',
      repairs: [['Set units of Encoder to 20', []], ['Set units of Decoder to 8', []]],
    }]);
  });

  it('of one direction does not start two', () => {
    expect(findings(encoderDecoder({}, { bidirectional: true }))).toEqual([{
      message: 'Decoder receives (batch, 20 feature) from Encoder as its initial hidden state and wants (batch, 40 feature), a state for each of its two directions, but this is the state of one: make Encoder bidirectional, or make Decoder read in one direction.',
      repairs: [['Make Encoder bidirectional', []], ['Make Decoder read in one direction', []]],
    }]);
    expect(findings(encoderDecoder({ bidirectional: true }, { bidirectional: true }))).toEqual([]);
  });

  it('of two directions starts one of twice the units', () => {
    expect(findings(encoderDecoder({ bidirectional: true }, { units: 40 }))).toEqual([]);
    expect(findings(encoderDecoder({ bidirectional: true }, { units: 30 }))).toEqual([{
      message: 'Decoder receives (batch, 40 feature) from Encoder as its initial hidden state and wants (batch, 30 feature), a number for each unit: set units of Encoder to 15, or set units of Decoder to 40.',
      repairs: [['Set units of Encoder to 15', []], ['Set units of Decoder to 40', []]],
    }]);
  });

  it('is the last step, not all of them', () => {
    const document = encoderDecoder({}, {}, 'outputs', 'initial cell state');
    expect(findings(document)).toEqual([{
      message: 'Decoder receives (batch, 50 time, 20 feature) from Encoder as its initial cell state and wants (batch, 20 feature), a number for each unit: wire the final cell state of Encoder, or set Encoder to return its last step.',
      repairs: [['Wire the final cell state of Encoder', []], ['Set Encoder to return its last step', []]],
    }]);
  });
});

it('an optional input may stay unwired, and a wire that is in error there is told once', () => {
  const document = encoderDecoder({ units: 8 }, {}, 'final state');
  expect(findings(document).map(({ message }) => message)).toEqual([expect.stringContaining('Encoder has no output "final state"')]);
});

it('a bidirectional layer is not told to have the units that two directions give together', () => {
  const [source, samples, both, target] = [series(), window(), lstm('Both', { bidirectional: true, returnSequences: false, units: 4 }), forecast()] as const;
  const document = graph([source, samples, both, target], [wire(source, samples), wire(samples, both), wire(both, target)]);
  expect(findings(document).flatMap(({ repairs }) => repairs.map(([title]) => title))).not.toContain('Set units of Both to 10');
});

describe('a stateful layer', () => {
  const follow = { window: 50, stride: 50 };
  const project = (cell: Parameters, windows: Parameters = follow, target: Parameters = {}): GraphDocument => {
    const [source, samples, first, readOut, end] = [series({ steps: 200 }), window(windows), lstm('LSTM 1', { returnSequences: false, stateful: true, ...cell }), dense('Dense 1', 10), forecast(target)] as const;
    return graph([source, samples, first, readOut, end], [wire(source, samples), wire(samples, first), wire(first, readOut), wire(readOut, end)]);
  };

  it('takes windows that follow each other', () => {
    expect(findings(project({}))).toEqual([]);
  });

  it('refuses others, with the stride that makes them follow', () => {
    expect(findings(project({}, { window: 50, stride: 10 }))).toEqual([{
      message: 'LSTM 1 is stateful, so each window must begin where the one before ended, but Window 1 moves on by 10 time steps and is 50 time steps long: set stride of Window 1 to 50, or let LSTM 1 start each window anew.',
      repairs: [['Set stride of Window 1 to 50', []], ['Let LSTM 1 start each window anew', []]],
    }]);
  });

  it.each([
    ['bidirectional', { bidirectional: true }, 'LSTM 1 is stateful and bidirectional, but a way back starts at the end of a window, and what would precede it is not read yet: let it read in one direction, forwards, or let it start each window anew.'],
    ['backwards', { goBackwards: true }, 'LSTM 1 is stateful and goes backwards, but a way back starts at the end of a window, and what would precede it is not read yet: let it read in one direction, forwards, or let it start each window anew.'],
  ])('cannot go %s', (_, cell, message) => {
    const found = findings(project(cell));
    expect(found.map((own) => own.message)).toEqual([message]);
    expect(found[0]!.repairs.map(([, left]) => left)).toEqual([[], []]);
  });

  it('cannot have its forecasts iterated', () => {
    expect(findings(project({}, follow, { iterateTo: 20 }))).toEqual([{
      message: 'Forecast iterates its forecasts, which moves windows on by its horizon, but LSTM 1 is stateful and knows its states only where a window ends: do not iterate, or let LSTM 1 start each window anew.',
      repairs: [['Let Forecast not iterate', []], ['Let LSTM 1 start each window anew', []]],
    }]);
  });

  it('is not also started by a wire', () => {
    const document = encoderDecoder({}, { stateful: true });
    const following = { ...document, nodes: document.nodes.map((node) => (node.type === 'window' ? { ...node, parameters: { ...node.parameters, stride: 50 } } : node)) };
    const found = findings(following);
    expect(found.map(({ message }) => message)).toEqual(['Decoder is stateful, so it starts with the states of the window before, but its initial hidden state is wired as well: take the wire off, or let it start each window anew.']);
    expect(found[0]!.repairs.map(([title, left]) => [title, left])).toEqual([
      ['Take the wires off the initial states of Decoder', ['Encoder does not lead to Forecast: it is left out of the model; wire it in or remove it.']],
      ['Let Decoder start each window anew', []],
    ]);
  });
});
