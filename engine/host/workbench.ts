import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { Program } from '../../core/program/program.ts';
import { EngineError } from '../session.ts';
import type { Backend, Session } from '../session.ts';
import type { CompiledDocument, Experiment } from '../training/prepare-experiment.ts';
import { threadsFor } from '../training/thread-choice.ts';
import { realClock } from '../training/training-loop.ts';
import type { LoopClock } from '../training/training-loop.ts';
import type { HostServices } from './host-services.ts';
import type { HostEvent, PhaseEvent } from './messages.ts';

export interface PreparedExperiment {
  readonly number: number;
  readonly experiment: Experiment;
  readonly projectDirectory: string;
}

/** What requests share: the services, TensorFlow once it is loaded, and the last program, still open. */
export interface Workbench {
  readonly services: HostServices;
  readonly clock: LoopClock;
  readonly send: (event: HostEvent) => void;
  readonly phase: (phase: PhaseEvent['phase']) => void;
  /** TensorFlow, loaded at the first call; its threads are chosen by that call's model. */
  readonly backendFor: (compiled: CompiledDocument) => Promise<Result<Backend>>;
  /** A session for the program: the open one where it runs the same program (its variables hold anything), or a new one. */
  readonly sessionFor: (compiled: CompiledDocument) => Promise<Result<Session>>;
  readonly remember: (experiment: Experiment, projectDirectory: string) => PreparedExperiment;
  /** Throws for a preparation that a later one has replaced. */
  readonly preparedNumber: (prepared: number) => PreparedExperiment;
  /** Runs a piece of work that yields now and then, letting messages in between. */
  readonly unhurried: <Value>(work: Generator<undefined, Value>) => Promise<Value>;
  readonly close: () => void;
}

export function createWorkbench(services: HostServices, send: (event: HostEvent) => void): Workbench {
  const clock = services.clock ?? realClock;
  let backend: Backend | null = null;
  let open: { readonly session: Session; readonly key: string } | null = null;
  let prepared: PreparedExperiment | null = null;
  const phase = (name: PhaseEvent['phase']): void => send({ kind: 'phase', phase: name });

  async function backendFor(compiled: CompiledDocument): Promise<Result<Backend>> {
    if (backend !== null) return succeed(backend);
    phase('loading TensorFlow');
    const loaded = await services.loadBackend(threadsFor(compiled.model));
    if (loaded.ok) backend = loaded.value;
    return loaded;
  }

  function close(): void {
    open?.session.close();
    open = null;
  }

  return {
    services,
    clock,
    send,
    phase,
    backendFor,
    sessionFor: async (compiled) => {
      const key = programKey(compiled.program);
      if (open?.key === key) return succeed(open.session);
      close();
      const ready = await backendFor(compiled);
      if (!ready.ok) return ready;
      phase('compiling');
      try {
        open = { session: ready.value.open(compiled.program), key };
        return succeed(open.session);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        return fail(diagnose('engine-unavailable', { kind: 'project' }, { reason: error.message }));
      }
    },
    remember: (experiment, projectDirectory) => {
      prepared = { number: (prepared?.number ?? 0) + 1, experiment, projectDirectory };
      return prepared;
    },
    preparedNumber: (number) => {
      if (prepared?.number !== number) throw new RangeError(`preparation ${number} is gone; the last one is ${prepared?.number ?? 'none'}`);
      return prepared;
    },
    unhurried: async (work) => {
      for (let part = work.next(); ; part = work.next()) {
        if (part.done === true) return part.value;
        await clock.pause();
      }
    },
    close,
  };
}

/** Two programs with the same key are the same: a program is plain data. */
function programKey(program: Program): string {
  return JSON.stringify(program, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value));
}
