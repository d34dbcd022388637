import type { Samples } from '../../core/forecast/windows.ts';

/** So many of the samples, evenly spread from the first to the last. */
export function spreadSamples(samples: Samples, wanted: number): Samples {
  const count = Math.max(0, Math.min(Math.floor(wanted), samples.count));
  const picks = Array.from({ length: count }, (_, position) => (count === 1 ? 0 : Math.round((position * (samples.count - 1)) / (count - 1))));
  return {
    part: samples.part,
    count,
    series: Int32Array.from(picks, (pick) => samples.series[pick]!),
    origin: Int32Array.from(picks, (pick) => samples.origin[pick]!),
  };
}
