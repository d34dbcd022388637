import { create } from 'zustand';

/** What of a training is drawn. */
export type TrainingChart = 'loss' | 'rate';

interface TrainingView {
  readonly chart: TrainingChart;
  readonly logarithmic: boolean;
}

/** How a training is drawn; it stays from run to run. Logarithmic at first: a good model lies far below the naive line. */
export const useTrainingView = create<TrainingView>()(() => ({ chart: 'loss', logarithmic: true }));
