import { seriesNode } from '../../core/nodes/series.ts';
import { anyNodeType } from '../../core/nodes/catalog.ts';
import type { DroppedFile } from '../../electron/ipc/unroll-api.ts';
import { canvasControl } from '../canvas/canvas-control.ts';
import { useDataView } from '../data/data-view-store.ts';
import { newSeriesEdits } from '../state/data-edits.ts';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { currentDocument, editDocument, useDocument } from '../state/document-store.ts';
import { showDiagnostics, showNotice } from '../state/notices-store.ts';
import { newProject, receiveProject } from '../state/project-session.ts';
import { selectNodes } from '../state/selection-store.ts';
import { showDock } from '../state/view-store.ts';

/** Dropped files: a CSV file becomes a Series node where it was dropped, a project is opened. `at` is in pixels of the window. */
export async function receiveFiles(files: readonly DroppedFile[], at: { readonly x: number; readonly y: number }): Promise<void> {
  if (useDocument.getState().project === null && files.length === 1 && files[0]?.name.toLowerCase().endsWith('.csv')) await newProject(null);
  const { project } = useDocument.getState();
  const drop = await valueOrNotice(desktop().dropFiles(project?.handle ?? null, files));
  if (drop === undefined) return;
  if (drop.kind === 'project') {
    if (drop.opening.kind === 'opened') receiveProject({ ok: true, value: drop.opening });
    return;
  }
  const position = canvasControl()?.toCanvas(at) ?? { x: 0, y: 0 };
  const { node, edits } = newSeriesEdits(currentDocument(), anyNodeType(seriesNode), drop.data, position);
  editDocument(edits);
  selectNodes([node]);
  showDock('data');
  showDiagnostics(drop.data.diagnostics);
  showNotice('note', `Added a Series node that reads ${drop.data.name}.`, {
    title: 'Choose columns',
    run: () => {
      showDock('data');
      useDataView.setState({ choosing: { node, preview: drop.data } });
    },
  });
}
