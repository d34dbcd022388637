import type { ForecastBands } from '../../core/forecast/forecast-bands.ts';
import type { ForecastBand } from './prediction-messages.ts';

/** The band of one forecast value. */
export function bandAt({ mean, low80, high80, low95, high95 }: ForecastBands, place: number): ForecastBand {
  return { mean: mean[place]!, low80: low80[place]!, high80: high80[place]!, low95: low95[place]!, high95: high95[place]! };
}
