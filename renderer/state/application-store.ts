import { create } from 'zustand';
import type { Preferences, StartFacts } from '../../electron/ipc/application-messages.ts';
import type { RecentProject, RecoverableDraft, Template } from '../../electron/ipc/project-messages.ts';
import type { EngineStatusEvent } from '../../electron/ipc/run-messages.ts';

/** What is true of the app whatever project is open. */
export interface ApplicationState {
  /** Whether the first question to the main process has been answered. */
  readonly started: boolean;
  readonly version: string;
  readonly platform: StartFacts['platform'];
  readonly preferences: Preferences;
  readonly engine: EngineStatusEvent;
  readonly recent: readonly RecentProject[];
  readonly drafts: readonly RecoverableDraft[];
  readonly templates: readonly Template[];
}

export const useApplication = create<ApplicationState>()(() => ({
  started: false,
  version: '',
  platform: 'linux',
  preferences: { theme: 'system', engine: 'utility', processors: null, autosave: false, reducedMotion: 'system' },
  engine: { placement: 'utility', status: 'starting', diagnostic: null },
  recent: [],
  drafts: [],
  templates: [],
}));
