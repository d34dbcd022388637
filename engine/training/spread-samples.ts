import type { Samples } from '../../core/forecast/windows.ts';

/** Positions of so many of `all`, evenly spread from the first to the last. */
export function spreadPositions(all: number, wanted: number): readonly number[] {
  const count = Math.max(0, Math.min(Math.floor(wanted), all));
  return Array.from({ length: count }, (_, position) => (count === 1 ? 0 : Math.round((position * (all - 1)) / (count - 1))));
}

/** So many of the samples, evenly spread from the first to the last. */
export function spreadSamples(samples: Samples, wanted: number): Samples {
  const picks = spreadPositions(samples.count, wanted);
  return {
    part: samples.part,
    count: picks.length,
    series: Int32Array.from(picks, (pick) => samples.series[pick]!),
    origin: Int32Array.from(picks, (pick) => samples.origin[pick]!),
  };
}
