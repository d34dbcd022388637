import { describe, expect, test } from 'vitest';
import type { GraphDocument } from '../../../core/graph/graph-document.ts';
import { resetVariables } from '../../../engine/host/reset-variables.ts';
import { predictValues } from '../../../engine/training/forecast-samples.ts';
import { prepareExperiment } from '../../../engine/training/prepare-experiment.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import type { DrawnNodes, Parameters } from '../../support/drawn-graph.ts';
import { valueOf } from '../../support/forecast-data.ts';
import { hostDriver } from './host-driver.ts';
import { services } from './small-project.ts';

const driver = hostDriver();

/** Eight shops of 50 days, of two kinds: what a day sells hangs on the weather of the day before. `isOpen` tells gaps. */
function shops(isOpen: (day: number) => boolean = () => true): string {
  const weathers = ['wet', 'dry', 'storm'] as const;
  const weatherOf = (shop: number, day: number) => weathers[(day * day + 3 * day + shop) % 3]!;
  const lines = Array.from({ length: 8 * 50 }, (_, row) => {
    const [shop, day] = [Math.floor(row / 50), row % 50];
    const sales = { wet: 2, dry: 6, storm: -3 }[weatherOf(shop, day - 1 < 0 ? 0 : day - 1)] + Math.sin(day / 3 + shop);
    const date = new Date(Date.UTC(2022, 3, 1 + day)).toISOString().slice(0, 10);
    return `shop ${shop},${date},${isOpen(day) ? sales.toFixed(3) : ''},${weatherOf(shop, day)},${shop % 2 === 0 ? 'small' : 'large'}`;
  });
  return ['shop,date,sales,weather,kind', ...lines, ''].join('\n');
}

interface Wishes {
  readonly window?: number;
  readonly cell?: Parameters;
  readonly mask?: boolean;
  readonly epochs?: number;
}

/** Sales, and the embedded weather and day of the week beside them, read by an LSTM that gives all its time steps: 'trunk'. */
function trunk({ window = 6, cell = {}, mask = false }: Wishes): DrawnNodes {
  return {
    series: ['series', { source: 'csv', file: 'shops.csv', seriesColumn: 'shop', categoryColumns: ['weather'], calendar: true, gaps: mask ? 'keep' : 'refuse' }],
    scale: ['scale'],
    window: ['window', { window, stride: window, mask, categories: ['weather', 'day of week'], splitBy: 'series', trainingShare: 0.5, validationShare: 0.25 }],
    values: ['crop-features', { before: 0, after: 2 }],
    weather: ['embedding', { inputDimension: 3, outputDimension: 2, fromLast: 2 }],
    days: ['embedding', { inputDimension: 7, outputDimension: 2 }],
    both: ['concatenate'],
    all: ['concatenate'],
    trunk: ['lstm', { units: 5, stateful: true, ...cell }],
  };
}
const trunkLines = ['series > scale > window > values > both.first', 'window > weather > both.second', 'both > all.first', 'window > days > all.second', 'all > trunk'];

interface Ending {
  readonly nodes: DrawnNodes;
  readonly line: string;
  /** Numbers of a window, or of each of its time steps. */
  readonly width: number;
  readonly everyStep?: boolean;
  readonly mask?: boolean;
}

const endings: Readonly<Record<string, Ending>> = {
  'a Forecast': { nodes: { last: ['take-step'], read: ['dense', { units: 2 }], forecast: ['forecast', { horizon: 2 }] }, line: 'trunk > last > read > forecast', width: 2 },
  'a Forecast of quantiles': {
    nodes: { last: ['take-step'], read: ['dense', { units: 6 }], forecast: ['forecast', { horizon: 2, loss: 'quantile', quantiles: [0.1, 0.5, 0.9] }] }, line: 'trunk > last > read > forecast', width: 6,
  },
  'a Forecast at every time step': { nodes: { read: ['dense', { units: 2 }], forecast: ['forecast', { horizon: 2, everyStep: true }] }, line: 'trunk > read > forecast', width: 2, everyStep: true },
  'an Impute': { nodes: { fill: ['dense', { units: 1 }], impute: ['impute', { hiddenRun: 2 }] }, line: 'trunk > fill > impute', width: 1, everyStep: true, mask: true },
  'a Reconstruct': { nodes: { draw: ['dense', { units: 1 }], reconstruct: ['reconstruct'] }, line: 'trunk > draw > reconstruct', width: 1, everyStep: true },
  'a Classify': { nodes: { told: ['take-step'], logits: ['dense', { units: 2 }], classify: ['classify', { label: 'kind' }] }, line: 'trunk > told > logits > classify', width: 2 },
};

