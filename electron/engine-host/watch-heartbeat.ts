import { createHeartbeatMonitor, heartbeatTimes } from './heartbeat.ts';

const checkMilliseconds = 50;

interface HeartbeatListeners {
  readonly silence: (isSilent: boolean) => void;
  /** `seconds`: how long nothing was heard. */
  readonly hung: (seconds: number) => void;
}

/** Listens to an engine's process from its first beat on. Gives the function that ends it. */
export function watchHeartbeat({ stdout }: Pick<Electron.UtilityProcess, 'stdout'>, listeners: HeartbeatListeners): () => void {
  let timer: NodeJS.Timeout | undefined;
  stdout?.once('data', () => {
    const monitor = createHeartbeatMonitor(heartbeatTimes, performance.now());
    let isSilent = false;
    stdout.on('data', (chunk: Buffer) => monitor.beat(chunk.toString('latin1'), performance.now()));
    timer = setInterval(() => {
      const finding = monitor.check(performance.now());
      if ((finding !== 'alive') !== isSilent) {
        isSilent = !isSilent;
        listeners.silence(isSilent);
      }
      if (finding !== 'hung') return;
      clearInterval(timer);
      listeners.hung(heartbeatTimes.hung / 1_000);
    }, checkMilliseconds);
  });
  return () => clearInterval(timer);
}
