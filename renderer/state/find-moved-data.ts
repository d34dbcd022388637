import type { NodeId } from '../../core/graph/identifiers.ts';
import { fileEdits } from './data-edits.ts';
import { readData } from './data-reading.ts';
import { desktop, valueOrNotice } from './desktop.ts';
import { currentDocument, editDocument, useDocument } from './document-store.ts';
import { showDiagnostics } from './notices-store.ts';

/** Asks for the file of a Series node, and lets the node read it; the columns that were chosen stay chosen. */
export async function findMovedData(node: NodeId): Promise<void> {
  const { project } = useDocument.getState();
  if (project === null) return;
  const preview = await valueOrNotice(desktop().attachData({ project: project.handle }));
  if (preview === undefined || preview === null) return;
  showDiagnostics(preview.diagnostics);
  const present = currentDocument().nodes.find((candidate) => candidate.id === node);
  if (present === undefined) return;
  const { columns, dateColumn } = present.parameters;
  const kept = Array.isArray(columns) ? columns.map(String).filter((column) => preview.columns.some(({ name }) => name === column)) : [];
  const keepsDates = typeof dateColumn === 'string' && preview.columns.some(({ name }) => name === dateColumn);
  const edits = fileEdits(node, preview, kept.length === 0 ? null : kept);
  editDocument(keepsDates ? edits.filter((edit) => edit.kind !== 'set-parameter' || edit.parameter !== 'dateColumn') : edits);
  await readData();
}
