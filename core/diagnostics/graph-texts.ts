/** What can be wrong with a graph and its parameters. */
export const graphTexts = {} as const;
