import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import type { PreparedReport } from '../../engine/host/training-messages.ts';
import { openRun, runName } from '../../engine/runs/run-directory.ts';
import type { RunReport } from '../../engine/runs/run-report.ts';
import type { DataReader } from '../data/data-reader.ts';
import type { LocatedDocument } from '../data/data-tasks.ts';
import { createDeferred } from '../engine-host/deferred.ts';
import type { Engine } from '../engine-host/engine.ts';
import type { EnginePool } from '../engine-host/engine-pool.ts';
import type { RunEvent, RunHandle, StartedRun } from '../ipc/run-messages.ts';
import { dataDirectory, engineDirectory, runsDirectory } from '../projects/open-project.ts';
import type { OpenProject } from '../projects/open-project.ts';
import { reportFailure } from '../report-failure.ts';
import type { RunPlace, RunShelf } from './run-shelf.ts';
import { answerOf, watchTraining } from './watch-training.ts';

export interface ActiveRun {
  readonly run: RunHandle;
  /** Where it is being written. */
  readonly directory: string;
  readonly engine: Engine;
  /** Resolves after the last event. */
  readonly ended: Promise<void>;
}

/** Trains, one run a project at a time. */
export interface RunService {
  readonly shelf: RunShelf;
  readonly engines: EnginePool;
  readonly active: (project: OpenProject) => ActiveRun | null;
  /** `from`: the directory of a run whose kept weights are the start; null: fresh ones. */
  readonly start: (project: OpenProject, document: GraphDocument, seed: number | null, from: string | null) => Promise<Result<StartedRun>>;
  readonly resume: (project: OpenProject, place: RunPlace, epochs: number | null) => Promise<Result<StartedRun>>;
  /** Asks the training to end after its step. */
  readonly stop: (project: OpenProject) => void;
  /** Stops the project's training, if any, and waits until its checkpoint is written. */
  readonly settle: (project: OpenProject) => Promise<void>;
  readonly settleAll: () => Promise<void>;
}

export interface RunServiceParts {
  readonly door: FileDoor;
  readonly shelf: RunShelf;
  readonly engines: EnginePool;
  readonly data: DataReader;
  readonly tell: (project: OpenProject, run: RunHandle, event: RunEvent) => void;
  readonly now: () => Date;
}

const settleMilliseconds = 20_000;

