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

/** About what a chart has pixels: more can hardly be seen, and all are drawn again and again while a network trains. */
export const mostPoints = 1024;

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

/** The points that a trace has beyond an earlier state of it, as [step, value], from the last one of that state on. */
export function grownSince(trace: LossTrace, earlier: LossTrace): readonly (readonly [step: number, value: number])[] {
  const known = earlier.points.length * earlier.stepsPerPoint;
  const from = Math.floor(known / trace.stepsPerPoint);
  const grown = trace.points.slice(from).map((value, index) => [trace.startStep + (from + index + 1) * trace.stepsPerPoint, value] as const);
  const last = earlier.points.at(-1);
  return last === undefined ? grown : [[earlier.startStep + known, last], ...grown];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
