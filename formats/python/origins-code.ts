import type { Model } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';
import { dataNeeds } from './data-needs.ts';

/** Which origins belong to a part of the time: what is asked lies in it whole. */
const originsOfPart = {
  forecast: 'origins = origins[(origins + 1 >= start) & (origins + HORIZON < end)]',
  classify: 'origins = origins[(origins >= start) & (origins < end)]',
  regress: 'origins = origins[(origins >= start) & (origins < end)]',
  reconstruct: 'origins = origins[(origins - WINDOW + 1 >= start) & (origins < end)]',
  impute: 'origins = origins[(origins - WINDOW + 1 >= start) & (origins < end)]',
} as const;

/** find_windows() of data.py. */
export function originsCode(model: Model): string {
  const { data } = model;
  const target = firstTarget(model);
  const { hasGaps } = dataNeeds(model);
  const byTime = data.split.by === 'time';
  const ends = target.kind === 'forecast' ? `steps - HORIZON` : 'steps';
  const chosen = byTime
    ? ['start, end = borders(part, values)', `origins = np.arange(WINDOW - 1, ${ends}, STRIDE)`, originsOfPart[target.kind]]
    : [`origins = np.arange(WINDOW - 1, ${ends}, STRIDE)`];
  const told = byTime ? 'np.arange(len(values))' : 'np.arange(*borders(part, values))';
  const lines = ['steps = values.shape[1]', ...chosen, `series, origins = [grid.ravel() for grid in np.meshgrid(${told}, origins, indexing="ij")]`];
  const conditions = [...(hasGaps ? gapConditions(model) : []), ...(data.season !== null && target.kind === 'forecast' ? seasonConditions(hasGaps) : [])];
  if (hasGaps) conditions.push('series, origins = series[kept], origins[kept]');
  return `def find_windows(part, values${observedArguments(model)}):
    """The series of each window of a part, and its origin: the last time step that it sees."""
${[...lines, ...conditions, 'return series, origins'].map((line) => `    ${line}`).join('\n')}`;
}

/** What find_windows() takes besides the part and the values. */
export function observedArguments(model: Model): string {
  const { hasGaps, filling } = dataNeeds(model);
  return `${hasGaps ? ', observed' : ''}${filling === 'linear' ? ', looks_ahead' : ''}`;
}

/** Says what is `kept` of series with gaps. */
function gapConditions(model: Model): readonly string[] {
  const { filling, hasMask } = dataNeeds(model);
  const { kind } = firstTarget(model);
  const looksAhead = filling === 'linear' ? ['kept &= ~looks_ahead[series, origins].any(axis=1)'] : [];
  const asked = kind === 'forecast' ? ['kept &= observed[series[:, np.newaxis], origins[:, np.newaxis] + 1 + np.arange(HORIZON)][..., PLACES].any(axis=(1, 2))'] : [];
  if (kind === 'impute') {
    return [
      '# One value to hide, and one on either side of it.',
      'known = observed[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)]',
      'kept = (known[..., PLACES].sum(axis=1) >= 3).any(axis=1)',
    ];
  }
  if (hasMask) {
    return [
      '# None that looks past its origin, none without a value to forecast, and one at its origin to forecast from.',
      kind === 'forecast' ? 'kept = ~np.isnan(values[series, origins][:, PLACES]).any(axis=1)' : 'kept = np.ones(len(origins), bool)',
      ...looksAhead,
      ...asked,
    ];
  }
  return [
    '# No window with a missing value, none that looks past its origin, none without a value to forecast.',
    'missing = np.isnan(values).any(axis=2)',
    'kept = ~missing[series[:, np.newaxis], origins[:, np.newaxis] - np.arange(WINDOW)].any(axis=1)',
    ...looksAhead,
    ...asked,
  ];
}

function seasonConditions(hasGaps: boolean): readonly string[] {
  return [
    '# Forecasts are judged where there is a season before them to compare with.',
    `if part != "training":`,
    `    ahead = np.arange(1, HORIZON + 1)`,
    `    earlier = origins[:, np.newaxis] + ahead - SEASON * -(-ahead // SEASON)`,
    hasGaps
      ? `    kept &= (earlier >= 0).all(axis=1) & ~np.isnan(values[series[:, np.newaxis], earlier][..., PLACES]).any(axis=(1, 2))`
      : '    kept = (earlier >= 0).all(axis=1)\n        series, origins = series[kept], origins[kept]',
  ];
}