function projectOf(names: readonly string[], wishes: Wishes = {}): GraphDocument {
  const chosen = names.map((name) => endings[name]!);
  const mask = chosen.some((ending) => ending.mask === true);
  return drawnGraph(
    { ...trunk({ mask, ...wishes }), ...Object.assign({}, ...chosen.map(({ nodes }) => nodes)) as DrawnNodes },
    [...trunkLines, ...chosen.map(({ line }) => line)],
    { epochs: wishes.epochs ?? 2, batchSize: 2 },
  );
}

const backend = valueOf(await services().loadBackend({ threads: 1, oneDnn: false }));

/** What a target says of the validation windows that end at this row, with the weights of a start and nothing hidden. */
async function told(document: GraphDocument, width: number, origin: number): Promise<readonly number[]> {
  const { files, readCsv } = services();
  const experiment = valueOf(await prepareExperiment(document, driver.place('.'), { files, readCsv }, null));
  const { program, dataset: { feeds, judged: { samples: { validation: { part, ...all } } } } } = experiment;
  const chosen = Array.from({ length: all.count }, (_, pick) => pick).filter((pick) => all.origin[pick] === origin);
  const samples = { part, count: chosen.length, series: Int32Array.from(chosen, (pick) => all.series[pick]!), origin: Int32Array.from(chosen, (pick) => all.origin[pick]!) };
  const session = backend.open(program);
  resetVariables(session, experiment, 3);
  const work = predictValues(session, program, { ...feeds, hides: false }, samples, 0, width);
  for (let step = work.next(); ; step = work.next()) {
    if (step.done !== true) continue;
    session.close();
    return [...step.value];
  }
}

describe('stateful layers that read embedded categories', () => {
  test.each(Object.keys(endings))('and end in %s say of a window what they say of one that reaches back to the beginning', async (name) => {
    await driver.write('shops.csv', shops());
    const { width, everyStep = false } = endings[name]!;
    const [short, long] = [6, 24];
    const ofShort = await told(projectOf([name], { window: short }), everyStep ? short * width : width, 23);
    const whole = await told(projectOf([name], { window: long, cell: { stateful: false } }), everyStep ? long * width : width, 23);
    const shops2 = whole.length / (everyStep ? long * width : width);
    const last = everyStep ? Array.from({ length: shops2 }, (_, shop) => whole.slice((shop * long + long - short) * width, (shop + 1) * long * width)).flat() : whole;
    expect(ofShort).toHaveLength(last.length);
    ofShort.forEach((value, index) => { expect(value).toBeCloseTo(last[index]!, 5); });
    const anew = await told(projectOf([name], { window: short, cell: { stateful: false } }), everyStep ? short * width : width, 23);
    expect(anew[0]).not.toBeCloseTo(last[0]!, 3);
  });
});

const everything = ['a Forecast of quantiles', 'an Impute', 'a Reconstruct', 'a Classify'];
const dropping: Parameters = { dropout: 0.2, recurrentDropout: 0.2, truncateAfter: 4 };

