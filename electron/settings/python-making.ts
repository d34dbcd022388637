import type { PythonMakingEvent } from '../ipc/python-messages.ts';

/** The one making of a Python environment, whichever window began it. */
export interface PythonMaking {
  /** null: one is under way. */
  readonly begin: () => AbortSignal | null;
  readonly tell: (progress: NonNullable<PythonMakingEvent>) => void;
  readonly now: () => PythonMakingEvent;
  readonly stop: () => void;
  readonly end: () => void;
  /** Stops it, and resolves when nothing of it is left on the disk. */
  readonly settle: () => Promise<void>;
}

/** A window is told ten times a second at most. */
const pause = 100;

export function createPythonMaking(tellWindows: (event: PythonMakingEvent) => void): PythonMaking {
  let underWay: { readonly stopping: AbortController; readonly ended: Promise<void>; readonly end: () => void } | null = null;
  let progress: PythonMakingEvent = null;
  let toldAt = 0;
  const stop = (): void => underWay?.stopping.abort();
  return {
    begin: () => {
      if (underWay !== null) return null;
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      underWay = { stopping: new AbortController(), ended, end };
      progress = { doing: 'Looking for Python', share: 0 };
      return underWay.stopping.signal;
    },
    tell: (given) => {
      const isNew = given.doing !== progress?.doing;
      progress = given;
      if (!isNew && Date.now() - toldAt < pause) return;
      toldAt = Date.now();
      tellWindows(given);
    },
    now: () => progress,
    stop,
    end: () => {
      underWay?.end();
      underWay = null;
      progress = null;
    },
    settle: async () => {
      stop();
      await underWay?.ended;
    },
  };
}
