import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/check-document.ts';
import { buildModel } from '../../../core/compile/build-model.ts';
import { compileProgram } from '../../../core/compile/compile-program.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import type { GraphDocument, GraphNode } from '../../../core/graph/graph-document.ts';
import { nodeId, wireId } from '../../../core/graph/identifiers.ts';
import { catalog } from '../../../core/nodes/catalog.ts';
import type { ParameterDeclaration } from '../../../core/params/parameter-declaration.ts';
import { chain, dense, forecast, graph, lstm, node, series, window, wire } from './sample-graphs.ts';

/** The one message of a graph, the titles of its mends, and the messages that are left after each of them. */
function finding(document: GraphDocument): { message: string; repairs: readonly (readonly [title: string, left: readonly string[]])[] } {
  const [diagnostic, second] = checkDocument(document).diagnostics;
  expect(second).toBeUndefined();
  const repairs = diagnostic!.repairs.map(({ title, edits }) => [title, checkDocument(applyEdits(document, edits)).diagnostics.map(({ message }) => message)] as const);
  return { message: diagnostic!.message, repairs };
}

const conv = (parameters: object) => node('conv1d', 'Conv1D 1', { padding: 'causal', filters: 10, ...parameters });
const convolution = (parameters: object) => chain(series(), window(), conv(parameters), forecast({ everyStep: true }));

describe('a kernel', () => {
  it('does not reach before the window', () => {
    expect(finding(convolution({ kernelSize: 4, dilation: 32 }))).toEqual({
      message: 'Conv1D 1 receives (batch, 50 time, 1 feature) from Window 1, but its kernel spans 97 time steps, more than there are: set kernelSize to 2, or set dilation to 16.',
      repairs: [['Set kernelSize of Conv1D 1 to 2', []], ['Set dilation of Conv1D 1 to 16', []]],
    });
  });

  it('has a stride or a dilation, not both', () => {
    const document = chain(series(), window(), conv({ stride: 2, dilation: 2 }), node('flatten', 'Flatten 1'), dense('Dense 1', 10), forecast());
    expect(finding(document)).toEqual({
      message: 'Conv1D 1 has stride 2 and dilation 2, but one of them must be 1: set stride to 1, or set dilation to 1.',
      repairs: [['Set stride of Conv1D 1 to 1', []], ['Set dilation of Conv1D 1 to 1', []]],
    });
  });

  it('does not run over a single vector', () => {
    const document = chain(series(), window(), lstm('LSTM 1', { returnSequences: false }), conv({}), forecast({ everyStep: true }));
    expect(finding(document)).toEqual({
      message: 'Conv1D 1 receives (batch, 20 feature) from LSTM 1 and wants a sequence, (batch, time, feature): set LSTM 1 to return sequences.',
      repairs: [['Set LSTM 1 to return sequences', []]],
    });
  });

  it('gives as many features as it has filters', () => {
    expect(finding(convolution({ filters: 7 }))).toMatchObject({ repairs: [['Set filters of Conv1D 1 to 10', []], ['Set horizon of Forecast to 7', []]] });
  });
});

describe('a forecast', () => {
  it('at every time step takes no shortened series', () => {
    expect(finding(chain(series(), window(), conv({ padding: 'valid', stride: 2 }), lstm('LSTM 1'), dense('Dense 1', 10), forecast({ everyStep: true })))).toMatchObject({
      message: 'Forecast receives (batch, 24 time, 10 feature) from Dense 1 and wants a vector for each of the 50 time steps of the window: keep them all (stride 1, causal padding, nothing cropped), or make it forecast one vector per series.',
      repairs: [['Make Forecast one vector per series', [expect.stringContaining('set LSTM 1 to return its last step')]]],
    });
  });

  it('of one vector flattens a convolution, which has no last step to return', () => {
    expect(finding(chain(series(), window({ window: 5 }), lstm('LSTM 1'), conv({ filters: 2 }), forecast()))).toMatchObject({
      message: 'Forecast receives (batch, 5 time, 2 feature) from Conv1D 1 and wants one vector per series: insert Flatten, or make the forecast sequence-to-sequence.',
      repairs: [['Insert Flatten before Forecast', []], ['Make Forecast sequence-to-sequence', [expect.stringContaining('set filters of Conv1D 1 to 10')]]],
    });
  });
});

