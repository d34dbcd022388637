import { create } from 'zustand';

/** How the loss is drawn; it stays from run to run. Logarithmic at first: a good model lies far below the naive line. */
export const useTrainingView = create<{ readonly logarithmic: boolean }>()(() => ({ logarithmic: true }));
