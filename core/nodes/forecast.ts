import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { axisSize, printShape } from '../shapes/shape.ts';
import { knownSize } from '../shapes/size.ts';
import { featureSize, tensorInput } from './layer-ports.ts';
import type { DataNodeType, Feeder, ShapeContext, TensorFacts } from './node-type.ts';
import { unknownColumns } from './target-columns.ts';
import { errorLossEquations, errorLosses, huberSource, targetWeight } from './target-parameters.ts';
import { insertLayer, nodeAbove, received, returnLastStep, returnSequences, widthParameter, widthSetter, type WayOut } from './upstream.ts';
import { windowCategories } from './window-categories.ts';

const parameters = {
  columns: { kind: 'columns', label: 'Columns', default: null, doc: 'The columns to forecast; all columns of the series unless you choose.' },
  horizon: {
    kind: 'integer', label: 'Horizon', unit: 'time steps', minimum: 1, maximum: 10_000, default: 1,
    doc: 'How many time steps ahead are forecast, all in one go.',
  },
  iterateTo: {
    kind: 'optional-integer', label: 'Iterate to', unit: 'time steps', minimum: 2, maximum: 10_000, default: null,
    doc: 'How far evaluation and prediction go: forecasts are fed back into the window as if they had been observed, until so many steps are forecast. Training is for the horizon all the same.',
  },
  loss: {
    kind: 'choice', label: 'Loss', options: ['mse', 'mae', 'huber', 'quantile'], default: 'mse',
    doc: 'What training makes small, in scaled units: squared errors, absolute errors, squared near zero and absolute beyond, or the pinball loss of a quantile.',
  },
  huberDelta: errorLosses.huberDelta,
  quantile: {
    kind: 'real', label: 'Quantile', unit: 'share', minimum: 0.001, maximum: 0.999, default: 0.5,
    doc: 'Of the quantile loss: the share of true values that are to lie below the forecast. 0.5 is the median.',
  },
  quantiles: {
    kind: 'numbers', label: 'Quantiles', minimum: 0.001, maximum: 0.999, default: null,
    onlyWhen: { parameter: 'loss', is: 'quantile' },
    doc: 'Of the quantile loss, several levels at once, the least first: 0.1, 0.5, 0.9 give a median with a band of 80 %. Each value is then forecast so many times. Without them there is the one above.',
  },
  horizonWeights: {
    kind: 'numbers', label: 'Horizon weights', minimum: 0, maximum: 1e6, default: null,
    doc: 'How much each step of the horizon counts in the loss, the first step ahead first: as many numbers as the horizon has steps. Without them all count alike; errors are reported unweighted all the same.',
  },
  everyStep: {
    kind: 'switch', label: 'At every time step', default: false,
    doc: 'On: sequence-to-sequence, the horizon that follows every time step of the window. Off: one vector a series.',
  },
  ...targetWeight,
} as const satisfies ParameterDeclarations;

type Context = ShapeContext<typeof parameters>;

/** Where a model ends: what is forecast and how errors count. Reads (batch, horizon × columns), or that at every time step. */
export const forecastNode: DataNodeType<typeof parameters> = {
  role: 'target',
  type: 'forecast',
  title: 'Forecast',
  category: 'target',
  summary: 'The target: the next values of chosen columns, and the loss that training makes small.',
  equation: [
    'loss = Σ w·ℓ(ŷ − y) / Σ w',
    'iterated: x̂(t + 1) = f(x(t − window + 1) … x(t)), and on with x̂(t + 1) in place of x(t + 1)',
    ...errorLossEquations,
    'quantile: ℓ(e) = max(−τ·e, (1 − τ)·e),  quantiles: mean over their levels; in use their forecasts are put in order',
  ].join('\n'),
  inputs: [{ name: 'predictions', carries: 'tensor', doc: 'horizon × columns values, the columns of the first step ahead first; where several quantiles are forecast so many of each, beside each other.' }],
  outputs: [],
  parameters,
  shapes: 'Reads (batch, horizon × columns feature), or (batch, time, horizon × columns feature) where it forecasts at every time step; with several quantiles horizon × columns × quantiles features.',
  errors: 'The last layer must give horizon × columns features, as one vector a series unless the forecast is sequence-to-sequence, which takes one for every time step of the window; an iterated forecast needs every column of the series forecast and a window without categories of time steps other than those of the calendar, and must go further than its horizon; quantiles must rise from the first to the last, and cannot be iterated; horizon weights must be as many as the horizon has steps, and one of them above 0; window + horizon must not be longer than the series.',
  source: huberSource,
  shape: (context) => {
    const facts = tensorInput(context, 'predictions');
    const isSequence = axisSize(facts.shape, 'time') !== undefined;
    if (isSequence && !context.parameters.everyStep) return fail(vectorWanted(context, facts));
    if (!isSequence && context.parameters.everyStep) return fail(sequenceWanted(context, facts));
    if (isSequence && !hasEveryStep(facts)) return fail(everyStepWanted(context, facts));
    const weightless = wrongWeights(context);
    if (weightless !== null) return fail(weightless);
    const disorder = wrongQuantiles(context);
    if (disorder !== null) return fail(disorder);
    const halt = cannotIterate(context, facts);
    if (halt !== null) return fail(halt);
    const unknown = unknownColumns(context, facts.series.columns);
    if (unknown.length > 0) return fail(...unknown);
    const targetColumns = (context.parameters.columns ?? facts.series.columns)?.length;
    const features = knownSize(featureSize(facts));
    if (targetColumns === undefined || features === undefined) return succeed({});
    const wanted = context.parameters.horizon * targetColumns * levelCount(context);
    return features === wanted ? succeed({}) : fail(widthMismatch(context, facts, targetColumns, features));
  },
};