it('a pool is no longer than the series', () => {
  const pooled = chain(series(), window(), node('max-pooling', 'Max Pooling 1', { poolSize: 60 }), node('flatten', 'Flatten 1'), dense('Dense 1', 10), forecast());
  expect(finding(pooled)).toEqual({
    message: 'Max Pooling 1 receives (batch, 50 time, 1 feature) from Window 1, but its pool spans 60 time steps, more than there are: set poolSize to 50.',
    repairs: [['Set poolSize of Max Pooling 1 to 50', []]],
  });
});

describe('layers that meet', () => {
  /** Two layers on one window, combined by the merge and read out. */
  function merged(first: GraphNode, second: GraphNode, merge: GraphNode): GraphDocument {
    const [data, samples, readOut, target] = [series(), window(), dense('Dense 9', 10), forecast()];
    const into = { ...wire(second, merge), to: { node: merge.id, port: 'second' } };
    const wires = [wire(data, samples), wire(samples, first), wire(samples, second), wire(first, merge), into, wire(merge, readOut), wire(readOut, target)];
    return graph([data, samples, first, second, merge, readOut, target], wires);
  }

  it('have the same shape where they are added', () => {
    const document = merged(lstm('LSTM 1', { returnSequences: false }), lstm('LSTM 2', { returnSequences: false, units: 8 }), node('add', 'Add 1'));
    expect(finding(document)).toEqual({
      message: 'Add 1 receives (batch, 20 feature) from LSTM 1 and (batch, 8 feature) from LSTM 2; both must have the same shape: set units of LSTM 1 to 8, or set units of LSTM 2 to 20.',
      repairs: [['Set units of LSTM 1 to 8', []], ['Set units of LSTM 2 to 20', []]],
    });
  });

  it('are both sequences or both vectors', () => {
    const { message, repairs } = finding(merged(lstm('LSTM 1'), lstm('LSTM 2', { returnSequences: false }), node('concatenate', 'Concatenate 1')));
    expect(message).toBe(
      'Concatenate 1 receives (batch, 50 time, 20 feature) from LSTM 1 and (batch, 20 feature) from LSTM 2; both must have the same axes and differ in feature alone: set LSTM 1 to return its last step, or set LSTM 2 to return sequences.',
    );
    expect(repairs[0]).toEqual(['Set LSTM 1 to return its last step', []]);
    expect(repairs[1]?.[0]).toBe('Set LSTM 2 to return sequences');
  });

  it('are not joined along a time that vectors do not have', () => {
    const vectors = [lstm('LSTM 1', { returnSequences: false }), lstm('LSTM 2', { returnSequences: false })] as const;
    expect(finding(merged(...vectors, node('concatenate', 'Concatenate 1', { axis: 'time' })))).toMatchObject({
      message: 'Concatenate 1 receives (batch, 20 feature) from LSTM 1 and wants a sequence, (batch, time, feature): join along feature.',
      repairs: [['Set axis of Concatenate 1 to "feature"', []]],
    });
  });

  it('may have different widths where they are joined, and add up', () => {
    const document = merged(lstm('LSTM 1', { returnSequences: false }), lstm('LSTM 2', { returnSequences: false, units: 8 }), node('concatenate', 'Concatenate 1'));
    expect(checkDocument(document).diagnostics).toEqual([]);
  });
});

