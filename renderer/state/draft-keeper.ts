import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { ProjectHandle } from '../../electron/ipc/project-messages.ts';

export interface DraftKeeper {
  /** To be called after every edit. */
  readonly keep: (project: ProjectHandle, document: GraphDocument) => void;
}

/**
 * Has every edit written to disk at once, one write at a time: while one is under way only the latest document waits, so
 * that a burst of edits (typing, undo held down) never queues up and the last one is always kept.
 */
export function createDraftKeeper(write: (project: ProjectHandle, document: GraphDocument) => Promise<void>): DraftKeeper {
  let isWriting = false;
  let waiting: { readonly project: ProjectHandle; readonly document: GraphDocument } | null = null;

  const drain = async () => {
    isWriting = true;
    while (waiting !== null) {
      const { project, document } = waiting;
      waiting = null;
      await write(project, document);
    }
    isWriting = false;
  };
  return {
    keep: (project, document) => {
      waiting = { project, document };
      if (!isWriting) void drain();
    },
  };
}
