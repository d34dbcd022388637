import { openExport } from '../export/export-store.ts';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { currentDocument, isUnsaved, useDocument } from '../state/document-store.ts';
import { showNotice } from '../state/notices-store.ts';
import { saveProject } from '../state/project-session.ts';
import type { RunHandle } from '../../electron/ipc/run-messages.ts';

/** Exports the newest run of the project that has weights; the Runs panel exports any of them. */
export async function exportLastRun(): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  const runs = await valueOrNotice(desktop().listRuns({ project: project.handle }));
  if (runs === undefined) return;
  const run = runs.find(({ score, stopped }) => stopped !== null && (score !== null || stopped === 'imported'));
  if (run === undefined) showNotice('warning', 'There is no trained run to export yet: press Train first.');
  else openExport(run.run);
}

/** Puts the `unroll` line that trains this graph (exported: null; it reads the project's file, so there must be one) or exports a run on the clipboard. */
export async function copyCommand(exported: RunHandle | null = null): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  if (exported === null && project.location === null) {
    const saveAndCopy = async (): Promise<void> => {
      if (await saveProject()) await copyCommand();
    };
    showNotice('warning', 'The command needs a project file, and this project was never saved.', { title: 'Save and copy', run: () => void saveAndCopy() });
    return;
  }
  const copied = await valueOrNotice(desktop().copyCommand({ project: project.handle, document: currentDocument(), exported }));
  if (copied === undefined) return;
  const isOlder = exported === null && isUnsaved(useDocument.getState());
  showNotice(isOlder ? 'warning' : 'note', `Copied: ${copied.command}${isOlder ? '. It trains the project as it was saved last: save it to have it train this graph.' : ''}`);
}
