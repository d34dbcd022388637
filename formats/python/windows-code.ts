import type { Model } from '../../core/compile/model.ts';
import { takesSequence } from '../../core/compile/model.ts';
import { dataNeeds } from './data-needs.ts';
import { pythonTarget } from './python-target.ts';
import type { PythonTarget } from './python-target.ts';

/** The functions of data.py that lead from series to windows: only what this model uses of them. */
export function windowsCode(model: Model): readonly string[] {
  const { filling, isScaled } = dataNeeds(model);
  return [
    ...(filling === null ? [] : [fillCode(model)]),
    ...(model.data.scale === null ? [] : [fitCode(model)]),
    ...(isScaled ? [scaleCode] : []),
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

/** Which origins belong to a part of the time: what is asked lies in it whole. */
const originsOfPart = {
  forecast: 'origins = origins[(origins + 1 >= start) & (origins + HORIZON < end)]',
  classify: 'origins = origins[(origins >= start) & (origins < end)]',
  regress: 'origins = origins[(origins >= start) & (origins < end)]',
  reconstruct: 'origins = origins[(origins - WINDOW + 1 >= start) & (origins < end)]',
} as const;

function originsCode(model: Model): string {
  const { data } = model;
  const target = pythonTarget(model);
  const { hasGaps } = dataNeeds(model);
  const horizon = target.kind === 'forecast' ? target.horizon : 0;
  const byTime = data.split.by === 'time';
  const ends = horizon > 0 ? `steps - HORIZON` : 'steps';
  const chosen = byTime
    ? ['start, end = borders(part, values)', `origins = np.arange(WINDOW - 1, ${ends}, STRIDE)`, originsOfPart[target.kind]]
    : [`origins = np.arange(WINDOW - 1, ${ends}, STRIDE)`];
  const told = byTime ? 'np.arange(len(values))' : 'np.arange(*borders(part, values))';
  const lines = ['steps = values.shape[1]', ...chosen, `series, origins = [grid.ravel() for grid in np.meshgrid(${told}, origins, indexing="ij")]`];
  const conditions: string[] = [];
  if (hasGaps) {
    conditions.push(
      '# No window with a missing value, none that looks past its origin, none without a value to forecast.',
      'missing = np.isnan(values).any(axis=2)',
      'kept = ~missing[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)].any(axis=1)',
      ...(data.gaps === 'linear' ? ['kept &= ~looks_ahead[series, origins].any(axis=1)'] : []),
      ...(horizon > 0 ? ['kept &= observed[series[:, np.newaxis], origins[:, np.newaxis] + 1 + np.arange(HORIZON)][..., PLACES].any(axis=(1, 2))'] : []),
    );
  }
  if (data.season !== null && horizon > 0) {
    conditions.push(
      '# Forecasts are judged where there is a season before them to compare with.',
      `if part != "training":`,
      `    ahead = np.arange(1, HORIZON + 1)`,
      `    earlier = origins[:, np.newaxis] + ahead - SEASON * -(-ahead // SEASON)`,
      hasGaps
        ? `    kept &= (earlier >= 0).all(axis=1) & ~np.isnan(values[series[:, np.newaxis], earlier][..., PLACES]).any(axis=(1, 2))`
        : '    kept = (earlier >= 0).all(axis=1)\n        series, origins = series[kept], origins[kept]',
    );
  }
  if (hasGaps) conditions.push('series, origins = series[kept], origins[kept]');
  const parameters = ['part', 'values', ...(hasGaps ? ['observed'] : []), ...(hasGaps && data.gaps === 'linear' ? ['looks_ahead'] : [])];
  return `def find_windows(${parameters.join(', ')}):
    """The series of each window of a part, and its origin: the last time step that it sees."""
${[...lines, ...conditions, 'return series, origins'].map((line) => `    ${line}`).join('\n')}`;
}

function sampleCode(model: Model): string {
  const target = pythonTarget(model);
  const { hasGaps, filling, isScaled, isWeighted, labels, hasFeatures } = dataNeeds(model);
  const isLinear = filling === 'linear';
  const read = labels.length > 0 ? 'values, labels = series or read_series()' : 'values = read_series() if series is None else series';
  const lines = [
    read,
    ...(hasGaps ? ['observed = ~np.isnan(values)', ...(filling === null ? [] : [isLinear ? 'values, looks_ahead = fill_gaps(values)' : 'values = fill_gaps(values)'])] : []),
    `series, origins = find_windows(part, values${hasGaps ? ', observed' : ''}${isLinear ? ', looks_ahead' : ''})`,
    `scaled = ${isScaled ? 'scale(values)' : 'values'}`,
    'inputs = scaled[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)[::-1]].astype(np.float32)',
    ...targetLines(model, hasGaps, isLinear),
    isWeighted ? 'return inputs, targets, weights' : 'return inputs, targets',
  ];
  const shape = shapeOfTargets(target);
  return `def windows(part, series=None):
    """The windows of the part "training", "validation" or "test", scaled.

    Inputs (windows, WINDOW, columns${hasFeatures ? ' + FEATURES' : ''}), targets ${shape}${isWeighted ? ', and how much each target counts' : ''}.
    """
${lines.map((line) => `    ${line}`).join('\n')}`;
}

function shapeOfTargets(target: PythonTarget): string {
  switch (target.kind) {
    case 'forecast':
      return takesSequence(target) ? '(windows, WINDOW, HORIZON · columns)' : '(windows, HORIZON · columns)';
    case 'reconstruct':
      return '(windows, WINDOW, columns)';
    case 'classify':
    case 'regress':
      return '(windows, numbers)';
  }
}

function targetLines(model: Model, hasGaps: boolean, isLinear: boolean): readonly string[] {
  const target = pythonTarget(model);
  const { isWeighted } = dataNeeds(model);
  switch (target.kind) {
    case 'forecast': {
      const isSequence = takesSequence(target);
      const byTime = model.data.split.by === 'time';
      const shape = isSequence ? '(len(series), WINDOW, HORIZON * len(PLACES))' : '(len(series), HORIZON * len(PLACES))';
      return [
        ...(isSequence
          ? [
              '# At each time step of the window: what follows it.',
              'seen = origins[:, np.newaxis] - np.arange(WINDOW)[::-1]',
              'rows = seen[..., np.newaxis] + 1 + np.arange(HORIZON)',
              'where = (series[:, np.newaxis, np.newaxis], rows)',
            ]
          : ['rows = origins[:, np.newaxis] + 1 + np.arange(HORIZON)', 'where = (series[:, np.newaxis], rows)']),
        `targets = scaled[where][..., PLACES].reshape${shape}`,
        ...(hasGaps ? ['targets = np.nan_to_num(targets)'] : []),
        ...(isWeighted
          ? [
              hasGaps
                ? `weights = observed[where][..., PLACES].astype(np.float32)`
                : 'weights = np.ones((*rows.shape, len(PLACES)), np.float32)',
              ...(isSequence && byTime ? ['# What lies in an earlier part is not scored again.', 'weights[rows < borders(part, values)[0]] = 0'] : []),
              ...(isSequence && isLinear ? ['weights[looks_ahead[series[:, np.newaxis], seen].any(axis=2)] = 0'] : []),
              ...(target.horizonWeights === null ? [] : ['weights *= np.array(HORIZON_WEIGHTS, np.float32)[:, np.newaxis]']),
              `weights = weights.reshape${shape}`,
            ]
          : []),
        'targets = targets.astype(np.float32)',
      ];
    }
    case 'classify': {
      const isBinary = target.loss.kind === 'binary-crossentropy';
      return [
        `classes = labels[LABELS[0]][series]`,
        isBinary ? 'targets = (classes == 1).astype(np.float32)[:, np.newaxis]' : 'targets = (classes[:, np.newaxis] == np.arange(len(CLASSES))).astype(np.float32)',
        ...(isWeighted
          ? target.balanced
            ? [
                '# Every class counts alike, however rare it is in the training part.',
                `learnt = labels[LABELS[0]][find_windows("training", values${hasGaps ? ', observed' : ''}${isLinear ? ', looks_ahead' : ''})[0]]`,
                'counts = np.array([(learnt == place).sum() for place in range(len(CLASSES))])',
                'weight_of_class = np.where(counts > 0, counts.sum() / (len(CLASSES) * np.maximum(counts, 1)), 0)',
                'weights = np.where(classes < 0, 0, weight_of_class[classes]).astype(np.float32)',
              ]
            : ['weights = (classes >= 0).astype(np.float32)']
          : []),
      ];
    }
    case 'reconstruct':
      return [
        'targets = inputs[..., PLACES]',
        ...(hasGaps ? ['weights = observed[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)[::-1]][..., PLACES].astype(np.float32)'] : []),
      ];
    case 'regress':
      return [
        'numbers = np.stack([labels[name] for name in LABELS], axis=1)[series]',
        ...(isWeighted ? ['weights = (~np.isnan(numbers)).astype(np.float32)', 'numbers = np.where(np.isnan(numbers), LABEL_OFFSETS, numbers)'] : []),
        'targets = ((numbers - LABEL_OFFSETS) / LABEL_FACTORS).astype(np.float32)',
      ];
  }
}
