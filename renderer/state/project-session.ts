import type { Result } from '../../core/diagnostics/result.ts';
import type { DraftHandle, OpenedProject, Opening, RecentHandle } from '../../electron/ipc/project-messages.ts';
import { useApplication } from './application-store.ts';
import { desktop, valueOrNotice } from './desktop.ts';
import { currentDocument, isUnsaved, markSaved, markUnsaved, showNoProject, showProject, useDocument } from './document-store.ts';
import { showDiagnostics, showNotice } from './notices-store.ts';
import { askQuestion, useQuestion, withdrawQuestion } from './questions-store.ts';
import { isBusy } from './run-state.ts';
import { forgetRun, useRuns } from './runs-store.ts';
import { selectNothing } from './selection-store.ts';

/** Shows a project that the main process opened for this window. */
export function receiveProject(result: Result<OpenedProject>): void {
  if (!result.ok) {
    showDiagnostics(result.diagnostics);
    return;
  }
  forgetRun();
  showProject(result.value);
  selectNothing();
  showDiagnostics(result.value.diagnostics);
}

async function receiveOpening(answer: Promise<Result<Opening>>): Promise<void> {
  const opening = await valueOrNotice(answer);
  if (opening?.kind === 'opened') receiveProject({ ok: true, value: opening });
}

/** null: an empty project. */
export function newProject(template: string | null): Promise<void> {
  return receiveOpening(desktop().newProject({ template }));
}

export function openProject(): Promise<void> {
  return receiveOpening(desktop().openProject());
}

/** Another program's model, as a new project. */
export function importProject(): Promise<void> {
  return receiveOpening(desktop().importProject());
}

export function openRecent(recent: RecentHandle): Promise<void> {
  return receiveOpening(desktop().openRecent({ recent }));
}

export async function openDraft(draft: DraftHandle): Promise<void> {
  await receiveOpening(desktop().openDraft({ draft }));
}

export async function discardDraft(draft: DraftHandle): Promise<void> {
  const answer = await desktop().discardDraft({ draft });
  if (!answer.ok) showDiagnostics(answer.diagnostics);
  else useApplication.setState(({ drafts }) => ({ drafts: drafts.filter((other) => other.draft !== draft) }));
}

interface SaveWish {
  /** Asks for a new place even where there is one. */
  readonly as?: boolean;
  /** Over a file that changed outside. */
  readonly overwrite?: boolean;
  /** Without a word when it succeeds or is not possible just now. */
  readonly quiet?: boolean;
}

/** Whether the project is saved now. */
export async function saveProject({ as = false, overwrite = false, quiet = false }: SaveWish = {}): Promise<boolean> {
  const { project } = useDocument.getState();
  if (project === null) return false;
  const document = currentDocument();
  const saving = await valueOrNotice(desktop().saveProject({ project: project.handle, document, as, overwrite }));
  switch (saving?.kind) {
    case 'saved':
      markSaved(saving.project, document);
      if (!quiet) showNotice('note', `Saved as ${saving.project.location ?? saving.project.title}.`);
      return true;
    case 'changed-outside':
      askQuestion({ kind: 'changed-outside', unsaved: true });
      return false;
    case 'dismissed':
    case undefined:
      return false;
  }
}

/** Takes the file as another program left it; what this window held is lost. */
export async function reloadProject(): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  const opened = await valueOrNotice(desktop().reloadProject({ project: project.handle }));
  if (opened !== undefined) receiveProject({ ok: true, value: opened });
}

/** Another program wrote or removed the project's file. */
export function receiveFileChange(change: 'changed' | 'removed'): void {
  const unsaved = isUnsaved(useDocument.getState());
  markUnsaved();
  // A question about closing is older and decides more.
  if (useQuestion.getState().question?.kind === 'closing') return;
  askQuestion(change === 'removed' ? { kind: 'removed-outside' } : { kind: 'changed-outside', unsaved });
}

/** The window, or the project in it, is to be closed: at once if nothing is lost by it. */
export async function askToClose(closes: 'window' | 'project'): Promise<void> {
  const state = useDocument.getState();
  const unsaved = state.project !== null && isUnsaved(state);
  const training = isBusy(useRuns.getState().state);
  if (unsaved || training) askQuestion({ kind: 'closing', closes, unsaved, training });
  else await close(closes, false);
}

/** What the person decided about closing. */
export async function answerClosing(closes: 'window' | 'project', decision: 'keep-open' | 'save' | 'discard' | 'close'): Promise<void> {
  withdrawQuestion();
  const goesOn = decision === 'keep-open' ? false : decision === 'save' ? await saveProject({ quiet: true }) : true;
  if (goesOn) await close(closes, decision === 'discard');
  else if (closes === 'window') await valueOrNotice(desktop().answerClose({ close: false, discard: false }));
}

async function close(closes: 'window' | 'project', discard: boolean): Promise<void> {
  if (closes === 'window') {
    await valueOrNotice(desktop().answerClose({ close: true, discard }));
    return;
  }
  const { project } = useDocument.getState();
  if (project === null) return;
  const answer = await desktop().closeProject({ project: project.handle, discard });
  if (!answer.ok) {
    showDiagnostics(answer.diagnostics);
    return;
  }
  forgetRun();
  showNoProject();
  selectNothing();
  await readStartFacts();
}

/** The lists that the gallery shows. */
async function readStartFacts(): Promise<void> {
  const facts = await valueOrNotice(desktop().startUp());
  if (facts !== undefined) useApplication.setState({ recent: facts.recent, drafts: facts.drafts });
}
