import { app, clipboard } from 'electron';
import path from 'node:path';
import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import { exportUsage } from '../../engine/export/export-usage.ts';
import { readHistory } from '../../engine/runs/history.ts';
import { openRun } from '../../engine/runs/run-directory.ts';
import { projectOf } from '../application.ts';
import type { Application } from '../application.ts';
import type { Engine } from '../engine-host/engine.ts';
import { dataDirectory, engineDirectory } from '../projects/open-project.ts';
import type { OpenProject } from '../projects/open-project.ts';
import { shownPath } from '../projects/shown-path.ts';
import { askExportPlace } from '../runs/ask-export-place.ts';
import { commandLine } from '../runs/command-line.ts';
import type { RunPlace } from '../runs/run-shelf.ts';
import { describeRun, differencesOfRuns, summarizeRun } from '../runs/summarize-run.ts';
import { unrollWord } from '../runs/unroll-word.ts';
import { answerOf } from '../runs/watch-training.ts';
import type { AppWindow } from '../windows/app-window.ts';
import type { Handlers } from './handle-requests.ts';
import type { RunDetails, RunHandle, RunSummary } from './run-messages.ts';

type Names =
  | 'findRate' | 'stopFindingRate' | 'startRun' | 'stopRun' | 'resumeRun' | 'listRuns' | 'readRun' | 'compareRuns' | 'evaluateRun'
  | 'forecastSamples' | 'deleteRun' | 'restoreRun' | 'exportRun' | 'readUsage' | 'copyText' | 'copyCommand';

/** Of each forecast that is drawn, where the model has dropout. */
const forecastDraws = 100;

/** The file of the `unroll` command: beside the app in a package, made by the set-up in a checkout. */
function ownCommand(): string {
  return app.isPackaged ? path.join(path.dirname(process.execPath), 'unroll') : path.join(app.getAppPath(), 'node_modules/.bin/unroll');
}

