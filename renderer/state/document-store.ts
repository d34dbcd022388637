import { create } from 'zustand';
import type { DataFactsByNode } from '../../core/check/graph-survey.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { applyEdits } from '../../core/graph/apply-edit.ts';
import { emptyDocument } from '../../core/graph/empty-document.ts';
import type { GraphEdit } from '../../core/graph/edit.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { DataReading } from '../../electron/ipc/data-messages.ts';
import type { OpenedProject, ProjectFacts } from '../../electron/ipc/project-messages.ts';
import { findingsOf, sameMeaning, type DocumentFindings } from './document-findings.ts';
import { endMerge, record, redo, startHistory, undo, type History } from './history.ts';

/** The open project. Undo and redo move through the document and nothing else. */
export interface DocumentState extends DocumentFindings {
  /** null: the gallery is shown. */
  readonly project: ProjectFacts | null;
  readonly history: History<GraphDocument>;
  /** The document as the project's file has it; null: the file has something else, or there is none. */
  readonly saved: GraphDocument | null;
  /** What reading the data files has shown. */
  readonly data: DataFactsByNode;
  readonly dataDiagnostics: readonly Diagnostic[];
}

const closed: DocumentState = {
  project: null,
  history: startHistory(emptyDocument),
  saved: emptyDocument,
  data: {},
  dataDiagnostics: [],
  ...findingsOf(emptyDocument, {}, []),
};

export const useDocument = create<DocumentState>()(() => closed);

/** The document as it is now. In components: `useDocument(presentDocument)`. */
export function presentDocument(state: DocumentState): GraphDocument {
  return state.history.present;
}

export function currentDocument(): GraphDocument {
  return presentDocument(useDocument.getState());
}

export function isUnsaved({ history, saved }: DocumentState): boolean {
  return history.present !== saved;
}

function withHistory(state: DocumentState, history: History<GraphDocument>): Partial<DocumentState> {
  if (sameMeaning(state.history.present, history.present)) return { history };
  return { history, ...findingsOf(history.present, state.data, state.dataDiagnostics) };
}

/** Several edits as one step of undo. Edits in a row with the same merge key (typing into one field) are one step too. */
export function editDocument(edits: readonly GraphEdit[], mergeKey: string | null = null): void {
  if (edits.length === 0) return;
  useDocument.setState((state) => withHistory(state, record(state.history, applyEdits(state.history.present, edits), mergeKey)));
}

/** Another document in place of this one (the graph of an earlier run), as one step of undo. */
export function replaceDocument(document: GraphDocument): void {
  useDocument.setState((state) => withHistory(state, record(state.history, document)));
}

/** The next edit is a step of its own. */
export function endEdit(): void {
  useDocument.setState((state) => ({ history: endMerge(state.history) }));
}

export function undoEdit(): void {
  useDocument.setState((state) => withHistory(state, undo(state.history)));
}

export function redoEdit(): void {
  useDocument.setState((state) => withHistory(state, redo(state.history)));
}

export function showProject({ project, document, unsaved }: OpenedProject): void {
  useDocument.setState({
    project,
    history: startHistory(document),
    saved: unsaved ? null : document,
    data: {},
    dataDiagnostics: [],
    ...findingsOf(document, {}, []),
  });
}

export function showNoProject(): void {
  useDocument.setState(closed);
}

/** `document` is what was written; edits made meanwhile stay unsaved. */
export function markSaved(project: ProjectFacts, document: GraphDocument): void {
  useDocument.setState({ project, saved: document });
}

/** The file has gone or holds something else: whatever is shown is unsaved. */
export function markUnsaved(): void {
  useDocument.setState({ saved: null });
}

export function setDataReading({ facts, diagnostics }: Pick<DataReading, 'facts' | 'diagnostics'>): void {
  useDocument.setState((state) => ({ data: facts, dataDiagnostics: diagnostics, ...findingsOf(state.history.present, facts, diagnostics) }));
}
