/**
 * How the benchmark talks with a contender, a process of its own: it starts with the case's folder as argument, says
 * `ready` as soon as its model is built, equal in weights, and has trained one round of the batches. Then it answers each
 * line `run <count>` with the times of so many training steps, and `predict <count> <series>` with those of so many
 * predictions of so many series at once. Unroll also answers `parts <count>`. One JSON object a line, on standard output.
 */
export interface Ready {
  readonly kind: 'ready';
  readonly version: string;
  readonly threads: number;
  /** Mean loss on the first batch with the starting weights, and after one step on each batch. */
  readonly lossBefore: number;
  readonly lossAfter: number;
  /** Unroll alone: memory with nothing but TensorFlow loaded, and the first training step after the graph was ready. */
  readonly emptyMegabytes?: number;
  readonly firstStepMs?: number;
}

export interface Timed {
  readonly kind: 'timed';
  readonly milliseconds: readonly number[];
  /** Resident memory of the process now. */
  readonly megabytes: number;
}

/** Where Unroll's time goes: medians in ms, taken apart by leaving things out. */
export interface Parts {
  readonly kind: 'parts';
  /** A whole step, batch and reading the loss included. */
  readonly step: number;
  readonly batch: number;
  /** A call into TensorFlow that does next to nothing. */
  readonly call: number;
  /** The forward pass and the loss, in a call that does no more. */
  readonly evaluation: number;
  /** Multiplications with additions of one step's products, forwards and twice as many backwards. */
  readonly multiplyAdds: number;
  /** What a product of large matrices reaches in this process: 10⁹ multiplications with additions a second. */
  readonly peak: number;
}

export type ContenderLine = Ready | Timed | Parts;

/** What a contender is asked to do, and how often at least in one round. */
export type Task = { readonly kind: 'train' } | { readonly kind: 'predict'; readonly series: number };

export function taskName(task: Task): string {
  return task.kind === 'train' ? 'training step' : `prediction of ${task.series} series`;
}

/** Files of a case's folder, all little-endian float32: batches are [batchCount, batch, time, feature]. */
export const caseFiles = { description: 'case.json', parameters: 'parameters.f32', inputs: 'inputs.f32', targets: 'targets.f32' } as const;
