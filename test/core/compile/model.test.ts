import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../core/compile/build-model.ts';
import { describeModel } from '../../../core/compile/describe-model.ts';
import { targetWidth, type Model } from '../../../core/compile/model.ts';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { nodeId } from '../../../core/graph/identifiers.ts';
import { chain, dense, forecast, lstm, node, series, soundGraph, window } from '../check/sample-graphs.ts';

function modelOf(document: GraphDocument, data?: Parameters<typeof buildModel>[1]): Model {
  const model = buildModel(document, data);
  if (!model.ok) throw new Error(model.diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  return model.value;
}

const csvGraph = chain(
  series({ source: 'csv', file: 'weather.csv', dateColumn: 'date', gaps: 'linear', season: 365 }),
  node('scale', 'Scale 1', { method: 'min-max' }),
  window({ window: 30, stride: 2, splitBy: 'time' }),
  lstm('LSTM 1', { units: 8, returnSequences: false }),
  node('dropout', 'Dropout 1'),
  dense('Dense 1', 14),
  forecast({ columns: ['wind', 'temp'], horizon: 7, loss: 'huber' }),
);
const read = { [nodeId('series-1')]: { columns: ['temp', 'rain', 'wind'], seriesCount: 1, steps: 1000 } };

describe('buildModel', () => {
  it('lists the layers in order, with where they read', () => {
    const { layers, targets } = modelOf(soundGraph);
    expect(layers.map(({ node: id, type, inputs }) => [id, type, inputs['inputs']])).toEqual([
      ['lstm-1', 'lstm', { kind: 'window' }],
      ['dense-1', 'dense', { kind: 'layer', node: 'lstm-1', port: 'outputs' }],
    ]);
    expect(targets).toEqual([{
      kind: 'forecast', node: 'forecast', label: 'Forecast', weight: 1, columns: null, columnCount: 1, horizon: 10, iterateTo: null, loss: { kind: 'mse' }, horizonWeights: null, everyStep: false,
      input: { kind: 'layer', node: 'dense-1', port: 'outputs' },
    }]);
  });

  it('plans the generator', () => {
    expect(modelOf(soundGraph).data).toEqual({
      seriesNode: 'series-1',
      source: { kind: 'generator', seed: 42, series: 10_000, steps: 60, noise: 0.1 },
      gaps: 'refuse',
      scale: null,
      windowNode: 'window-1',
      window: 50,
      mask: false,
      labels: [],
      categories: [],
      stride: 1,
      split: { by: 'series', trainingShare: 0.7, validationShare: 0.2 },
      season: null,
    });
  });

  it('plans a file once its columns are known', () => {
    const model = modelOf(csvGraph, read);
    expect(model.data).toMatchObject({
      source: { kind: 'csv', file: 'weather.csv', columns: null, dateColumn: 'date' },
      gaps: 'linear', scale: { node: 'scale-1', kind: 'min-max' }, window: 30, stride: 2, split: { by: 'time' }, season: 365,
    });
    expect([model.inputFeatures, model.targets.map(targetWidth)]).toEqual([3, [14]]);
    expect(model.layers[0]?.weights).toEqual([
      { name: 'kernel', shape: [3, 32], initializer: 'glorot_uniform' },
      { name: 'recurrent_kernel', shape: [8, 32], initializer: 'orthogonal' },
      { name: 'bias', shape: [32], initializer: 'zeros', ones: [8, 16] },
    ]);
  });

  it('fails while they are not', () => {
    const model = buildModel(csvGraph);
    expect(model.ok ? [] : model.diagnostics.map(({ message }) => message)).toEqual([
      'Series 1: the number of columns is not known before its file is read: read the file, or name the columns.',
    ]);
  });

  it('fails with what checking finds', () => {
    const model = buildModel(chain(series(), window(), lstm('LSTM 1'), dense('Dense 1', 10), forecast()));
    expect(model.ok ? [] : model.diagnostics.map(({ code }) => code)).toEqual(['vector-expected']);
  });

  it('leaves out what does not lead to the target', () => {
    const stray = lstm('LSTM 9');
    expect(modelOf({ ...soundGraph, nodes: [stray, ...soundGraph.nodes] })).toEqual(modelOf(soundGraph));
  });

  it('is plain data', () => {
    const model = modelOf(csvGraph, read);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

it('describeModel counts weights and multiply-adds and prints shapes', () => {
  const description = describeModel(modelOf(soundGraph));
  expect(description).toMatchObject({
    samples: '(batch, 50 time, 1 feature)',
    predictions: ['(batch, 10 feature)'],
    // 4·20·(1 + 20 + 1) and 20·10 + 10
    parameters: 1760 + 210,
    multiplyAdds: 50 * 4 * 20 * 21 + 200,
  });
  expect(description.layers[0]).toEqual({
    node: 'lstm-1',
    label: 'LSTM 1',
    title: 'LSTM',
    inputs: { inputs: '(batch, 50 time, 1 feature)' },
    outputs: { outputs: '(batch, 20 feature)' },
    weights: [
      { name: 'kernel', shape: [1, 80], parameters: 80 },
      { name: 'recurrent_kernel', shape: [20, 80], parameters: 1600 },
      { name: 'bias', shape: [80], parameters: 80 },
    ],
    parameters: 1760,
    multiplyAdds: 84_000,
  });
});