export function createRunService({ door, shelf, engines, data, tell, now }: RunServiceParts): RunService {
  const activeRuns = new Map<OpenProject, ActiveRun>();
  /** Between the request and the first step. */
  const starting = new Set<OpenProject>();

  async function begin(project: OpenProject, work: () => Promise<Result<StartedRun>>): Promise<Result<StartedRun>> {
    if (activeRuns.has(project) || starting.has(project)) return fail(diagnose('run-under-way', { kind: 'project' }, {}));
    starting.add(project);
    try {
      return await work();
    } finally {
      starting.delete(project);
    }
  }

  /** An engine with the document prepared; started anew where TensorFlow is loaded with settings that do not fit the model. */
  async function prepare(document: GraphDocument, projectDirectory: string): Promise<Result<{ readonly engine: Engine; readonly prepared: PreparedReport }>> {
    for (const start of ['warm', 'cold'] as const) {
      const engine = await engines.take(start);
      if (!engine.ok) return engine;
      const prepared = await answerOf(engine.value, engine.value.client.prepare({ document, projectDirectory }));
      if (prepared.ok) return succeed({ engine: engine.value, prepared: prepared.value });
      engines.giveBack(engine.value);
      if (start === 'cold' || prepared.diagnostics[0]?.code !== 'engine-restart-needed') return prepared;
    }
    throw new Error('unreachable');
  }

  function train(project: OpenProject, directory: string, experiment: LocatedDocument, engine: Engine, request: () => Promise<Result<RunReport>>): RunHandle {
    const run = shelf.handleOf(project, directory);
    const started = createDeferred<null>();
    const say = (event: RunEvent): void => {
      tell(project, run, event);
      if (event.kind === 'started') started.resolve(null);
    };
    tellBaselines(experiment, started.promise, say).catch(reportFailure);
    const ended = watchTraining(engine, request, say).then(async (report) => {
      activeRuns.delete(project);
      engines.giveBack(engine);
      // A project that was saved meanwhile keeps its runs elsewhere.
      await shelf.bringAlong(project, null);
      if (report.ok) say({ kind: 'finished', report: report.value });
      else say({ kind: 'failed', diagnostics: report.diagnostics, resumable: await isResumable(project, run) });
      engines.warmUp();
    });
    activeRuns.set(project, { run, directory, engine, ended });
    return run;
  }

  async function isResumable(project: OpenProject, handle: RunHandle): Promise<boolean> {
    const place = shelf.find(project, handle);
    if (!place.ok) return false;
    const run = await openRun(door, place.value.directory);
    return run.ok && (run.value.record.stopped === 'interrupted' || run.value.record.stopped === 'engine-failed');
  }

  /** Known before the first step or after the last: they are told once the run has begun, and also after its end. */
  async function tellBaselines(experiment: LocatedDocument, started: Promise<null>, say: (event: RunEvent) => void): Promise<void> {
    const losses = await data.baselines(experiment);
    await started;
    if (losses.ok) say({ kind: 'baselines', losses: losses.value });
  }

  async function freeDirectory(project: OpenProject, seed: number): Promise<Result<string>> {
    const started = now();
    for (let again = 1; ; again += 1) {
      const directory = path.join(runsDirectory(project), runName(started, seed, again));
      const entries = await door.list(directory);
      if (!entries.ok) return entries;
      if (entries.value === null) return succeed(directory);
    }
  }

  function stop(project: OpenProject): void {
    const active = activeRuns.get(project);
    if (active === undefined) return;
    tell(project, active.run, { kind: 'phase', phase: 'stopping' });
    // Rejected only where the engine has ended by itself, and then the training has ended too.
    active.engine.client.cancel().catch(() => undefined);
  }

  return {
    shelf,
    engines,
    active: (project) => activeRuns.get(project) ?? null,
    start: (project, given, seed, from) =>
      begin(project, async () => {
        const { document, problems } = project.dataFiles.rename(given, dataDirectory(project));
        if (problems.length > 0) return fail(...problems);
        const directory = engineDirectory(project);
        const ready = await prepare(document, directory);
        if (!ready.ok) return ready;
        const { engine, prepared } = ready.value;
        const chosenSeed = seed ?? document.training.seed;
        const runDirectory = await freeDirectory(project, chosenSeed);
        if (!runDirectory.ok) {
          engines.giveBack(engine);
          return runDirectory;
        }
        const { prepared: number, ...facts } = prepared;
        const run = train(project, runDirectory.value, { document, directory }, engine, () => engine.client.train({ prepared: number, runDirectory: runDirectory.value, seed: chosenSeed, ...(from === null ? {} : { startFrom: from }) }));
        return succeed({ run, facts });
      }),
    resume: (project, place, epochs) =>
      begin(project, async () => {
        const stored = await openRun(door, place.directory);
        if (!stored.ok) return stored;
        const { document, projectDirectory } = stored.value;
        // The same preparation tells what a start tells, and settles which settings TensorFlow needs.
        const ready = await prepare(document, projectDirectory);
        if (!ready.ok) return ready;
        const { engine, prepared } = ready.value;
        const { prepared: _, ...facts } = prepared;
        const run = train(project, place.directory, { document, directory: projectDirectory }, engine, () =>
          engine.client.resume({ runDirectory: place.directory, ...(epochs === null ? {} : { epochs }) }),
        );
        return succeed({ run, facts });
      }),
    stop,
    settle,
    settleAll: async () => {
      await Promise.all([...activeRuns.keys()].map(settle));
    },
  };

  async function settle(project: OpenProject): Promise<void> {
    const active = activeRuns.get(project);
    if (active === undefined) return;
    stop(project);
    await Promise.race([active.ended, new Promise((resolve) => setTimeout(resolve, settleMilliseconds))]);
    if (activeRuns.get(project) === active) await active.engine.close();
  }
}