describe('layers that change time', () => {
  const read = (...layers: readonly GraphNode[]) => chain(series(), window(), ...layers, dense('Dense 1', 10), forecast());

  it('repeat vectors, not sequences', () => {
    const { message, repairs } = finding(read(lstm('LSTM 1'), node('repeat-vector', 'Repeat Vector 1'), lstm('LSTM 2', { returnSequences: false })));
    expect(message).toBe('Repeat Vector 1 receives (batch, 50 time, 20 feature) from LSTM 1 and wants one vector per series, (batch, feature): set LSTM 1 to return its last step, or insert Flatten.');
    expect(repairs).toEqual([['Set LSTM 1 to return its last step', []], ['Insert Flatten before Repeat Vector 1', []]]);
  });

  it('take a time step that is there', () => {
    expect(finding(read(node('take-step', 'Take Step 1', { step: -51 })))).toEqual({
      message: 'Take Step 1 receives (batch, 50 time, 1 feature) from Window 1, but takes time step -51: set step to -50.',
      repairs: [['Set step of Take Step 1 to -50', []]],
    });
    expect(finding(read(node('take-step', 'Take Step 1', { step: 50 }))).repairs).toEqual([['Set step of Take Step 1 to 49', []]]);
  });

  it.each([[20, 30], [100, 3], [60, 70]])('leave a time step when %i and %i are cropped', (before, after) => {
    const { message, repairs } = finding(read(node('crop', 'Crop 1', { before, after }), node('flatten', 'Flatten 1')));
    expect(message).toBe(`Crop 1 receives (batch, 50 time, 1 feature) from Window 1, but leaves out ${before} before and ${after} after, all there are: leave out fewer.`);
    expect(repairs).toEqual([['Let Crop 1 leave one time step', []]]);
  });

  it('divide evenly', () => {
    expect(finding(read(node('reshape', 'Reshape 1', { steps: 30 }), lstm('LSTM 1', { returnSequences: false })))).toEqual({
      message: 'Reshape 1 receives (batch, 50 time, 1 feature) from Window 1, 50 values per series, which do not divide into 30 time steps: set steps to 25.',
      repairs: [['Set steps of Reshape 1 to 25', []]],
    });
  });
});

describe('any chain of layers', () => {
  const layers = [...catalog.values()].filter((type) => type.role === 'layer');
  const valueOf = (declaration: ParameterDeclaration) => {
    if (declaration.kind === 'integer') return fc.integer({ min: Math.max(declaration.minimum, -9), max: 9 });
    if (declaration.kind === 'choice') return fc.constantFrom(...declaration.options);
    return declaration.kind === 'switch' ? fc.boolean() : fc.constant(declaration.default);
  };
  const anyLayer = fc.constantFrom(...layers).chain(({ type, parameters }) =>
    fc.record({ type: fc.constant(type), parameters: fc.record(Object.fromEntries(Object.entries(parameters).map(([name, declaration]) => [name, valueOf(declaration)]))) }));

  /** Each layer after the one before, on all of its inputs. */
  const chains = fc.record({ source: fc.constantFrom('generator', 'csv'), everyStep: fc.boolean(), drawn: fc.array(anyLayer, { maxLength: 5 }) }).map(({ source, everyStep, drawn }) => {
    const nodes = [
      series({ source, file: 'weather.csv', series: 10 }),
      window({ window: 12 }),
      ...drawn.map(({ type, parameters }, place) => node(type, `Layer ${place}`, parameters)),
      dense('Dense 1', 10),
      forecast({ everyStep }),
    ];
    const wires = nodes.slice(1).flatMap((each, place) =>
      catalog.get(each.type)!.inputs.map((port) => ({ ...wire(nodes[place]!, each), id: wireId(`${each.id}:${port.name}`), to: { node: each.id, port: port.name } })));
    return graph(nodes, wires);
  });

  it('is checked without throwing, also before a file is read, and every mend takes its message away', () => {
    fc.assert(
      fc.property(chains, (document) => {
        for (const { message, repairs } of checkDocument(document).diagnostics) {
          for (const { edits } of repairs) expect(checkDocument(applyEdits(document, edits)).diagnostics.map((left) => left.message)).not.toContain(message);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('compiles where nothing is wrong with it', () => {
    let compiled = 0;
    fc.assert(
      fc.property(chains, (document) => {
        const model = buildModel(document, { [nodeId('series-1')]: { columns: ['value'], seriesCount: 10, steps: 60 } });
        if (!model.ok) return;
        compileProgram(model.value, document.training);
        compiled += 1;
      }),
      { numRuns: 300 },
    );
    expect(compiled).toBeGreaterThan(10);
  });
});
