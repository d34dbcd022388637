import type { ScheduleSettings } from '../../graph/training-settings.ts';

/** Where reducing on a plateau stands; part of what a run is resumed from. */
export interface PlateauState {
  /** How often the rate was reduced. */
  readonly reductions: number;
  /** The epoch, from 1, since whose end a better loss has been waited for; 0: since the start. */
  readonly waitingSince: number;
}

export const plateauAtStart: PlateauState = { reductions: 0, waitingSince: 0 };

/**
 * The state after the `epoch`-th epoch, from 1, which brought the best loss so far or did not. As Keras's
 * `ReduceLROnPlateau` with min_delta and cooldown 0: a reduction begins a new wait.
 */
export function afterEpoch(state: PlateauState, schedule: ScheduleSettings, epoch: number, isBest: boolean): PlateauState {
  if (schedule.kind !== 'plateau') return state;
  if (isBest) return { ...state, waitingSince: epoch };
  const isOver = epoch - state.waitingSince >= schedule.patience;
  return isOver ? { reductions: state.reductions + 1, waitingSince: epoch } : state;
}
