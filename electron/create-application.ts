import path from 'node:path';
import { app } from 'electron';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { succeed } from '../core/diagnostics/result.ts';
import type { FileDoor } from '../engine/files/file-door.ts';
import { createWindowSet } from './application.ts';
import type { Application } from './application.ts';
import { createDataReader } from './data/data-reader.ts';
import type { EnginePool } from './engine-host/engine-pool.ts';
import type { Preferences } from './ipc/application-messages.ts';
import { applicationHandlers } from './ipc/application-handlers.ts';
import { dataHandlers } from './ipc/data-handlers.ts';
import { handleRequests } from './ipc/handle-requests.ts';
import { projectHandlers } from './ipc/project-handlers.ts';
import { pythonHandlers } from './ipc/python-handlers.ts';
import { runHandlers } from './ipc/run-handlers.ts';
import type { EngineStatusEvent, RunEvent, RunHandle } from './ipc/run-messages.ts';
import { setApplicationMenu } from './menu/application-menu.ts';
import { createLeftDrafts } from './projects/left-drafts.ts';
import type { OpenProject } from './projects/open-project.ts';
import { createProjectService, openedProject } from './projects/project-service.ts';
import { openWorkDirectories } from './projects/work-directories.ts';
import { reportFailure } from './report-failure.ts';
import { createRunService } from './runs/run-service.ts';
import { createRunShelf } from './runs/run-shelf.ts';
import { createPythonMaking } from './settings/python-making.ts';
import { createRecentProjects, recentSchema } from './settings/recent-projects.ts';
import { openSettingsFile } from './settings/settings-file.ts';
import type { SettingsFile } from './settings/settings-file.ts';
import { usualWindowSize, windowSizeSchema } from './settings/window-size.ts';
import type { AppWindow } from './windows/app-window.ts';
import { mayClose } from './windows/closing.ts';
import type { Quitting } from './windows/closing.ts';
import { createRunProgress } from './windows/run-progress.ts';

export interface ApplicationParts {
  readonly door: FileDoor;
  readonly assets: string;
  readonly userData: string;
  readonly preload: string;
  readonly dataWorker: string;
  readonly preferences: SettingsFile<Preferences>;
  readonly warn: (diagnostic: Diagnostic) => void;
  readonly createEngines: (tell: (status: EngineStatusEvent) => void) => EnginePool;
}

/** What the operating system's events are handed to. */
export interface RunningApplication {
  /** When the app is ready: answers requests, and opens the first windows. */
  readonly begin: (files: readonly string[]) => void;
  /** A second start, a file association: each file in a window; none brings a window to the front. */
  readonly openFromOutside: (files: readonly string[]) => void;
  readonly beginQuit: () => void;
  /** Ends engines and writes settings; afterwards the app may end. */
  readonly settle: () => Promise<void>;
  readonly isSettled: () => boolean;
}

export function createApplication(parts: ApplicationParts): RunningApplication {
  const { door, assets, userData, preferences, warn } = parts;
  const quitting: Quitting = { isUnderWay: false };
  let isSettled = false;
  const recent = createRecentProjects(openSettingsFile(door, path.join(userData, 'recent.json'), recentSchema, [], warn), () => Date.now());
  const windowSize = openSettingsFile(door, path.join(userData, 'window.json'), windowSizeSchema, usualWindowSize, warn);
  const workDirectories = openWorkDirectories(door, path.join(userData, 'work'));
  const data = createDataReader(parts.dataWorker);
  const windows = createWindowSet(parts.preload, door, windowSize, { mayClose: (window) => mayClose(window, quitting), admitted });
  const engines = parts.createEngines((status) => windows.tellAll('engineStatus', status));
  const showProgress = createRunProgress();
  const shelf = createRunShelf(door);
  const runs = createRunService({ door, shelf, engines, data, tell: tellRun, now: () => new Date() });
  const pythonMaking = createPythonMaking((event) => windows.tellAll('pythonMaking', event));
  const projects = createProjectService(door, workDirectories, assets);
  const application: Application = { door, assets, projects, workDirectories, preferences, recent, data, runs, pythonMaking, windows, letGo };
  const drafts = createLeftDrafts(door, workDirectories);

  function admitted({ file }: OpenProject): void {
    // Loading TensorFlow takes a second: by the time Train is pressed it is done.
    engines.warmUp();
    if (file === null) return;
    recent.add(file);
    app.addRecentDocument(file);
  }

  function tellRun(project: OpenProject, run: RunHandle, event: RunEvent): void {
    const window = windows.all().find((candidate) => candidate.project === project);
    if (window === undefined) return;
    showProgress(window, event);
    window.tell('run', { project: project.handle, run, event });
  }

  async function letGo(window: AppWindow, discard: boolean): Promise<void> {
    const { project } = window;
    if (project === null) return;
    await runs.settle(project);
    await shelf.empty(project);
    if (discard) await project.drafts.discard();
    windows.release(window);
    // Without a draft there is nothing to come back to: what lies in the folder belongs to a project that is not wanted.
    const left = await workDirectories.isEmptyOfWork(project.workDirectory);
    if (left) await door.remove(project.workDirectory);
  }

  function openFromOutside(files: readonly string[]): void {
    for (const file of files) openOneFromOutside(file);
    if (files.length > 0) return;
    const [window] = windows.all();
    if (window === undefined) windows.open(null);
    else bringToFront(window);
  }

  function openOneFromOutside(file: string): void {
    const open = windows.withProject(file);
    if (open !== undefined) return bringToFront(open);
    // A window that shows the gallery takes the project; it hears of it as an event.
    const idle = windows.all().find(({ project, opening }) => project === null && opening === null);
    if (idle === undefined) {
      windows.open(() => projects.fromOutside(file));
      return;
    }
    bringToFront(idle);
    void projects.fromOutside(file).then((admitted) => {
      if (admitted.ok) windows.admit(idle, admitted.value);
      idle.tell('projectOpened', admitted.ok ? succeed(openedProject(admitted.value)) : admitted);
    });
  }

  return {
    begin: (files) => {
      setApplicationMenu((command, browser) => windows.all().find((window) => window.browser === browser)?.tell('menuCommand', { command }));
      handleRequests(
        {
          ...applicationHandlers(application, drafts, quitting),
          ...projectHandlers(application, drafts),
          ...dataHandlers(application),
          ...runHandlers(application),
          ...pythonHandlers(application),
        },
        windows.find,
        reportFailure,
      );
      if (files.length === 0) windows.open(null);
      for (const file of files) windows.open(() => projects.fromOutside(file));
    },
    openFromOutside,
    beginQuit: () => {
      quitting.isUnderWay = true;
    },
    settle: async () => {
      await Promise.all([runs.settleAll(), pythonMaking.settle()]);
      await Promise.all([engines.closeAll(), data.close(), preferences.settle(), windowSize.settle()]);
      isSettled = true;
    },
    isSettled: () => isSettled,
  };
}

function bringToFront({ browser }: AppWindow): void {
  if (browser.isMinimized()) browser.restore();
  browser.show();
  browser.focus();
  app.focus({ steal: true });
}
