import type { Result } from '../../core/diagnostics/result.ts';
import type { EngineStatusEvent } from './run-messages.ts';
import type { OpenedProject, RecentProject, RecoverableDraft } from './project-messages.ts';

export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  /** Where TensorFlow runs; takes effect at the next start. */
  readonly engine: 'utility' | 'main';
  /** The most that a training uses; null: all that the machine has. In the main process it takes effect at the next start. */
  readonly processors: number | null;
  /** Whether edits are written into the project's own file by themselves; drafts are kept either way. */
  readonly autosave: boolean;
  readonly reducedMotion: 'system' | 'on' | 'off';
}

/** What a window asks first. */
export interface StartFacts {
  readonly version: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly preferences: Preferences;
  readonly engine: EngineStatusEvent;
  readonly recent: readonly RecentProject[];
  readonly drafts: readonly RecoverableDraft[];
  /** The project that this window was opened for, or why it could not be opened; null: show the gallery. */
  readonly project: Result<OpenedProject> | null;
}

/** What the person chose from the application menu or by its keys; the renderer does it. */
export type MenuCommand =
  | 'new'
  | 'open'
  | 'import'
  | 'save'
  | 'save-as'
  | 'close'
  | 'export'
  | 'export-picture'
  | 'copy-as-command'
  | 'undo'
  | 'redo'
  | 'duplicate'
  | 'delete'
  | 'select-all'
  | 'quick-add'
  | 'arrange'
  | 'fit'
  | 'zoom-in'
  | 'zoom-out'
  | 'train'
  | 'stop'
  | 'show-data'
  | 'show-training'
  | 'show-evaluation'
  | 'show-runs'
  | 'show-problems'
  | 'preferences'
  | 'shortcuts'
  | 'about';

export interface MenuCommandEvent {
  readonly command: MenuCommand;
}
