import { averagedStepsName, averageName } from '../../core/program/optimizers/weight-average.ts';
import type { Program, VariableRole } from '../../core/program/program.ts';
import { plateauAtStart } from '../../core/program/schedules/plateau.ts';
import type { PlateauState } from '../../core/program/schedules/plateau.ts';
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
  /** Where reducing the rate on plateaus stands. */
  readonly plateau: PlateauState;
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
  plateau: plateauAtStart,
  secondsInEpoch: 0,
};

export type Variables = ReadonlyMap<string, TensorData>;

/** Everything that a run needs to go on bit for bit. */
export interface TrainingSnapshot {
  readonly counters: TrainingCounters;
  readonly variables: Variables;
  /** The kept weights: those of the best epoch, or of the start before an epoch has ended. */
  readonly kept: Variables;
  /** What stateful layers carry into the next step, by name of the entry's input; without such layers, nothing. */
  readonly carried?: Variables;
}

/** Roles whose values make a trained model; the others only serve to train it. */
export const modelRoles: readonly VariableRole[] = ['trainable', 'moving'];

/** Copies of the session's variables of these roles; of all where none are given. */
export function readVariables(session: Session, program: Program, roles?: readonly VariableRole[]): Variables {
  const wanted = program.variables.filter(({ role }) => roles === undefined || roles.includes(role));
  return new Map(wanted.map(({ name }) => [name, session.readVariable(name)]));
}

/** Copies of the variables that make the trained model as it stands: where the program averages weights, their average. */
export function readModel(session: Session, program: Program): Variables {
  const variables = new Map(readVariables(session, program, modelRoles));
  const average = readAverage(session, program);
  return average === null ? variables : variables.set('parameters', average);
}

/** Does a piece of work with the averaged weights in place of those under training; without averaging, just does it. */
export function* withAverage<Value>(session: Session, program: Program, work: Generator<undefined, Value>): Generator<undefined, Value> {
  const average = readAverage(session, program);
  if (average === null) return yield* work;
  const trained = session.readVariable('parameters');
  session.writeVariable('parameters', average);
  try {
    return yield* work;
  } finally {
    session.writeVariable('parameters', trained);
  }
}

/** null where the program averages nothing, or has not begun to. */
function readAverage(session: Session, { variables }: Program): TensorData | null {
  if (!variables.some(({ name }) => name === averageName)) return null;
  return session.readVariable(averagedStepsName).values[0] === 0 ? null : session.readVariable(averageName);
}

export function writeVariables(session: Session, variables: Variables): void {
  for (const [name, data] of variables) session.writeVariable(name, data);
}

/** Whether early stopping ends the run here: `patience` epochs in a row brought no better loss. */
export function patienceIsOver({ epoch, bestEpoch }: TrainingCounters, patience: number | null): boolean {
  return patience !== null && epoch - bestEpoch >= patience;
}
