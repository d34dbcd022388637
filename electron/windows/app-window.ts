import { BrowserWindow, screen } from 'electron';
import type { Result } from '../../core/diagnostics/result.ts';
import type { EventName } from '../ipc/channel-names.ts';
import type { Events } from '../ipc/contract.ts';
import { tellWindow } from '../ipc/tell-window.ts';
import { titleOf } from '../projects/open-project.ts';
import type { OpenProject } from '../projects/open-project.ts';
import type { AdmittedProject } from '../projects/project-service.ts';
import { pageAddress } from '../security/page-address.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import { leastWindowSize } from '../settings/window-size.ts';
import type { WindowSize } from '../settings/window-size.ts';

/** One window: the gallery, or one project. */
export interface AppWindow {
  readonly browser: BrowserWindow;
  project: OpenProject | null;
  /** What the window was made for; asked once, when the page starts. */
  opening: Promise<Result<AdmittedProject>> | null;
  unsaved: boolean;
  /** Of the run under way, from 0 to 1. */
  progress: number | null;
  closing: 'no' | 'asked' | 'agreed';
  /** false: the page has crashed, or does not react. */
  isPageAlive: boolean;
  readonly tell: <Name extends EventName>(name: Name, event: Events[Name]) => void;
  /** Brings title and task bar up to date. */
  readonly refresh: () => void;
}

/** A window that is being dragged larger is remembered when it rests. */
const resizeMilliseconds = 300;
const lightBackground = '#f7f7f8';
const darkBackground = '#1b1c1f';

/** Opens a window on the page. It stays hidden until there is something to see. */
export function openAppWindow(preload: string, isDark: boolean, size: SettingsFile<WindowSize>): AppWindow {
  const { width, height, maximized } = size.read();
  const { workAreaSize } = screen.getPrimaryDisplay();
  const browser = new BrowserWindow({
    width: Math.min(width, workAreaSize.width),
    height: Math.min(height, workAreaSize.height),
    minWidth: leastWindowSize.width,
    minHeight: leastWindowSize.height,
    show: false,
    title: 'Unroll',
    backgroundColor: isDark ? darkBackground : lightBackground,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
  let shownTitle = '';
  const window: AppWindow = {
    browser,
    project: null,
    opening: null,
    unsaved: false,
    progress: null,
    closing: 'no',
    isPageAlive: true,
    tell: (name, event) => {
      if (!browser.isDestroyed()) tellWindow(browser.webContents, name, event);
    },
    refresh: () => {
      const title = titleFor(window);
      // A training asks at every event; the system is told of what changed.
      if (browser.isDestroyed() || title === shownTitle) return;
      shownTitle = title;
      browser.setTitle(title);
      browser.setDocumentEdited(window.unsaved);
      browser.setProgressBar(window.progress ?? -1);
    },
  };
  browser.once('ready-to-show', () => {
    if (maximized) browser.maximize();
    browser.show();
  });
  rememberSize(browser, size);
  browser.on('unresponsive', () => {
    window.isPageAlive = false;
  });
  browser.on('responsive', () => {
    window.isPageAlive = true;
  });
  browser.webContents.on('render-process-gone', () => {
    // The project is in the main process: a fresh page goes on with it.
    window.isPageAlive = false;
    if (!browser.isDestroyed()) browser.reload();
  });
  browser.webContents.on('did-finish-load', () => {
    window.isPageAlive = true;
  });
  browser.on('page-title-updated', (event) => event.preventDefault());
  void browser.loadURL(pageAddress);
  return window;
}

/** The next window opens as large as this one was left. */
function rememberSize(browser: BrowserWindow, size: SettingsFile<WindowSize>): void {
  let pause: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (browser.isDestroyed() || browser.isMinimized()) return;
      const { width, height } = browser.getNormalBounds();
      size.change(() => ({ width, height, maximized: browser.isMaximized() }));
    }, resizeMilliseconds);
  };
  browser.on('resize', remember);
  browser.on('maximize', remember);
  browser.on('unmaximize', remember);
}

function titleFor({ project, unsaved, progress }: AppWindow): string {
  const share = progress === null ? '' : `${Math.floor(progress * 100)} % – `;
  return project === null ? 'Unroll' : `${share}${unsaved ? '● ' : ''}${titleOf(project)} – Unroll`;
}