function where(context: Context, parameter?: string) {
  const place = { kind: 'node', node: context.node } as const;
  return parameter === undefined ? { ...place, port: 'predictions' } : { ...place, parameter };
}

/** The misfit shows at the read-out where there is one: it is there that a vector would help. */
function vectorWanted(context: Context, facts: TensorFacts): Diagnostic {
  const feeder = context.feeders['predictions'];
  const readOut = readOutOf(feeder);
  const shape = printShape((readOut === undefined ? undefined : received(readOut))?.shape ?? facts.shape);
  const lastStep = returnLastStep(feeder);
  // Without a read-out to stand before, flattening is the way only where no layer can return its last step.
  const flattened = readOut === undefined ? (lastStep === undefined ? feeder : undefined) : readOut.feeders['inputs'];
  const ways: (WayOut | undefined)[] = [
    lastStep,
    flattened === undefined
      ? undefined
      : { advice: 'insert Flatten', repair: insertLayer(flattened, context.newNode('flatten'), `Insert Flatten before ${(readOut ?? context).label}`) },
    setEveryStep(context, true, 'make the forecast sequence-to-sequence', 'sequence-to-sequence'),
  ];
  return misfit('vector-expected', context, { shape, readOut: readOut?.label, feeder: feeder?.label ?? 'its input' }, ways);
}

/** The Dense (or the like) above the target, apart from layers that do not change the number of features. */
function readOutOf(feeder: Feeder | undefined): Feeder | undefined {
  const setter = widthSetter(feeder);
  return setter?.type.category === 'dense' ? setter : undefined;
}

function sequenceWanted(context: Context, facts: TensorFacts): Diagnostic {
  const feeder = context.feeders['predictions'];
  const ways = [returnSequences(feeder), setEveryStep(context, false, 'make it forecast one vector per series', 'one vector per series')];
  return misfit('sequence-expected-by-target', context, { shape: printShape(facts.shape), feeder: feeder?.label ?? 'its input' }, ways);
}

/** Whether there is a vector for each time step of the window, so that targets and predictions can be paired. */
function hasEveryStep({ shape, windowLength }: TensorFacts): boolean {
  const time = axisSize(shape, 'time');
  return time !== undefined && knownSize(time) === windowLength;
}

function everyStepWanted(context: Context, facts: TensorFacts): Diagnostic {
  const feeder = context.feeders['predictions'];
  const vector = setEveryStep(context, false, 'make it forecast one vector per series', 'one vector per series');
  const found = { label: context.label, shape: printShape(facts.shape), feeder: feeder?.label ?? 'its input', windowLength: facts.windowLength };
  return diagnose('window-steps-expected', where(context), { ...found, way: vector.advice }, [vector.repair]);
}

function misfit(
  code: 'vector-expected' | 'sequence-expected-by-target',
  context: Context,
  facts: { readonly shape: string; readonly readOut?: string | undefined; readonly feeder: string },
  offered: readonly (WayOut | undefined)[],
): Diagnostic {
  const ways = offered.filter((way) => way !== undefined);
  const described = { readOut: undefined, ...facts, label: context.label, ways: ways.map((way) => way.advice) };
  return diagnose(code, where(context), described, ways.map((way) => way.repair));
}

function setEveryStep(context: Context, value: boolean, advice: string, form: string): WayOut {
  return { advice, repair: { ...setParameter(context, 'everyStep', value), title: `Make ${context.label} ${form}` } };
}

