/** What can be wrong with a run: training, evaluation, prediction, export, the command line. */
export const runTexts = {} as const;
