/** The most a project file may hold: far beyond what a person draws, far below what hurts. */
export const documentLimits = {
  characters: 8 * 1024 * 1024,
  nodes: 2_000,
  wires: 8_000,
  definitions: 200,
  parametersOfNode: 100,
  listItems: 2_000,
  dataReferences: 2_000,
  textLength: 200,
  pathLength: 4_096,
  /** So many errors are listed; the rest are counted. */
  reportedErrors: 20,
} as const;
