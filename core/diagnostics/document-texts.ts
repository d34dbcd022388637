/** What can be wrong with a project file. */
export const documentTexts = {} as const;
