import type { HostEvent } from '../../engine/host/messages.ts';
import type { EpochPoint, TrainingProgressEvent, TrainingStartedEvent } from '../../engine/host/training-messages.ts';
import { printDuration, printError } from './print-number.ts';

/** A line of a terminal that is written over again and again. */
export interface ProgressLine {
  readonly show: (event: HostEvent) => void;
  /** Stands in front from now on: which of several trainings this is. */
  readonly setTitle: (title: string) => void;
  /** Says something in place of the progress until the next event. */
  readonly say: (text: string) => void;
  /** Leaves the terminal as it was before. */
  readonly clear: () => void;
}

export const noProgressLine: ProgressLine = { show: () => undefined, setTitle: () => undefined, say: () => undefined, clear: () => undefined };

const barWidth = 24;

/** Some terminals do not say how wide they are. */
const unknownColumns = 80;

/** Shows on a terminal what an engine is busy with. */
export function openProgressLine(terminal: NodeJS.WriteStream): ProgressLine {
  let title = '';
  let training: TrainingStartedEvent | null = null;
  let lastEpoch: EpochPoint | null = null;
  let bestEpoch: EpochPoint | null = null;

  const write = (text: string): void => {
    // A line as wide as the terminal would wrap, and could then not be written over.
    const columns = terminal.columns > 0 ? terminal.columns : unknownColumns;
    terminal.write(`\r\u001B[2K${text.slice(0, columns - 1)}`);
  };

  return {
    show: (event) => {
      switch (event.kind) {
        case 'phase':
          if (event.phase !== 'training') write(`${title}${event.phase} …`);
          return;
        case 'training-started':
          training = event;
          lastEpoch = null;
          bestEpoch = null;
          return;
        case 'training-progress':
          for (const point of event.epochsFinished) {
            lastEpoch = point;
            if (point.best) bestEpoch = point;
          }
          if (training !== null) write(`${title}${progressInWords(training, event, lastEpoch, bestEpoch)}`);
          return;
        case 'warning':
          return;
      }
    },
    setTitle: (text) => {
      title = text;
    },
    say: (text) => write(`${title}${text}`),
    clear: () => {
      terminal.write('\r\u001B[2K');
    },
  };
}

function progressInWords(
  training: TrainingStartedEvent,
  event: TrainingProgressEvent,
  last: EpochPoint | null,
  best: EpochPoint | null,
): string {
  const total = training.epochs * training.stepsPerEpoch;
  const done = total === 0 ? 1 : Math.min(1, event.step / total);
  const filled = Math.round(done * barWidth);
  const bar = '━'.repeat(filled) + '╌'.repeat(barWidth - filled);
  const parts = [`epoch ${Math.min(event.epoch, training.epochs)}/${training.epochs} ${bar} ${String(Math.floor(done * 100)).padStart(3)} %`];
  const loss = event.losses.at(-1);
  if (loss !== undefined) parts.push(`loss ${printError(loss)}`);
  const validationLoss = last?.validationLoss ?? null;
  if (validationLoss !== null) parts.push(`validation ${printError(validationLoss)}${best === null || best === last ? '' : ` (best: epoch ${best.epoch})`}`);
  if (event.msPerStep !== null) parts.push(`${printDuration(((total - event.step) * event.msPerStep) / 1000)} left`);
  return parts.join('  ');
}
