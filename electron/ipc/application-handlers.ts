import { app, nativeTheme, shell } from 'electron';
import { succeed } from '../../core/diagnostics/result.ts';
import { catalog } from '../../core/nodes/catalog.ts';
import type { Application } from '../application.ts';
import { openedProject } from '../projects/project-service.ts';
import type { LeftDrafts } from '../projects/left-drafts.ts';
import { closeAnswered } from '../windows/closing.ts';
import type { Quitting } from '../windows/closing.ts';
import type { AppWindow } from '../windows/app-window.ts';
import type { StartFacts } from './application-messages.ts';
import type { Handlers } from './handle-requests.ts';

type Names = 'startUp' | 'changePreferences' | 'openSource' | 'editText' | 'answerClose';

/** Requests about the app and its windows. */
export function applicationHandlers(application: Application, drafts: LeftDrafts, quitting: Quitting): Pick<Handlers<AppWindow>, Names> {
  const { preferences, recent, runs, windows } = application;
  return {
    startUp: async (_argument, window) => {
      const left = await drafts.list(new Set(windows.all().flatMap(({ project }) => project?.workDirectory ?? [])));
      const facts: StartFacts = {
        version: app.getVersion(),
        platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
        preferences: preferences.read(),
        engine: runs.engines.status(),
        recent: recent.list(),
        drafts: left,
        project: await projectAtStart(window),
      };
      return succeed(facts);
    },
    changePreferences: (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const { processors } = preferences.read();
      const changed = preferences.change((value) => ({ ...value, ...given }));
      nativeTheme.themeSource = changed.theme;
      if (changed.processors !== processors) runs.engines.renew();
      windows.tellAll('preferencesChanged', changed);
      return succeed(changed);
    },
    openSource: async ({ nodeType }) => {
      const link = catalog.get(nodeType)?.source.link;
      if (link?.startsWith('https://') === true) await shell.openExternal(link);
      return succeed(null);
    },
    editText: ({ command }, { browser }) => {
      browser.webContents[command]();
      return succeed(null);
    },
    answerClose: async ({ close, discard }, window) => {
      if (close) await application.letGo(window, discard);
      closeAnswered(window, close, quitting);
      return succeed(null);
    },
  };
}

/** A page that starts again in a window that has a project (it was reloaded, or crashed) goes on with it. */
async function projectAtStart(window: AppWindow): Promise<StartFacts['project']> {
  const opening = await window.opening;
  window.opening = null;
  if (opening !== null) return opening.ok ? succeed(openedProject(opening.value)) : opening;
  const { project, unsaved } = window;
  return project === null ? null : succeed(openedProject({ project, unsaved, diagnostics: [] }));
}