/** Forecasts are fed back in place of whole rows of the window: every column must be forecast, and further than in one go. */
function cannotIterate(context: Context, { series }: TensorFacts): Diagnostic | null {
  const { iterateTo, horizon, columns } = context.parameters;
  if (iterateTo === null) return null;
  const { label } = context;
  const stay = setParameter(context, 'iterateTo', null);
  if (levelCount(context) > 1) return diagnose('iterate-quantiles', where(context, 'iterateTo'), { label, horizon, iterateTo }, [stay, setParameter(context, 'quantiles', null)]);
  if (iterateTo <= horizon) return diagnose('iterate-not-further', where(context, 'iterateTo'), { label, iterateTo, horizon }, [stay]);
  const window = nodeAbove(context.feeders['predictions'], 'window');
  // The date tells of every time step to come which month and day it is; no forecast tells the weather.
  const categories = ((window === undefined ? null : windowCategories(window)) ?? []).filter(({ isKnownAhead }) => isKnownAhead === false);
  const unforecast = columns === null ? [] : (series.columns ?? []).filter((column) => !columns.includes(column));
  if (window !== undefined && categories.length > 0) {
    const found = { label, window: window.label, names: categories.map(({ name }) => name), horizon, iterateTo };
    return diagnose('iterate-categories', where(context, 'iterateTo'), found, [stay]);
  }
  if (unforecast.length === 0) return null;
  return diagnose('iterate-needs-all-columns', where(context, 'columns'), { label, missing: unforecast }, [setParameter(context, 'columns', null), stay]);
}

function levelCount({ parameters: { loss, quantiles } }: Context): number {
  return loss === 'quantile' && quantiles !== null ? quantiles.length : 1;
}

/** Levels name forecasts by their places: they rise, and there is one. */
function wrongQuantiles(context: Context): Diagnostic | null {
  const { loss, quantiles } = context.parameters;
  if (loss !== 'quantile' || quantiles === null) return null;
  if (quantiles.length > 0 && quantiles.every((level, position) => position === 0 || level > quantiles[position - 1]!)) return null;
  const mended = [...new Set(quantiles)].toSorted((first, second) => first - second);
  const repairs = [...(mended.length > 0 ? [setParameter(context, 'quantiles', mended)] : []), setParameter(context, 'quantiles', null)];
  return diagnose('quantiles-disordered', where(context, 'quantiles'), { label: context.label, levels: quantiles, mended }, repairs);
}

function wrongWeights(context: Context): Diagnostic | null {
  const { horizon, horizonWeights } = context.parameters;
  if (horizonWeights === null || (horizonWeights.length === horizon && horizonWeights.some((weight) => weight > 0))) return null;
  const repaired = Array.from({ length: horizon }, (_, step) => horizonWeights[step] ?? horizonWeights.at(-1) ?? 1);
  const repairs = [...(repaired.some((weight) => weight > 0) ? [setParameter(context, 'horizonWeights', repaired)] : []), setParameter(context, 'horizonWeights', null)];
  return diagnose('horizon-weights', where(context, 'horizonWeights'), { label: context.label, found: horizonWeights.length, horizon }, repairs);
}

function widthMismatch(context: Context, facts: TensorFacts, targetColumns: number, features: number): Diagnostic {
  const { horizon, everyStep } = context.parameters;
  const feeder = context.feeders['predictions'];
  const levels = levelCount(context);
  const wanted = horizon * targetColumns * levels;
  const setter = widthSetter(feeder);
  const fittingHorizon = features / (targetColumns * levels);
  const ways: WayOut[] = [];
  if (setter !== undefined) {
    const place = { node: setter.node.id, label: setter.label };
    const parameter = widthParameter(setter) ?? 'units';
    ways.push({ advice: `set ${parameter} of ${setter.label} to ${wanted}`, repair: setParameter(place, parameter, wanted) });
  } else if (feeder !== undefined) {
    const dense = context.newNode('dense');
    const sized = { ...dense, parameters: { ...dense.parameters, units: wanted } };
    ways.push({ advice: `insert Dense with units ${wanted}`, repair: insertLayer(feeder, sized, `Insert Dense with units ${wanted}`) });
  }
  if (Number.isInteger(fittingHorizon) && fittingHorizon <= parameters.horizon.maximum) {
    ways.push({ advice: `set horizon to ${fittingHorizon}`, repair: setParameter(context, 'horizon', fittingHorizon) });
  }
  const described = {
    label: context.label,
    per: everyStep ? 'time step' : 'series',
    wanted,
    horizon,
    targetColumns,
    levels,
    shape: printShape(facts.shape),
    feeder: feeder?.label ?? 'its input',
    ways: ways.map((way) => way.advice),
  };
  return diagnose('prediction-width', where(context), described, ways.map((way) => way.repair));
}
