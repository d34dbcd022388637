import type { Model } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';
import { dataNeeds } from './data-needs.ts';
import { hidingCode, inputsCode } from './hiding-code.ts';
import { observedArguments, originsCode } from './origins-code.ts';
import { shapeOfTargets, targetLines } from './target-code.ts';

/** The functions of data.py that lead from series to windows: only what this model uses of them. `seed`: of the training. */
export function windowsCode(model: Model, seed: number): readonly string[] {
  const target = firstTarget(model);
  const { filling, isScaled, hasMask } = dataNeeds(model);
  return [
    ...(filling === null ? [] : [fillCode(model)]),
    ...(model.data.scale === null ? [] : [fitCode(model)]),
    ...(isScaled ? [scaleCode] : []),
    ...(hasMask ? inputsCode(model) : []),
    ...(target.kind === 'impute' ? hidingCode(target, seed) : []),
    partsCode(model),
    originsCode(model),
    sampleCode(model),
  ];
}

function fillCode({ data: { gaps } }: Model): string {
  if (gaps === 'last-value') {
    return `def fill_gaps(values):
    """Every missing value is the last one before it; what has none before it stays missing."""
    time = np.arange(values.shape[1])[:, np.newaxis]
    last = np.maximum.accumulate(np.where(np.isnan(values), -1, time), axis=1)
    filled = np.take_along_axis(values, np.maximum(last, 0), axis=1)
    return np.where(last < 0, np.nan, filled)`;
  }
  return `def fill_gaps(values):
    """Gaps on the straight line between their neighbours, and where a value is known by a later one.

    A gap at the end holds the last value; one at the start stays missing.
    """
    filled, looks_ahead = values.copy(), np.zeros(values.shape, bool)
    time = np.arange(values.shape[1])
    for series, column in np.ndindex(values.shape[0], values.shape[2]):
        own = values[series, :, column]
        known = np.flatnonzero(~np.isnan(own))
        if len(known) > 0:
            filled[series, known[0]:, column] = np.interp(time[known[0]:], known, own[known])
            looks_ahead[series, known[0] : known[-1], column] = np.isnan(own[known[0] : known[-1]])
    return filled, looks_ahead`;
}

function fitCode(model: Model): string {
  const { scale, split } = model.data;
  const columns = dataNeeds(model).hasFeatures ? '[..., : len(COLUMNS)]' : '';
  const training = split.by === 'time' ? 'values[:, start:end]' : 'values[start:end]';
  const [offsets, factors, words] =
    scale?.kind === 'standard'
      ? ['np.nanmean(training, axis=0)', 'np.nanstd(training, axis=0)', 'mean and standard deviation']
      : ['np.nanmin(training, axis=0)', 'np.nanmax(training, axis=0) - offsets', 'lowest value and range'];
  return `def fit_scaler(values):
    """OFFSETS and FACTORS as they were found: ${words} of each column in the training part."""
    start, end = borders("training", values)
    training = ${training}${columns}.reshape(-1, len(COLUMNS))
    offsets = ${offsets}
    factors = ${factors}
    constant = np.nanmax(training, axis=0) == np.nanmin(training, axis=0)
    return np.where(constant, np.nanmin(training, axis=0), offsets), np.where(constant, 1, factors)`;
}

const scaleCode = `def scale(values):
    """From the data's unit to what the model reads."""
    return (values - OFFSETS) / FACTORS


def unscale(values, columns):
    """Back to the data's unit, for the columns of these names."""
    places = [COLUMNS.index(name) for name in columns]
    return values * FACTORS[places] + OFFSETS[places]`;

function partsCode({ data: { split } }: Model): string {
  const [axis, what] = split.by === 'time' ? [1, 'time steps'] : [0, 'series'];
  return `def borders(part, values):
    """The ${what} of a part: from the first, up to but not including the second."""
    count = values.shape[${axis}]
    first = min(count, int(np.floor(TRAINING_SHARE * count + 0.5)))
    second = min(count, max(first, int(np.floor((TRAINING_SHARE + VALIDATION_SHARE) * count + 0.5))))
    return {"training": (0, first), "validation": (first, second), "test": (second, count)}[part]`;
}

function sampleCode(model: Model): string {
  const target = firstTarget(model);
  const { needsObserved, filling, isScaled, isWeighted, hasMask, labels, hasFeatures } = dataNeeds(model);
  const hides = target.kind === 'impute';
  const read = labels.length > 0 ? 'values, labels = series or read_series()' : 'values = read_series() if series is None else series';
  const filled = filling === null ? [] : [filling === 'linear' ? 'values, looks_ahead = fill_gaps(values)' : 'values = fill_gaps(values)'];
  const lines = [
    read,
    ...(needsObserved ? [`observed = ~np.isnan(values)${hasMask && hasFeatures ? '[..., : len(COLUMNS)]' : ''}`] : []),
    ...filled,
    `series, origins = find_windows(part, values${observedArguments(model)})`,
    `scaled = ${isScaled ? 'scale(values)' : 'values'}`,
    ...(hasMask
      ? [
          'rows = (series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)[::-1])',
          'known = observed[rows]',
          ...(hides ? ['hidden = hide_values(series * values.shape[1] + origins + 1 - WINDOW, known, epoch)', 'known &= ~hidden'] : []),
          'inputs = model_inputs(scaled[rows], known).astype(np.float32)',
        ]
      : ['inputs = scaled[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)[::-1]].astype(np.float32)']),
    ...targetLines(model),
    isWeighted ? 'return inputs, targets, weights' : 'return inputs, targets',
  ];
  return `def windows(part, series=None${hides ? ', epoch=None' : ''}):
    """The windows of the part "training", "validation" or "test", scaled.
${hides ? '\n    Values are hidden: those of an epoch of training, or else those that are judged.' : ''}
    Inputs (windows, WINDOW, columns${hasMask ? ' + masks' : ''}${hasFeatures ? ' + FEATURES' : ''}), targets ${shapeOfTargets(target)}${isWeighted ? ', and how much each target counts' : ''}.
    """
${lines.map((line) => `    ${line}`).join('\n')}`;
}
