import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument, mostDiagnostics } from '../../../core/check/check-document.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { printShape } from '../../../core/shapes/shape.ts';
import { chain, dense, forecast, graph, lstm, node, series, soundGraph, window, wire } from './sample-graphs.ts';

function messages(document: GraphDocument, data?: Parameters<typeof checkDocument>[1]): readonly string[] {
  return checkDocument(document, data).diagnostics.map((diagnostic) => diagnostic.message);
}

/** Every offered mend must be possible, and take away the message that it was offered with. */
function expectRepairsToHelp(document: GraphDocument, data?: Parameters<typeof checkDocument>[1]): void {
  for (const { message, repairs } of checkDocument(document, data).diagnostics) {
    for (const repair of repairs) expect(messages(applyEdits(document, repair.edits), data)).not.toContain(message);
  }
}

const csv = (parameters = {}) => series({ source: 'csv', file: 'weather.csv', ...parameters });
const weather = { [nodeId('series-1')]: { columns: ['temp_max', 'temp_min', 'wind'], seriesCount: 1, steps: 1461 } };

describe('a sound graph', () => {
  it('has no diagnostics, and facts on every port', () => {
    const checked = checkDocument(soundGraph);
    expect(checked.diagnostics).toEqual([]);
    const shapes = checked.order.flatMap((id) =>
      Object.values(checked.facts.get(id)?.outputs ?? {}).map((facts) => (facts.kind === 'tensor' ? printShape(facts.shape) : facts.columns?.join(', '))),
    );
    expect(shapes).toEqual(['value', '(batch, 50 time, 1 feature)', '(batch, 20 feature)', '(batch, 20 feature)', '(batch, 20 feature)', '(batch, 10 feature)']);
  });

  it('keeps the number of columns a symbol until the file is read', () => {
    const document = chain(csv(), window({ splitBy: 'time' }), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 30), forecast());
    const facts = checkDocument(document).facts.get(nodeId('window-1'))?.outputs['windows'];
    expect(facts?.kind === 'tensor' && printShape(facts.shape)).toBe('(batch, 50 time, columns feature)');
    expect(messages(document)).toEqual([]);
    expect(messages(document, weather)).toEqual([]);
  });
});

