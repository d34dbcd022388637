import { catalog } from '../../core/nodes/catalog.ts';
import { seriesNode } from '../../core/nodes/series.ts';
import type { NodeId } from '../../core/graph/identifiers.ts';
import type { DroppedFile } from '../../electron/ipc/unroll-api.ts';
import { canvasControl } from '../canvas/canvas-control.ts';
import { useDataView } from '../data/data-view-store.ts';
import { desktop, valueOrNotice } from '../state/desktop.ts';
import { currentDocument, useDocument } from '../state/document-store.ts';
import { askToClose, newProject, receiveProject } from '../state/project-session.ts';
import { showDock } from '../state/view-store.ts';

interface WindowPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Dropped files: a CSV file is shown, and its columns chosen, for the Series node that it was dropped on, else for a new one
 * where it was dropped, in a project begun for it if there is none; a project is opened.
 */
export async function receiveFiles(files: readonly DroppedFile[], at: WindowPoint): Promise<void> {
  const reader = seriesNodeAt(at);
  const begins = useDocument.getState().project === null && files.length === 1 && /\.(?:csv|tsv)$/i.test(files[0]?.name ?? '');
  if (begins) await newProject(null);
  const { project } = useDocument.getState();
  const drop = await valueOrNotice(desktop().dropFiles(project?.handle ?? null, files));
  if (drop === undefined) {
    if (begins) await askToClose('project');
    return;
  }
  if (drop.kind === 'project') {
    if (drop.opening.kind === 'opened') receiveProject({ ok: true, value: drop.opening });
    return;
  }
  showDock('data');
  useDataView.setState({ choosing: { node: reader, preview: drop.data, position: canvasControl()?.toCanvas(at) ?? null, begins } });
}

/** The Series node under a point; null: none. */
function seriesNodeAt({ x, y }: WindowPoint): NodeId | null {
  const id = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  const node = currentDocument().nodes.find((candidate) => candidate.id === id);
  return node !== undefined && catalog.get(node.type)?.type === seriesNode.type ? node.id : null;
}
