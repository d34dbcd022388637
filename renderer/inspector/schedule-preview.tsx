import { learningRateOf } from '../../core/program/schedules/learning-rate.ts';
import type { ScheduleSettings } from '../../core/graph/training-settings.ts';
import { printNumber } from '../charts/print-number.ts';

interface SchedulePreviewProps {
  readonly schedule: ScheduleSettings;
  readonly learningRate: number;
  readonly epochs: number;
}

const width = 240;
const height = 44;
const pointCount = 241;

/** A sketch of the rate over the epochs; nothing where it is constant, or where the losses decide. */
export function SchedulePreview({ schedule, learningRate, epochs }: SchedulePreviewProps): React.JSX.Element | null {
  if (schedule.kind === 'constant' || schedule.kind === 'plateau') return null;
  const perEpoch = Math.max(1, Math.ceil(pointCount / epochs));
  const { at } = learningRateOf(schedule, learningRate, { stepsPerEpoch: perEpoch, epochs });
  const last = epochs * perEpoch;
  const steps = Array.from({ length: pointCount }, (_, point) => Math.min(last, Math.round((point * last) / (pointCount - 1))));
  const line = steps.map((step) => `${((step / last) * width).toFixed(1)},${(height - 2 - (at(step, 0) / learningRate) * (height - 4)).toFixed(1)}`).join(' ');
  const final = printNumber(at(last, 0), 3);
  return (
    <figure className="schedule-preview">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`The learning rate over ${epochs} epochs, up to ${printNumber(learningRate, 3)}, in the end ${final}.`}>
        <polyline points={line} />
      </svg>
      <figcaption>
        <span>epoch 0</span>
        <span>
          in the end {final}
        </span>
      </figcaption>
    </figure>
  );
}
