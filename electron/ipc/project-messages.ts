import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';

declare const brand: unique symbol;

/** Names a project that is open in this window; given by the main process, meaningless elsewhere. */
export type ProjectHandle = string & { readonly [brand]: 'ProjectHandle' };

/** Names a draft that a window which ended unexpectedly left behind. */
export type DraftHandle = string & { readonly [brand]: 'DraftHandle' };

/** Names an entry of the list of recent projects. */
export type RecentHandle = string & { readonly [brand]: 'RecentHandle' };

/** What is shown of a project besides its document. */
export interface ProjectFacts {
  readonly handle: ProjectHandle;
  /** The file's name without its ending; while there is no file, the document's name. */
  readonly title: string;
  /** Where the file lies, to be shown only; null: never saved. */
  readonly location: string | null;
}

/** A project as it enters a window. */
export interface OpenedProject {
  readonly project: ProjectFacts;
  readonly document: GraphDocument;
  /** Whether the document holds changes that its file does not. */
  readonly unsaved: boolean;
  /** Warnings and notes: an older format, a recovered draft. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What came of the wish to open a project. A window shows one project: a second one opens a window of its own. */
export type Opening =
  | ({ readonly kind: 'opened' } & OpenedProject)
  | { readonly kind: 'in-other-window' }
  /** The person closed the file dialog. */
  | { readonly kind: 'dismissed' };

export type Saving =
  | { readonly kind: 'saved'; readonly project: ProjectFacts }
  | { readonly kind: 'dismissed' }
  /** The file on disk is not what was opened or last saved; nothing was written. */
  | { readonly kind: 'changed-outside' };

/** Where a picture was written, to be shown; null: the person closed the dialog. */
export type ExportedPicture = { readonly location: string } | null;

/** An edit that is on the disk (flushed), though not in the project's own file. */
export interface KeptDraft {
  /** From the request's arrival to the flush. */
  readonly milliseconds: number;
}

export interface RecentProject {
  readonly recent: RecentHandle;
  readonly title: string;
  /** To be shown only. */
  readonly location: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
}

/** Work that was not saved when the app ended. */
export interface RecoverableDraft {
  readonly draft: DraftHandle;
  readonly title: string;
  /** Where the project's file lies, to be shown only; null: it had none. */
  readonly location: string | null;
  /** Epoch milliseconds of the last edit. */
  readonly editedAt: number;
}

export interface Template {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Drawn as the thumbnail. */
  readonly document: GraphDocument;
}

/** `changed`: another program wrote the file. `removed`: it was deleted or moved away. */
export interface FileChangedEvent {
  readonly project: ProjectHandle;
  readonly change: 'changed' | 'removed';
}

/**
 * The window is about to close. The renderer answers with `answerClose`, after it has asked the person what to do about
 * unsaved work or a training under way; an unanswered question closes nothing.
 */
export interface CloseAskedEvent {
  readonly reason: 'window' | 'quit';
}
