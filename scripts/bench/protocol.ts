/**
 * How the benchmark talks with a contender, a process of its own: it starts with the case's folder as argument, says
 * `ready` as soon as its model is built, equal in weights, and has trained one round of the batches, and then answers
 * each line `run <count>` with the times of so many training steps. One JSON object a line, on standard output.
 */
export interface Ready {
  readonly kind: 'ready';
  readonly version: string;
  readonly threads: number;
  /** Mean loss on the first batch with the starting weights, and after one step on each batch. */
  readonly lossBefore: number;
  readonly lossAfter: number;
}

export interface Timed {
  readonly kind: 'timed';
  readonly milliseconds: readonly number[];
  /** Resident memory of the process now. */
  readonly megabytes: number;
}

export type ContenderLine = Ready | Timed;

/** Files of a case's folder, all little-endian float32: batches are [batchCount, batch, time, feature]. */
export const caseFiles = { description: 'case.json', parameters: 'parameters.f32', inputs: 'inputs.f32', targets: 'targets.f32' } as const;
