import { succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { removeDraft, writeDraft } from './draft-file.ts';
import type { Draft } from './draft-file.ts';

/** Writes the drafts of one project, one at a time; of those that come in meanwhile only the newest. */
export interface DraftKeeper {
  /** Resolves when this draft or a newer one is flushed to the disk. */
  readonly keep: (draft: Draft) => Promise<Result<null>>;
  /** Removes the draft, after what is being written. */
  readonly discard: () => Promise<Result<null>>;
}

interface Slot {
  draft: Draft;
  isWanted: boolean;
  written: Promise<Result<null>>;
}

export function createDraftKeeper(door: FileDoor, directory: string): DraftKeeper {
  let last: Promise<Result<null>> = Promise.resolve(succeed(null));
  /** Not begun yet, so a newer draft may take its place. */
  let waiting: Slot | null = null;

  async function write(slot: Slot): Promise<Result<null>> {
    if (waiting === slot) waiting = null;
    if (!slot.isWanted) return succeed(null);
    const made = await door.makeDirectory(directory);
    return made.ok ? writeDraft(door, directory, slot.draft) : made;
  }

  return {
    keep: (draft) => {
      if (waiting !== null) {
        waiting.draft = draft;
        return waiting.written;
      }
      const slot: Slot = { draft, isWanted: true, written: last };
      slot.written = last.then(() => write(slot));
      waiting = slot;
      last = slot.written;
      return slot.written;
    },
    discard: () => {
      if (waiting !== null) waiting.isWanted = false;
      waiting = null;
      last = last.then(() => removeDraft(door, directory));
      return last;
    },
  };
}