describe('shapes', () => {
  const sequenceBeforeVector = chain(series(), window(), lstm('LSTM 1'), dense('Dense 2', 10), forecast());

  it('offers three ways out where a sequence meets a forecast of one vector', () => {
    const [diagnostic, second] = checkDocument(sequenceBeforeVector).diagnostics;
    expect(second).toBeUndefined();
    expect(diagnostic?.message).toBe(
      'Dense 2 receives (batch, 50 time, 20 feature); Forecast wants one vector per series: set LSTM 1 to return its last step, or insert Flatten, or make the forecast sequence-to-sequence.',
    );
    expect(diagnostic?.repairs.map((repair) => repair.title)).toEqual([
      'Set LSTM 1 to return its last step',
      'Insert Flatten before Dense 2',
      'Make Forecast sequence-to-sequence',
    ]);
    for (const repair of diagnostic!.repairs) expect(messages(applyEdits(sequenceBeforeVector, repair.edits))).toEqual([]);
  });

  it('looks past layers that keep the number of features', () => {
    const document = chain(series(), window(), lstm('LSTM 1'), dense('Dense 2', 10), node('dropout', 'Dropout 1'), forecast());
    expect(messages(document)[0]).toContain('Dense 2 receives (batch, 50 time, 20 feature); Forecast wants');
    expectRepairsToHelp(document);
  });

  it('names the layer before where there is no read-out', () => {
    expect(messages(chain(series(), window(), lstm('LSTM 1', { units: 10 }), forecast()))).toEqual([
      'Forecast receives (batch, 50 time, 10 feature) from LSTM 1 and wants one vector per series: set LSTM 1 to return its last step, or make the forecast sequence-to-sequence.',
    ]);
  });

  it('asks for units of horizon × columns', () => {
    const document = chain(series(), window(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 1), forecast());
    const [diagnostic] = checkDocument(document).diagnostics;
    expect(diagnostic?.message).toBe(
      'Forecast wants 10 values per series (horizon 10 × 1 column) but receives (batch, 1 feature) from Dense 1: set units of Dense 1 to 10, or set horizon to 1.',
    );
    expect(diagnostic?.repairs[0]).toEqual({
      title: 'Set units of Dense 1 to 10',
      edits: [{ kind: 'set-parameter', node: 'dense-1', parameter: 'units', value: 10 }],
    });
    expectRepairsToHelp(document);
  });

  it('counts the columns that are forecast, once they are known', () => {
    const document = chain(csv(), window({ splitBy: 'time' }), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast());
    expect(messages(document, weather)).toEqual([
      'Forecast wants 30 values per series (horizon 10 × 3 columns) but receives (batch, 10 feature) from Dense 1: set units of Dense 1 to 30.',
    ]);
  });

  it('offers a Dense where no layer sets the width', () => {
    const document = chain(series(), window(), node('flatten', 'Flatten 1'), forecast());
    expect(messages(document)[0]).toContain('receives (batch, 50 feature) from Flatten 1: insert Dense with units 10');
    expectRepairsToHelp(document);
  });

  it('wants a sequence where a layer runs over time, and undoes what dropped the time axis', () => {
    const lastStep = chain(series(), window(), lstm('LSTM 1', { returnSequences: false }), node('simple-rnn', 'RNN 2', { returnSequences: false }), dense('Dense 1', 10), forecast());
    expect(messages(lastStep)).toEqual(['RNN 2 receives (batch, 20 feature) from LSTM 1 and wants a sequence, (batch, time, feature): set LSTM 1 to return sequences.']);
    expectRepairsToHelp(lastStep);
    const flattened = chain(series(), window(), node('flatten', 'Flatten 1'), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast());
    expect(messages(flattened)[0]).toContain('remove Flatten 1');
    expectRepairsToHelp(flattened);
  });

  it('wants a sequence for a forecast at every step', () => {
    const document = chain(series(), window(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast({ everyStep: true }));
    expect(messages(document)).toEqual([
      'Forecast receives (batch, 10 feature) from Dense 1 and wants one vector per time step: set LSTM 1 to return sequences, or make it forecast one vector per series.',
    ]);
    expectRepairsToHelp(document);
  });

  it('tells one fault once: what stands below a faulty node is skipped', () => {
    const document = chain(series(), window(), lstm('LSTM 1', { units: 0 }), dense('Dense 1', 3), forecast());
    expect(messages(document)).toEqual(['LSTM 1: units is 0, but must be a whole number from 1 to 65,536: choose a larger number.']);
  });
});

describe('wiring', () => {
  it('names the nodes of a cycle', () => {
    const [first, second, third] = [lstm('LSTM 1'), lstm('LSTM 2'), dense('Dense 1', 10)];
    const end = forecast();
    const document = graph([first, second, third, end], [wire(first, second), wire(second, third), wire(third, first), wire(third, end)]);
    expect(messages(document)).toEqual([
      'LSTM 1 → LSTM 2 → Dense 1 → LSTM 1 is a cycle, and a graph has none (recurrence lives inside recurrent layers): remove a wire, for example from Dense 1 to LSTM 1.',
    ]);
    expectRepairsToHelp(document);
  });

  it('names an unwired input', () => {
    const nodes = [series(), window(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast()];
    const document = graph(nodes, [wire(nodes[0]!, nodes[1]!), wire(nodes[2]!, nodes[3]!), wire(nodes[3]!, nodes[4]!)]);
    const { diagnostics } = checkDocument(document);
    expect(diagnostics[0]).toMatchObject({
      code: 'unwired-input',
      severity: 'error',
      where: { kind: 'node', node: 'lstm-1', port: 'inputs' },
      message: 'LSTM 1 has nothing wired to its input "inputs": connect a Window or a layer.',
    });
  });

  it('wants a target, and one that counts', () => {
    const [one, two] = [node('forecast', 'Forecast 1', { horizon: 10, weight: 0 }), node('forecast', 'Forecast 2', { horizon: 10, weight: 0 })];
    const read = dense('Dense 1', 10);
    const above = [series(), window(), lstm('LSTM 1', { returnSequences: false }), read];
    const twice = graph([...above, one, two], [...chain(...above).wires, wire(read, one), wire(read, two)]);
    expect(messages(twice)).toEqual(['Forecast 1 and Forecast 2 all have weight 0, so training has nothing to make small: give a target a weight above 0.']);
    expectRepairsToHelp(twice);
    expect(messages(applyEdits(twice, [{ kind: 'set-parameter', node: one.id, parameter: 'weight', value: 1 }]))).toEqual([]);
    expect(messages(chain(...above))).toEqual(['The graph has no target: add a Forecast, Classify or Regress node and wire the last layer to it.']);
  });

  it('keeps series and tensors apart, and inserts a Window between them', () => {
    const document = chain(series(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast());
    const [diagnostic] = checkDocument(document).diagnostics;
    expect(diagnostic?.message).toBe('Series 1 gives series; LSTM 1 reads windows or the output of a layer: insert Window between them.');
    expectRepairsToHelp(document);
    const backwards = chain(series(), window(), node('scale', 'Scale 1'));
    expect(messages(backwards)).toContain('Window 1 gives tensors of samples; Scale 1 reads series: wire it before the Window.');
  });

  it('takes one wire at an input', () => {
    const [first, second] = [lstm('LSTM 1', { returnSequences: false }), lstm('LSTM 2', { returnSequences: false })];
    const nodes = [series(), window(), first, second, dense('Dense 1', 10), forecast()];
    const document = graph(nodes, [
      wire(nodes[0]!, nodes[1]!), wire(nodes[1]!, first), wire(nodes[1]!, second),
      wire(first, nodes[4]!), wire(second, nodes[4]!), wire(nodes[4]!, nodes[5]!),
    ]);
    expect(messages(document)).toEqual(['Dense 1 takes one wire at "inputs" but has 2, from LSTM 1 and LSTM 2: remove all but one.']);
    expectRepairsToHelp(document);
  });

  it('suggests the port that was meant', () => {
    const document = chain(series(), window(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast());
    const wires = document.wires.map((each) => (each.from.node === 'window-1' ? { ...each, from: { ...each.from, port: 'window' } } : each));
    expect(messages({ ...document, wires })).toEqual(['Window 1 has no output "window"; did you mean "windows"?']);
    expectRepairsToHelp({ ...document, wires });
  });

  it('reports wires to nodes that do not exist, and ids used twice', () => {
    const stray = wire(lstm('LSTM 7'), soundGraph.nodes[3]!);
    expect(messages({ ...soundGraph, wires: [...soundGraph.wires.filter((each) => each.to.node !== 'dense-1'), stray] })).toContain(
      'A wire starts at the node "lstm-7", which does not exist: remove the wire.',
    );
    const twin = { ...soundGraph.nodes[2]!, label: 'Twin' };
    expect(messages({ ...soundGraph, nodes: [...soundGraph.nodes, twin] })).toEqual([
      'Twin and LSTM 1 share the id "lstm-1"; every node needs its own: give one another id.',
    ]);
  });

  it('warns of nodes that lead nowhere, whatever they lack', () => {
    const document = { ...soundGraph, nodes: [...soundGraph.nodes, lstm('LSTM 9')] };
    const [diagnostic, second] = checkDocument(document).diagnostics;
    expect(second).toBeUndefined();
    expect(diagnostic).toMatchObject({ severity: 'warning', message: 'LSTM 9 does not lead to Forecast: it is left out of the model; wire it in or remove it.' });
    expectRepairsToHelp(document);
  });
});

describe('names and values', () => {
  it.each([
    [node('lstn', 'LSTM 1'), 'LSTM 1 is of the type "lstn", which does not exist; did you mean "lstm"?'],
    [lstm('LSTM 1', { unit: 3, returnSequences: false }), 'LSTM 1 has no parameter "unit"; did you mean "units"?'],
    [lstm('LSTM 1', { units: 1e9, returnSequences: false }), 'LSTM 1: units is 1,000,000,000, but must be a whole number from 1 to 65,536: choose a smaller number.'],
    [lstm('LSTM 1', { activation: 'tanhh', returnSequences: false }), 'LSTM 1: activation cannot be "tanhh"; did you mean "tanh"?'],
  ])('refuses %o', (layer, message) => {
    const document = chain(series(), window(), layer, dense('Dense 1', 10), forecast());
    expect(messages(document)).toEqual([message]);
    expectRepairsToHelp(document);
  });

  it('refuses weights that would not fit into memory, from shapes alone', () => {
    const document = chain(series(), window(), lstm('LSTM 1', { units: 60_000, returnSequences: false }), dense('Dense 1', 10), forecast());
    expect(messages(document)).toEqual([
      "LSTM 1 reads (batch, 50 time, 1 feature) and has 14,400,480,000 weights of the model's 14,401,080,010; training them takes 215 GiB (weight, gradient and two optimiser moments, 4 bytes each), more than the 2 GiB allowed: make it smaller.",
    ]);
  });

  it('refuses more generated values than memory should hold', () => {
    const document = { ...soundGraph, nodes: soundGraph.nodes.map((each) => (each.type === 'series' ? series({ series: 1_000_000, steps: 1_000 }) : each)) };
    expect(messages(document)).toEqual([
      'Series 1 would generate 1,000,000 series of 1,000 time steps, 1,000,000,000 values, but at most 100,000,000 are allowed: make 100,000 series or fewer, or shorter ones.',
    ]);
    expectRepairsToHelp(document);
  });

  it('wants something to train', () => {
    const document = chain(series(), window({ window: 10 }), node('flatten', 'Flatten 1'), forecast());
    expect(messages(document)).toEqual(['No layer before Forecast has weights, so there is nothing to train: add a recurrent layer or a Dense.']);
  });
});

describe('data', () => {
  const around = (source: ReturnType<typeof series>, target = forecast()) =>
    chain(source, window({ splitBy: 'time' }), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), target);

  it('wants a file to be chosen', () => {
    const document = around(series({ source: 'csv' }));
    expect(messages(document)).toEqual(['Series 1 reads a CSV file, but none is chosen: set its file, or take the generator.']);
    expectRepairsToHelp(document);
  });

  it('suggests the column that was meant, read or forecast', () => {
    const read = around(csv({ columns: ['temp_mx'] }));
    expect(messages(read, weather)).toEqual(['Series 1: there is no numeric column "temp_mx"; did you mean "temp_max"?']);
    expectRepairsToHelp(read, weather);
    const forecasted = around(csv(), forecast({ columns: ['rain'] }));
    expect(messages(forecasted, weather)).toEqual(['Forecast: there is no numeric column "rain"; columns: "temp_max", "temp_min" and "wind".']);
  });

  it('refuses windows and horizons that series have no room for', () => {
    const short = (steps: number) => around(series({ steps }));
    expect(checkDocument(short(10)).diagnostics[0]).toMatchObject({ code: 'horizon-longer-than-series', where: { node: 'forecast', parameter: 'horizon' } });
    expect(checkDocument(short(55)).diagnostics[0]).toMatchObject({ code: 'window-too-long', where: { node: 'window-1', parameter: 'window' } });
    expectRepairsToHelp(short(10));
    expectRepairsToHelp(short(55));
  });

  it('refuses parts without a window', () => {
    expect(checkDocument(around(series())).diagnostics.map(({ code }) => code)).toEqual(['training-part-without-windows']);
    expect(checkDocument(around(series({ steps: 100 }))).diagnostics.map(({ code }) => code)).toEqual([]);
    expect(checkDocument(around(series({ steps: 90 }))).diagnostics.map(({ code }) => code)).toEqual([]);
    expectRepairsToHelp(around(series()));
  });

  it('scales once', () => {
    const document = chain(series(), node('scale', 'Scale 1'), node('scale', 'Scale 2'), window(), lstm('LSTM 1', { returnSequences: false }), dense('Dense 1', 10), forecast());
    expect(messages(document)).toEqual(['Scale 2 receives series that are scaled already, by way of Scale 1; series are scaled once: remove one of the Scale nodes.']);
  });
});

it('shows so many findings and counts the rest', () => {
  const strays = Array.from({ length: 150 }, (_, index) => lstm(`LSTM ${index + 2}`));
  const found = messages({ ...soundGraph, nodes: [...soundGraph.nodes, ...strays] });
  expect([found.length, found.at(-1)]).toEqual([mostDiagnostics + 1, '50 more findings: mend these first and look again.']);
});

describe('any graph', () => {
  const types = ['series', 'scale', 'window', 'simple-rnn', 'lstm', 'layer-norm', 'dense', 'flatten', 'dropout', 'forecast', 'dens', '__proto__', 'constructor'];
  const ids = ['a', 'b', 'c', 'd', 'e', '__proto__', 'toString'];
  const ports = ['inputs', 'outputs', 'series', 'windows', 'predictions', 'constructor', '__proto__'];
  const names = ['units', 'activation', 'window', 'rate', 'columns', 'horizon', 'source', 'steps', 'everyStep', 'returnSequences', '__proto__', 'splitBy', 'trainingShare'];
  const value = fc.oneof(
    fc.constantFrom(1, 0, -1, 1e9, 1e308, Number.NaN, 0.5, 20, 50, 'csv', 'tanh', 'time', '', true, false, null),
    fc.array(fc.constantFrom('value', 'x', 1, ''), { maxLength: 3 }),
  );
  const anyNode = fc.record({
    id: fc.constantFrom(...ids).map(nodeId),
    type: fc.constantFrom(...types),
    label: fc.constantFrom('LSTM 1', '', ' ', 'Dense 1'),
    parameters: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 }),
  });
  const port = fc.record({ node: fc.constantFrom(...ids, 'missing').map(nodeId), port: fc.constantFrom(...ports) });
  const anyWire = fc.record({ id: fc.constantFrom('w1', 'w2', 'w3', 'w4', 'w5'), from: port, to: port });

  it('is checked without throwing', () => {
    const anyGraph = fc.record({ nodes: fc.array(anyNode, { maxLength: 8 }), wires: fc.array(anyWire, { maxLength: 12 }) });
    fc.assert(
      fc.property(anyGraph, ({ nodes, wires }) => {
        const checked = checkDocument(graph(nodes, wires as never));
        expect(checked.diagnostics.length).toBeLessThanOrEqual(mostDiagnostics + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('is offered no rewiring to a node that is not there', () => {
    const { nodes, wires } = soundGraph;
    const misnamed = wires.map((each) => (each.from.node === 'series-1' ? { ...each, to: { ...each.to, port: 'serie' } } : each));
    const document = graph(nodes.filter(({ id }) => id !== 'series-1'), misnamed);
    expectRepairsToHelp(document);
    expect(messages(document)).toContain('A wire starts at the node "series-1", which does not exist: remove the wire.');
  });

  it('is checked without throwing after any repair, and after any change of a sound graph', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('set-parameter' as const), node: fc.nat(4), parameter: fc.constantFrom(...names), value }),
      fc.record({ kind: fc.constant('rewire' as const), from: fc.nat(4), to: fc.nat(4), port: fc.constantFrom(undefined, 'input', 'prediction', 'serie') }),
      fc.record({ kind: fc.constant('retype' as const), node: fc.nat(4), type: fc.constantFrom(...types) }),
      fc.record({ kind: fc.constant('remove' as const), node: fc.nat(4) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        let document: GraphDocument = soundGraph;
        for (const each of changes) document = changed(document, each);
        const repairs = checkDocument(document).diagnostics.flatMap((diagnostic) => diagnostic.repairs);
        expect(() => repairs.map((repair) => checkDocument(applyEdits(document, repair.edits)))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  type Change =
    | { kind: 'set-parameter'; node: number; parameter: string; value: unknown }
    | { kind: 'rewire'; from: number; to: number; port: string | undefined }
    | { kind: 'retype'; node: number; type: string }
    | { kind: 'remove'; node: number };

  function changed(document: GraphDocument, change: Change): GraphDocument {
    const { nodes, wires } = document;
    const replace = (place: number, with_: object) => ({ ...document, nodes: nodes.map((each, index) => (index === place ? { ...each, ...with_ } : each)) });
    switch (change.kind) {
      case 'set-parameter':
        return replace(change.node, { parameters: { ...nodes[change.node]?.parameters, [change.parameter]: change.value } });
      case 'retype':
        return replace(change.node, { type: change.type });
      case 'remove':
        return { ...document, nodes: nodes.filter((_, index) => index !== change.node), wires };
      case 'rewire': {
        const [from, to] = [nodes[change.from], nodes[change.to]];
        if (from === undefined || to === undefined) return document;
        const drawn = wire(from, to);
        const added = change.port === undefined ? drawn : { ...drawn, id: wireId(`${drawn.id}:${change.port}`), to: { ...drawn.to, port: change.port } };
        return { ...document, wires: [...wires.filter((each) => each.id !== added.id), added] };
      }
    }
  }
});
