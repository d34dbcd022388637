import { realpathSync } from 'node:fs';
import { nativeTheme } from 'electron';
import type { WebContents } from 'electron';
import { diagnose } from '../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../core/diagnostics/result.ts';
import type { Result } from '../core/diagnostics/result.ts';
import type { FileDoor } from '../engine/files/file-door.ts';
import type { DataReader } from './data/data-reader.ts';
import type { Preferences } from './ipc/application-messages.ts';
import type { EventName } from './ipc/channel-names.ts';
import type { Events } from './ipc/contract.ts';
import type { Opening, ProjectHandle } from './ipc/project-messages.ts';
import type { OpenProject } from './projects/open-project.ts';
import { openedProject } from './projects/project-service.ts';
import type { AdmittedProject, ProjectService } from './projects/project-service.ts';
import type { WorkDirectories } from './projects/work-directories.ts';
import type { RunService } from './runs/run-service.ts';
import type { PythonMaking } from './settings/python-making.ts';
import type { RecentProjects } from './settings/recent-projects.ts';
import type { SettingsFile } from './settings/settings-file.ts';
import type { WindowSize } from './settings/window-size.ts';
import { openAppWindow } from './windows/app-window.ts';
import type { AppWindow } from './windows/app-window.ts';
import { watchProjectFile } from './windows/watch-project-file.ts';

/** What the app is made of; requests are answered from here. */
export interface Application {
  readonly door: FileDoor;
  readonly assets: string;
  readonly projects: ProjectService;
  readonly workDirectories: WorkDirectories;
  readonly preferences: SettingsFile<Preferences>;
  readonly recent: RecentProjects;
  readonly data: DataReader;
  readonly runs: RunService;
  readonly pythonMaking: PythonMaking;
  readonly windows: WindowSet;
  /** Takes the window's project out of it: stops its training, and deletes what is not wanted any more. */
  readonly letGo: (window: AppWindow, discard: boolean) => Promise<void>;
}

/** The windows, and which project is in which. */
export interface WindowSet {
  readonly all: () => readonly AppWindow[];
  readonly find: (contents: WebContents) => AppWindow | undefined;
  readonly withProject: (file: string) => AppWindow | undefined;
  /** A new window: on a project, or on the gallery (null). */
  readonly open: (opening: (() => Promise<Result<AdmittedProject>>) | null) => AppWindow;
  /** Shows a project in the window, or in a new one where the window has a project already. */
  readonly show: (window: AppWindow, opening: () => Promise<Result<AdmittedProject>>) => Promise<Result<Opening>>;
  /** Puts the project into the window. */
  readonly admit: (window: AppWindow, admitted: AdmittedProject) => void;
  /** Takes the window's project out of it, whose draft and runs stay where they are. */
  readonly release: (window: AppWindow) => void;
  readonly tellAll: <Name extends EventName>(name: Name, event: Events[Name]) => void;
}

export interface WindowListeners {
  readonly mayClose: (window: AppWindow) => boolean;
  readonly admitted: (project: OpenProject) => void;
}

export function createWindowSet(preload: string, door: FileDoor, size: SettingsFile<WindowSize>, listeners: WindowListeners): WindowSet {
  const windows = new Set<AppWindow>();
  const watches = new Map<AppWindow, () => void>();

  function open(opening: (() => Promise<Result<AdmittedProject>>) | null): AppWindow {
    const window = openAppWindow(preload, nativeTheme.shouldUseDarkColors, size);
    windows.add(window);
    window.opening = opening === null ? null : admitFrom(window, opening);
    window.browser.on('close', (event) => {
      if (!listeners.mayClose(window)) event.preventDefault();
    });
    window.browser.on('closed', () => {
      release(window);
      windows.delete(window);
    });
    return window;
  }

  async function admitFrom(window: AppWindow, opening: () => Promise<Result<AdmittedProject>>): Promise<Result<AdmittedProject>> {
    const admitted = await opening();
    if (admitted.ok) admit(window, admitted.value);
    return admitted;
  }

  function admit(window: AppWindow, { project, unsaved }: AdmittedProject): void {
    window.project = project;
    window.unsaved = unsaved;
    watches.get(window)?.();
    watches.set(window, watchProjectFile(door, window, project));
    listeners.admitted(project);
    window.refresh();
  }

  function release(window: AppWindow): void {
    watches.get(window)?.();
    watches.delete(window);
    window.project = null;
    window.unsaved = false;
    window.progress = null;
    window.refresh();
  }

  return {
    all: () => [...windows],
    find: (contents) => [...windows].find(({ browser }) => !browser.isDestroyed() && browser.webContents === contents),
    withProject: (file) =>
      [...windows].find(({ project }) => {
        const open = project?.file ?? null;
        return open !== null && realPath(open) === realPath(file);
      }),
    open,
    show: async (window, opening) => {
      if (window.project !== null) {
        open(opening);
        return succeed({ kind: 'in-other-window' });
      }
      const admitted = await admitFrom(window, opening);
      return admitted.ok ? succeed({ kind: 'opened', ...openedProject(admitted.value) }) : admitted;
    },
    admit,
    release,
    tellAll: (name, event) => {
      for (const window of windows) window.tell(name, event);
    },
  };
}

/** The project that a window's request speaks of: its own, or none. */
export function projectOf(window: AppWindow, handle: ProjectHandle): Result<OpenProject> {
  if (window.project?.handle === handle) return succeed(window.project);
  return fail(diagnose('handle-unknown', { kind: 'project' }, { thing: 'project' }));
}

/** Two names of one file are one file. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
