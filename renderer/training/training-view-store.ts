import { create } from 'zustand';

/** How the loss is drawn; it stays from run to run. */
export const useTrainingView = create<{ readonly logarithmic: boolean }>()(() => ({ logarithmic: false }));