/** Requests about runs. */
export function runHandlers({ door, projects, runs }: Application): Pick<Handlers<AppWindow>, Names> {
  const { shelf, engines } = runs;
  const searching = new Map<OpenProject, Engine>();

  function placeOf({ project }: AppWindow, run: RunHandle): Result<RunPlace> {
    return project === null ? fail(diagnose('handle-unknown', { kind: 'project' }, { thing: 'run' })) : shelf.find(project, run);
  }

  /** The place of a run that nobody is writing. */
  function restingPlaceOf(window: AppWindow, run: RunHandle): Result<RunPlace> {
    const place = placeOf(window, run);
    if (!place.ok || runs.active(place.value.project)?.run !== run) return place;
    return fail(diagnose('run-under-way', { kind: 'project' }, {}));
  }

  async function withEngine<Value>(work: (engine: Engine) => Promise<Result<Value>>): Promise<Result<Value>> {
    for (const start of ['warm', 'cold'] as const) {
      const engine = await engines.take(start);
      if (!engine.ok) return engine;
      const done = await answerOf(engine.value, work(engine.value));
      engines.giveBack(engine.value);
      if (done.ok || start === 'cold' || done.diagnostics[0]?.code !== 'engine-restart-needed') return done;
    }
    throw new Error('unreachable');
  }

  async function detailsOf(window: AppWindow, run: RunHandle): Promise<Result<RunDetails>> {
    const place = placeOf(window, run);
    if (!place.ok) return place;
    const { project, directory } = place.value;
    const stored = await openRun(door, directory);
    if (!stored.ok) return stored;
    // The graph of a run may come back to the canvas, and then it reads what it read.
    project.dataFiles.admitDocument(stored.value.document, stored.value.projectDirectory);
    const all = await shelf.list(project);
    if (!all.ok) return all;
    const position = all.value.findIndex((other) => other.directory === directory);
    return describeRun(door, run, stored.value, all.value[position + 1] ?? null, runs.active(project)?.run === run);
  }

  return {
    findRate: async ({ project: handle, document: given }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const { document, problems } = project.value.dataFiles.rename(given, dataDirectory(project.value));
      if (problems.length > 0) return fail(...problems);
      return withEngine(async (engine) => {
        searching.set(project.value, engine);
        try {
          return await engine.client.findRate({ document, projectDirectory: engineDirectory(project.value) });
        } finally {
          searching.delete(project.value);
        }
      });
    },
    stopFindingRate: ({ project: handle }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      void searching.get(project.value)?.client.cancel();
      return succeed(null);
    },
    startRun: async ({ project: handle, document, seed, from }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      // The run must be found again if the app ends before the project is ever saved.
      if (project.value.file === null) await projects.keepDraft(project.value, document);
      const origin = from === undefined ? null : restingPlaceOf(window, from);
      if (origin !== null && !origin.ok) return origin;
      return runs.start(project.value, document, seed, origin?.value.directory ?? null);
    },
    stopRun: ({ run }, window) => {
      const place = placeOf(window, run);
      if (!place.ok) return place;
      if (runs.active(place.value.project)?.run === run) runs.stop(place.value.project);
      return succeed(null);
    },
    resumeRun: async ({ run, epochs }, window) => {
      const place = restingPlaceOf(window, run);
      return place.ok ? runs.resume(place.value.project, place.value, epochs) : place;
    },
    listRuns: async ({ project: handle }, window) => {
      const project = projectOf(window, handle);
      return project.ok ? listRuns(project.value) : project;
    },
    readRun: ({ run }, window) => detailsOf(window, run),
    compareRuns: async ({ first, second }, window) => {
      const places = [placeOf(window, first), placeOf(window, second)] as const;
      if (!places[0].ok) return places[0];
      if (!places[1].ok) return places[1];
      const stored = [await openRun(door, places[0].value.directory), await openRun(door, places[1].value.directory)] as const;
      if (!stored[0].ok) return stored[0];
      if (!stored[1].ok) return stored[1];
      const details = [await detailsOf(window, first), await detailsOf(window, second)] as const;
      if (!details[0].ok) return details[0];
      if (!details[1].ok) return details[1];
      return succeed({ runs: [details[0].value, details[1].value], differences: differencesOfRuns(stored[0].value, stored[1].value) });
    },
    evaluateRun: async ({ run, part }, window) => {
      const place = restingPlaceOf(window, run);
      if (!place.ok) return place;
      const report = await withEngine((engine) => engine.client.evaluate({ runDirectory: place.value.directory, part }));
      return report.ok ? succeed({ ...report.value, run: path.basename(report.value.run) }) : report;
    },
    forecastSamples: async ({ run, part, count }, window) => {
      const place = restingPlaceOf(window, run);
      return place.ok ? withEngine((engine) => engine.client.sampleForecasts({ runDirectory: place.value.directory, part, count, draws: forecastDraws })) : place;
    },
    deleteRun: async ({ run }, window) => {
      const place = restingPlaceOf(window, run);
      return place.ok ? shelf.remove(place.value) : place;
    },
    restoreRun: async ({ run }, window) => {
      const place = placeOf(window, run);
      return place.ok ? shelf.restore(place.value) : place;
    },
    exportRun: async ({ run, format, scaler, keepUnverified }, window) => {
      const place = restingPlaceOf(window, run);
      if (!place.ok) return place;
      const out = await askExportPlace(window.browser, format);
      if (out === null) return succeed(null);
      const exported = await withEngine((engine) =>
        engine.client.export({ runDirectory: place.value.directory, format, scaler, out, mustBeProven: false, keepUnverified }),
      );
      return exported.ok ? succeed({ location: shownPath(exported.value.out), proof: exported.value.proof }) : exported;
    },
    readUsage: async ({ run }, window) => {
      const place = placeOf(window, run);
      if (!place.ok) return place;
      const stored = await openRun(door, place.value.directory);
      return stored.ok ? exportUsage(stored.value) : stored;
    },
    copyText: ({ text }) => {
      void clipboard.writeText(text);
      return succeed(null);
    },
    copyCommand: async ({ project: handle, document, exported }, window) => {
      const project = projectOf(window, handle);
      if (!project.ok) return project;
      const place = exported === null ? null : placeOf(window, exported);
      if (place !== null && !place.ok) return place;
      const unroll = unrollWord(ownCommand(), process.env['PATH'] ?? '');
      const command = commandLine(unroll, project.value, document, place?.value.directory ?? null);
      if (!command.ok) return command;
      await clipboard.writeText(command.value);
      return succeed({ command: command.value });
    },
  };

  async function listRuns(project: OpenProject): Promise<Result<readonly RunSummary[]>> {
    const all = await shelf.list(project);
    if (!all.ok) return all;
    const active = runs.active(project);
    const summaries: RunSummary[] = [];
    for (const [position, stored] of all.value.entries()) {
      const history = await readHistory(door, stored.directory);
      const run = shelf.handleOf(project, stored.directory);
      summaries.push(summarizeRun(run, stored, history.ok ? history.value : [], all.value[position + 1] ?? null, active?.run === run));
    }
    return succeed(summaries);
  }
}
