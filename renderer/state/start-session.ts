import { applyPreferences } from '../theme/apply-preferences.ts';
import type { Preferences } from '../../electron/ipc/application-messages.ts';
import type { ArgumentOf } from '../../electron/ipc/contract.ts';
import { useApplication } from './application-store.ts';
import { readDataWhenNeeded } from './data-reading.ts';
import { desktop, valueOrNotice } from './desktop.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import { isUnsaved, presentDocument, useDocument } from './document-store.ts';
import { showDiagnostics } from './notices-store.ts';
import { askToClose, receiveFileChange, receiveProject, saveProject } from './project-session.ts';
import { receivePythonMaking } from './python-store.ts';
import { receiveRunEvent } from './runs-store.ts';

const autosavePause = 1000;

function usePreferences(preferences: Preferences): void {
  useApplication.setState({ preferences });
  applyPreferences(document.documentElement, preferences);
}

export async function changePreferences(change: ArgumentOf<'changePreferences'>): Promise<void> {
  const preferences = await valueOrNotice(desktop().changePreferences(change));
  if (preferences !== undefined) usePreferences(preferences);
}

/** Asks what there is, listens to what happens, and has every edit kept. Once, when the window opens. */
export async function startSession(): Promise<void> {
  const app = desktop();
  app.listen('preferencesChanged', usePreferences);
  app.listen('engineStatus', (engine) => useApplication.setState({ engine }));
  app.listen('projectOpened', receiveProject);
  app.listen('run', receiveRunEvent);
  app.listen('pythonMaking', receivePythonMaking);
  app.listen('closeAsked', () => void askToClose('window'));
  app.listen('fileChanged', ({ project, change }) => {
    if (useDocument.getState().project?.handle === project) receiveFileChange(change);
  });
  keepEveryEdit();
  readDataWhenNeeded();

  const [facts, templates] = await Promise.all([valueOrNotice(app.startUp()), valueOrNotice(app.listTemplates())]);
  if (templates !== undefined) useApplication.setState({ templates });
  if (facts === undefined) return;
  const { version, platform, preferences, engine, recent, drafts, project } = facts;
  usePreferences(preferences);
  useApplication.setState({ started: true, version, platform, engine, recent, drafts });
  if (project !== null) receiveProject(project);
}

function keepEveryEdit(): void {
  const keeper = createDraftKeeper(async (project, document) => {
    const answer = await desktop().keepDraft({ project, document });
    if (!answer.ok) showDiagnostics(answer.diagnostics);
  });
  let autosave: ReturnType<typeof setTimeout> | undefined;
  useDocument.subscribe((state, previous) => {
    const { project } = state;
    if (project === null) return;
    const isSame = previous.project?.handle === project.handle;
    const document = presentDocument(state);
    const unsaved = isUnsaved(state);
    if (unsaved !== isUnsaved(previous) || !isSame) void valueOrNotice(desktop().showUnsaved({ project: project.handle, unsaved }));
    if (!isSame || document === presentDocument(previous)) return;
    keeper.keep(project.handle, document);
    clearTimeout(autosave);
    if (useApplication.getState().preferences.autosave && project.location !== null) {
      autosave = setTimeout(() => {
        if (isUnsaved(useDocument.getState())) void saveProject({ quiet: true });
      }, autosavePause);
    }
  });
}
