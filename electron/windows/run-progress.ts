import type { RunEvent } from '../ipc/run-messages.ts';
import type { AppWindow } from './app-window.ts';

/** Shows how far a run is in the window's title and in the task bar. */
export function createRunProgress(): (window: AppWindow, event: RunEvent) => void {
  const lengths = new WeakMap<AppWindow, number>();
  return (window, event) => {
    switch (event.kind) {
      case 'started':
        lengths.set(window, event.epochs * event.stepsPerEpoch);
        window.progress = event.finishedSteps / (event.epochs * event.stepsPerEpoch);
        break;
      case 'progress':
        window.progress = Math.min(1, event.step / (lengths.get(window) ?? event.step));
        break;
      case 'finished':
      case 'failed':
        window.progress = null;
        break;
      case 'baselines':
      case 'phase':
      case 'warning':
        return;
    }
    window.refresh();
  };
}
