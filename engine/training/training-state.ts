import type { Program, VariableRole } from '../../core/program/program.ts';
import type { Session, TensorData } from '../session.ts';

/** Where a run stands between two steps. */
export interface TrainingCounters {
  /** Finished epochs. */
  readonly epoch: number;
  /** Finished steps of the epoch under way. */
  readonly stepInEpoch: number;
  /** Finished steps of the run. */
  readonly step: number;
  /** Over the finished steps of the epoch under way: Σ loss × weight, and Σ weight. */
  readonly lossSum: number;
  readonly weightSum: number;
  /** The lowest loss that an epoch ended with, and which epoch that was; Infinity and 0 before the first. */
  readonly bestLoss: number;
  readonly bestEpoch: number;
  /** The first batch's loss, of weights that no step has touched; null before the first step. */
  readonly firstLoss: number | null;
  /** Seconds spent on the epoch under way. */
  readonly secondsInEpoch: number;
}

export const countersAtStart: TrainingCounters = {
  epoch: 0,
  stepInEpoch: 0,
  step: 0,
  lossSum: 0,
  weightSum: 0,
  bestLoss: Infinity,
  bestEpoch: 0,
  firstLoss: null,
  secondsInEpoch: 0,
};

export type Variables = ReadonlyMap<string, TensorData>;

/** Everything that a run needs to go on bit for bit. */
export interface TrainingSnapshot {
  readonly counters: TrainingCounters;
  readonly variables: Variables;
  /** The kept weights: those of the best epoch, or of the start before an epoch has ended. */
  readonly kept: Variables;
}

/** Roles whose values make a trained model; the others only serve to train it. */
export const modelRoles: readonly VariableRole[] = ['trainable', 'moving'];

/** Copies of the session's variables of these roles; of all where none are given. */
export function readVariables(session: Session, program: Program, roles?: readonly VariableRole[]): Variables {
  const wanted = program.variables.filter(({ role }) => roles === undefined || roles.includes(role));
  return new Map(wanted.map(({ name }) => [name, session.readVariable(name)]));
}

export function writeVariables(session: Session, variables: Variables): void {
  for (const [name, data] of variables) session.writeVariable(name, data);
}

/** Whether early stopping ends the run here: `patience` epochs in a row brought no better loss. */
export function patienceIsOver({ epoch, bestEpoch }: TrainingCounters, patience: number | null): boolean {
  return patience !== null && epoch - bestEpoch >= patience;
}