describe('stateful layers with dropout and truncated gradients, embeddings, quantiles, and four targets, one of which hides values', () => {
  test('are trained, judged, sampled and predicted with', async () => {
    await driver.write('shops.csv', shops((day) => day % 17 !== 9));
    const report = await driver.trains(projectOf(everything, { cell: dropping }));
    expect([report.kind, ...(report.others ?? []).map(({ kind }) => kind)]).toEqual(['forecast', 'impute', 'reconstruct', 'classify']);
    expect((await driver.evaluates()).others).toEqual(report.others);
    const { samples, labels, fillings, drawings } = await driver.samples({ draws: 20 });
    expect([samples[0]?.quantiles?.length, labels.length, fillings.length, drawings.length]).toEqual([3, 2, 2, 2]);
    const all = await driver.predicts({ origins: 'all' });
    const last = await driver.predicts({ origins: 'last', draws: 20 });
    expect(new Set(last.rows.map(({ seriesName }) => seriesName)).size).toBe(8);
    expect(last.filled[0]).toMatchObject({ filled: 8 * 3, leftOpen: 0 });
    const ofLast = all.rows.filter(({ origin }) => origin === last.rows[0]!.origin);
    ofLast.forEach(({ forecast }, row) => { expect(forecast).toBeCloseTo(last.rows[row]!.forecast, 4); });
    for (const { bands } of last.rows) expect(bands!.low95).toBeLessThan(bands!.high95);
  });

  test('go on, after an epoch, to the very weights of a run that was not stopped', async () => {
    await driver.write('shops.csv', shops((day) => day % 17 !== 9));
    await driver.trains(projectOf(everything, { cell: dropping, epochs: 3 }), 'whole');
    await driver.trains(projectOf(everything, { cell: dropping, epochs: 1 }), 'parts');
    await driver.resumes(3, 'parts');
    expect(await driver.weights('parts')).toEqual(await driver.weights('whole'));
  });

  test('find a learning rate, and leave as weights alone, which is said of every other format', async () => {
    await driver.write('shops.csv', shops());
    const document = projectOf(everything, { cell: dropping });
    expect((await driver.findsRate(document)).tried.length).toBeGreaterThan(10);
    await driver.trains(document);
    expect((await driver.exports('weights')).proof).toBeDefined();
    for (const format of ['keras', 'onnx', 'python', 'savedmodel', 'tfjs'] as const) {
      expect((await driver.exportRefusal(format)).join('\n')).toContain('an export says one target, and the model has several. The whole model can leave as Weights.');
    }
  });
});

test('a model that forecasts nothing has no bands, and that is said', async () => {
  await driver.write('shops.csv', shops());
  await driver.trains(projectOf(['a Classify'], { cell: dropping }));
  expect(await driver.predictionRefusal({ draws: 10 })).toEqual([
    `Draws with dropout are made of forecasts, and the model of ${driver.place('run')} makes none: it ends in classify. Leave the samples out.`,
  ]);
});

test('forecasts cannot be iterated where windows hold categories that no date tells: nobody knows those that follow', async () => {
  await driver.write('shops.csv', shops());
  const plain = { cell: { stateful: false } };
  const iterated = { read: ['dense', { units: 1 }], forecast: ['forecast', { horizon: 1, iterateTo: 5 }] } as const;
  const document = drawnGraph({ ...trunk(plain), last: ['take-step'], ...iterated }, [...trunkLines, 'trunk > last > read > forecast']);
  expect(await driver.refusal(document)).toEqual([
    'forecast iterates to 5 steps, so windows move on into time steps that have not come, but window gives a category of every time step, and no forecast tells "weather" of the next: ' +
      'forecast all 5 steps in one go instead of 1, take the category out of window, or do not iterate.',
  ]);
});

test('forecasts cannot be iterated either where an Impute centres windows: what is fed back is not', async () => {
  const refusal = (centerWindows: boolean) => driver.refusal(drawnGraph({
    series: ['series', { series: 20, steps: 20 }], window: ['window', { window: 6, mask: true, splitBy: 'series' }], rnn: ['simple-rnn', { units: 3 }],
    fill: ['dense', { units: 1 }], impute: ['impute', { centerWindows }], last: ['take-step'], read: ['dense', { units: 1 }], forecast: ['forecast', { horizon: 1, iterateTo: 5 }],
  }, ['series > window > rnn > fill > impute', 'rnn > last > read > forecast']));
  expect(await refusal(true)).toEqual([
    'forecast iterates, so its forecasts are fed back into the window in the level of the data, but impute centres windows, so that the network reads them about their own mean: do not iterate, or do not centre windows.',
  ]);
  expect(await refusal(false)).toEqual([]);
});

test('two Forecasts of one model are both predicted', async () => {
  await driver.write('shops.csv', shops());
  const near = projectOf(['a Forecast']);
  await driver.trains(drawnGraph(
    { ...trunk({}), last: ['take-step'], two: ['dense', { units: 2 }], near: ['forecast', { horizon: 2 }], one: ['dense', { units: 1 }], next: ['forecast', { horizon: 1, loss: 'mae' }] },
    [...trunkLines, 'trunk > last > two > near', 'last > one > next'], near.training,
  ));
  const { rows, otherForecasts } = await driver.predicts();
  expect([rows.length, ...otherForecasts.map(({ target, rows: own }) => [target, own.length])]).toEqual([16, ['next', 8]]);
});
