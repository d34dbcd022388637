/** What many draws of the same forecasts say; all arrays [window, horizon × columns], in the data's unit. */
export interface ForecastBands {
  readonly mean: Float64Array;
  /** Between them lie the middle 80 % of the draws. */
  readonly low80: Float64Array;
  readonly high80: Float64Array;
  /** Between them lie the middle 95 % of the draws. */
  readonly low95: Float64Array;
  readonly high95: Float64Array;
}

/** How many of the true values lie inside the bands, as a share of those that were observed; NaN where there are none. */
export interface Coverage {
  readonly share80: number;
  readonly share95: number;
  /** True values that were looked at. */
  readonly values: number;
  readonly windows: number;
  /** Draws of each forecast. */
  readonly draws: number;
}

/**
 * Mean and bands of `draws` forecasts of each window, given [window, draw, width]. Quantiles are interpolated between the
 * neighbouring draws (Hyndman and Fan, 1996, definition 7, https://doi.org/10.1080/00031305.1996.10473566).
 */
export function bandsOf(forecasts: Float64Array, draws: number, width: number): ForecastBands {
  const length = forecasts.length / draws;
  const make = (): Float64Array => new Float64Array(length);
  const bands = { mean: make(), low80: make(), high80: make(), low95: make(), high95: make() };
  const own = new Float64Array(draws);
  for (let place = 0; place < length; place += 1) {
    const start = Math.floor(place / width) * draws * width + (place % width);
    let sum = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      own[draw] = forecasts[start + draw * width]!;
      sum += own[draw]!;
    }
    own.sort();
    bands.mean[place] = sum / draws;
    bands.low80[place] = quantile(own, 0.1);
    bands.high80[place] = quantile(own, 0.9);
    bands.low95[place] = quantile(own, 0.025);
    bands.high95[place] = quantile(own, 0.975);
  }
  return bands;
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}

/** The share of true values inside the bands; values of weight 0 are not looked at. */
export function coverageOf(bands: ForecastBands, truth: Float64Array, weights: Float64Array, width: number, draws: number): Coverage {
  let values = 0;
  let inside80 = 0;
  let inside95 = 0;
  for (let place = 0; place < truth.length; place += 1) {
    if (weights[place] === 0) continue;
    const value = truth[place]!;
    values += 1;
    if (value >= bands.low80[place]! && value <= bands.high80[place]!) inside80 += 1;
    if (value >= bands.low95[place]! && value <= bands.high95[place]!) inside95 += 1;
  }
  return { share80: inside80 / values, share95: inside95 / values, values, windows: truth.length / width, draws };
}

/** So far from its name a band may be and still be called right: so much do the shares of a few hundred values waver. */
const closeEnough = 0.05;

type Verdict = 'unknown' | 'right' | 'too narrow' | 'too wide';

function judge({ share80, share95, values }: Coverage): Verdict {
  const [by80, by95] = [share80 - 0.8, share95 - 0.95];
  if (values === 0) return 'unknown';
  if (Math.abs(by80) <= closeEnough && Math.abs(by95) <= closeEnough) return 'right';
  return by80 + by95 < 0 ? 'too narrow' : 'too wide';
}

/** "The 80 % band holds 40 %, the 95 % band 53 % of the true values: too few." */
export function coverageInWords(coverage: Coverage): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const words = { right: 'about as many as they should', 'too narrow': 'too few', 'too wide': 'more than they should' };
  const verdict = judge(coverage);
  if (verdict === 'unknown') return 'No true value is known to compare the bands with.';
  return `The 80 % band holds ${percent(coverage.share80)}, the 95 % band ${percent(coverage.share95)} of the true values: ${words[verdict]}.`;
}

/** What to think of bands that hold too few or too many; null where there is nothing to say. */
export function coverageAdvice(coverage: Coverage): string | null {
  switch (judge(coverage)) {
    case 'unknown':
    case 'right':
      return null;
    case 'too narrow':
      return 'Dropout tells how unsure the model is, not how noisy the data are: the true spread is wider. A higher rate widens the bands.';
    case 'too wide':
      return 'The dropout makes the model look less sure than it is: a lower rate narrows the bands.';
  }
}
