/** One value a step, thinned so that a chart of millions of steps stays quick: each point is the mean of `stepsPerPoint` steps. */
export interface LossTrace {
  /** The step before the first value: 0, or where a resumed run went on. */
  readonly startStep: number;
  readonly stepsPerPoint: number;
  /** Points in full: point k is of the steps up to startStep + (k + 1) · stepsPerPoint. */
  readonly points: readonly number[];
  /** Values of the point under way. */
  readonly open: readonly number[];
}

/** Twice what a wide chart has pixels: more cannot be seen, and all are drawn ten times a second. */
export const mostPoints = 2048;

export function emptyTrace(startStep: number): LossTrace {
  return { startStep, stepsPerPoint: 1, points: [], open: [] };
}

/** The trace with values of the steps that follow, in order. */
export function extendTrace(trace: LossTrace, values: readonly number[]): LossTrace {
  const points = [...trace.points];
  let open = [...trace.open];
  let { stepsPerPoint } = trace;
  for (const value of values) {
    open.push(value);
    if (open.length < stepsPerPoint) continue;
    points.push(mean(open));
    open = [];
    if (points.length < mostPoints) continue;
    for (let index = 0; index < mostPoints / 2; index += 1) points[index] = (points[2 * index]! + points[2 * index + 1]!) / 2;
    points.length = mostPoints / 2;
    stepsPerPoint *= 2;
  }
  return { startStep: trace.startStep, stepsPerPoint, points, open };
}

/** The last step of each point, for the x axis of a chart; the steps of the open point are not in it. */
export function stepsOf(trace: LossTrace): Float64Array {
  return Float64Array.from(trace.points, (_, index) => trace.startStep + (index + 1) * trace.stepsPerPoint);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
