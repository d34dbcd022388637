import type { RunHandle, RunSummary } from '../../electron/ipc/run-messages.ts';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { replaceDocument } from '../state/document-store.ts';
import { showNotice } from '../state/notices-store.ts';
import { touchRunList } from '../state/runs-store.ts';
import { chooseRun, useRunChoice } from './run-choice-store.ts';

/** Puts the graph that a run was trained from on the canvas, as one step of undo. */
export async function openRunGraph({ run, name }: RunSummary): Promise<void> {
  const details = await valueOrNotice(desktop().readRun({ run }));
  if (details === undefined) return;
  replaceDocument(details.document);
  chooseRun(run);
  showNotice('note', `The graph of ${name} is on the canvas. Undo brings the other one back.`);
}

export async function deleteRun({ run, name }: RunSummary): Promise<void> {
  const answer = await desktop().deleteRun({ run });
  if (!answer.ok) {
    for (const { severity, message } of answer.diagnostics) showNotice(severity, message);
    return;
  }
  useRunChoice.setState(({ run: chosen, compared, deleted }) => ({
    run: chosen === run ? null : chosen,
    compared: compared.filter((other) => other !== run),
    deleted: [...deleted, { run, name }],
  }));
  touchRunList();
}

/** Brings a deleted run back. */
export async function restoreRun(run: RunHandle): Promise<void> {
  const answer = await desktop().restoreRun({ run });
  if (!answer.ok) {
    for (const { severity, message } of answer.diagnostics) showNotice(severity, message);
    return;
  }
  useRunChoice.setState(({ deleted }) => ({ run, deleted: deleted.filter((other) => other.run !== run) }));
  touchRunList();
}
