/** What can be wrong with series, windows and data files. */
export const dataTexts = {} as const;
