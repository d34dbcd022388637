import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { FileDoor } from '../../engine/files/file-door.ts';
import { createHandleTable } from '../ipc/handle-table.ts';
import type { DraftHandle, RecoverableDraft } from '../ipc/project-messages.ts';
import { projectTitle, shownPath } from './shown-path.ts';
import type { LeftDraft, WorkDirectories } from './work-directories.ts';

/** The unsaved work that was left behind, as windows are offered it. */
export interface LeftDrafts {
  readonly list: (inUse: ReadonlySet<string>) => Promise<readonly RecoverableDraft[]>;
  readonly find: (draft: DraftHandle) => Result<LeftDraft>;
  /** Deletes the draft and, of a project that was never saved, its runs. */
  readonly discard: (draft: DraftHandle) => Promise<Result<null>>;
}

export function createLeftDrafts(door: FileDoor, directories: WorkDirectories): LeftDrafts {
  const handles = createHandleTable<DraftHandle, { left: LeftDraft }>('draft');

  function find(draft: DraftHandle): Result<LeftDraft> {
    const entry = handles.find(draft);
    return entry === undefined ? fail(diagnose('handle-unknown', { kind: 'project' }, { thing: 'draft' })) : succeed(entry.left);
  }

  return {
    list: async (inUse) => {
      const found = await directories.findLeft(inUse);
      return found.map((left) => {
        const draft = handles.handleOf(left.workDirectory, { left });
        const { file, document, editedAt } = left.draft;
        const title = file === null ? document.name : projectTitle(file);
        return { draft, title, location: file === null ? null : shownPath(file), editedAt };
      });
    },
    find,
    discard: async (draft) => {
      const left = find(draft);
      return left.ok ? door.remove(left.value.workDirectory) : left;
    },
  };
}
