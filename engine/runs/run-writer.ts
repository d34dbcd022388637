import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { Program } from '../../core/program/program.ts';
import type { FileDoor } from '../files/file-door.ts';
import type { EpochPoint } from '../host/training-messages.ts';
import type { TrainingCounters, TrainingSnapshot, Variables } from '../training/training-state.ts';
import { encodeCheckpoint } from './checkpoint-file.ts';
import { historyLine } from './history.ts';
import { runFiles } from './run-directory.ts';
import { serializeRunRecord } from './run-record.ts';
import type { RunRecord } from './run-record.ts';
import { encodeWeights } from './weights-file.ts';

/** Writes a run's files behind the training's back: steps never wait for the disk. */
export interface RunWriter {
  readonly epochEnded: (point: EpochPoint) => void;
  /** Saves the state soon; where the disk is slower than the training, only the newest state is written. */
  readonly checkpoint: (snapshot: TrainingSnapshot) => void;
  /** Waits until everything that was handed over is written or has failed. */
  readonly settle: () => Promise<void>;
  /** Writes the last state (null: the one on the disk stays), the kept weights and the record; fails with what could not be written. */
  readonly finish: (snapshot: TrainingSnapshot | null, kept: Variables, record: RunRecord) => Promise<Result<null>>;
}

export interface RunWriterTask {
  readonly files: FileDoor;
  readonly directory: string;
  readonly program: Program;
  /** The record of a run that stands at these counters and is not finished. */
  readonly recordAt: (counters: TrainingCounters) => RunRecord;
  /** Told once when saving starts to fail, and again only after it worked in between. */
  readonly warn: (diagnostic: Diagnostic) => void;
}

export function createRunWriter({ files, directory, program, recordAt, warn }: RunWriterTask): RunWriter {
  const fileNamed = (name: keyof typeof runFiles): string => path.join(directory, runFiles[name]);
  let lines = '';
  let newest: TrainingSnapshot | null = null;
  let working: Promise<void> | null = null;
  let isFailing = false;

  async function writeState(snapshot: TrainingSnapshot | null, kept: Variables, record: RunRecord): Promise<Result<null>> {
    const metadata = new Map([
      ['format', 'unroll-weights'],
      ['seed', String(record.seed)],
      ['epoch', String(record.bestEpoch)],
    ]);
    const weights = await files.writeAtomically(fileNamed('weights'), encodeWeights(program, kept, metadata));
    if (!weights.ok) return weights;
    if (snapshot !== null) {
      const checkpoint = await files.writeAtomically(fileNamed('checkpoint'), encodeCheckpoint(snapshot));
      if (!checkpoint.ok) return checkpoint;
    }
    return files.writeAtomically(fileNamed('record'), new TextEncoder().encode(serializeRunRecord(record)));
  }

  async function writeLines(): Promise<Result<null>> {
    if (lines === '') return succeed(null);
    const text = lines;
    lines = '';
    return files.append(fileNamed('history'), new TextEncoder().encode(text));
  }

  async function work(): Promise<void> {
    while (lines !== '' || newest !== null) {
      const snapshot = newest;
      newest = null;
      const appended = await writeLines();
      const result = !appended.ok || snapshot === null ? appended : await writeState(snapshot, snapshot.kept, recordAt(snapshot.counters));
      if (!result.ok && !isFailing) {
        const reason = result.diagnostics.map(({ message }) => message).join(' ');
        warn(diagnose('checkpoint-not-written', { kind: 'run', directory }, { reason }));
      }
      isFailing = !result.ok;
    }
    working = null;
  }

  const settle = async (): Promise<void> => {
    if (working !== null) await working;
  };

  return {
    epochEnded: (point) => {
      lines += historyLine(point);
      working ??= work();
    },
    checkpoint: (snapshot) => {
      newest = snapshot;
      working ??= work();
    },
    settle,
    finish: async (snapshot, kept, record) => {
      await settle();
      const appended = await writeLines();
      return appended.ok ? writeState(snapshot, kept, record) : appended;
    },
  };
}
