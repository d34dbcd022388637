import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../core/check/check-document.ts';
import { applyEdits } from '../../../core/graph/apply-edit.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { chain, dense, forecast, lstm, node, series, window } from './sample-graphs.ts';

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
