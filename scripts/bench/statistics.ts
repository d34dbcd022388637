/** The value below which a share of the numbers lies; the middle one for a half. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((first, second) => first - second);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * How often two samples of one distribution differ in rank by as much as these or more: Mann and Whitney's test, two-sided, by
 * the normal approximation (H. B. Mann, D. R. Whitney, 1947, https://doi.org/10.1214/aoms/1177730491).
 */
export function chanceOfDifference(first: readonly number[], second: readonly number[]): number {
  const wins = first.reduce((sum, own) => sum + second.reduce((count, other) => count + (own > other ? 1 : own === other ? 0.5 : 0), 0), 0);
  const pairs = first.length * second.length;
  const deviation = Math.sqrt((pairs * (first.length + second.length + 1)) / 12);
  return complementOfErrorFunction(Math.abs(wins - pairs / 2) / deviation / Math.SQRT2);
}

/**
 * How often numbers without a trend come in an order that rises as much as this or more: Mann's test, one-sided, by the normal
 * approximation (H. B. Mann, 1945, https://doi.org/10.2307/1907187).
 */
export function chanceOfRise(values: readonly number[]): number {
  const rises = values.reduce((sum, own, index) => sum + values.slice(index + 1).reduce((count, later) => count + Math.sign(later - own), 0), 0);
  const deviation = Math.sqrt((values.length * (values.length - 1) * (2 * values.length + 5)) / 18);
  return rises <= 1 ? 0.5 : complementOfErrorFunction((rises - 1) / deviation / Math.SQRT2) / 2;
}

/** Abramowitz and Stegun (1964), 7.1.26: right to 1.5e-7. */
function complementOfErrorFunction(value: number): number {
  const t = 1 / (1 + 0.3275911 * value);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-(value ** 2));
}
