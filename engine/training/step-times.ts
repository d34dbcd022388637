/** Durations of the steps of one session, in milliseconds. The first step, in which TensorFlow settles, is left out. */
export interface StepTimes {
  readonly add: (milliseconds: number) => void;
  /** Median of all; null before a second step. */
  readonly median: () => number | null;
  /** Median of the last hundred, cheap enough for every progress event. */
  readonly recentMedian: () => number | null;
}

const recentCount = 100;

export function createStepTimes(): StepTimes {
  let times = new Float64Array(1024);
  let count = 0;
  let isFirst = true;
  return {
    add: (milliseconds) => {
      if (isFirst) {
        isFirst = false;
        return;
      }
      if (count === times.length) {
        const longer = new Float64Array(times.length * 2);
        longer.set(times);
        times = longer;
      }
      times[count] = milliseconds;
      count += 1;
    },
    median: () => medianOf(times.slice(0, count)),
    recentMedian: () => medianOf(times.slice(Math.max(0, count - recentCount), count)),
  };
}

/** Sorts the values it is given. */
function medianOf(values: Float64Array): number | null {
  if (values.length === 0) return null;
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
