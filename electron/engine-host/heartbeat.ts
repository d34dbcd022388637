/** How often an engine's process shows that it lives. */
export const beatMilliseconds = 100;

/** moving: its main thread has turned since the last beat. busy: it has not; it computes, or hangs. */
export const beats = { moving: '+', busy: '-' } as const;

export interface HeartbeatTimes {
  /** No beat at all for so long: the process is frozen, and the person is told. */
  readonly silence: number;
  /** And for so long: it is ended. */
  readonly hung: number;
  /** The main thread has not turned for so long: said, and left alone, for a step of a very large model may take a while. */
  readonly busy: number;
}

export const heartbeatTimes: HeartbeatTimes = { silence: 600, hung: 10_000, busy: 20_000 };

export type HeartbeatFinding = 'alive' | 'silent' | 'hung';

/** Judges an engine by its beats. Times are milliseconds of any one clock. */
export interface HeartbeatMonitor {
  readonly beat: (text: string, now: number) => void;
  /** To be asked regularly; a gap in the asking (a suspended machine, a busy main process) starts the count anew. */
  readonly check: (now: number) => HeartbeatFinding;
}

export function createHeartbeatMonitor(times: HeartbeatTimes, began: number): HeartbeatMonitor {
  let lastBeat = began;
  let lastTurn = began;
  let lastCheck = began;
  return {
    beat: (text, now) => {
      lastBeat = now;
      if (text.includes(beats.moving)) lastTurn = now;
    },
    check: (now) => {
      if (now - lastCheck > times.silence) {
        lastBeat = now;
        lastTurn = now;
      }
      lastCheck = now;
      if (now - lastBeat >= times.hung) return 'hung';
      return now - lastBeat >= times.silence || now - lastTurn >= times.busy ? 'silent' : 'alive';
    },
  };
}
