/** The most that an imported file may hold or claim: far beyond what sequence models need, checked before memory is taken. */
export const importLimits = {
  /** Of the file, and of everything in it together. */
  archiveBytes: 640 << 20,
  archiveEntries: 1_000,
  /** Of one entry: how many times larger it may be than it is stored. */
  compressionRatio: 200,
  configBytes: 4 << 20,
  /** Of metadata.json, which holds the project of an export of Unroll's own. */
  metadataBytes: 16 << 20,
  weightsBytes: 576 << 20,
  /** Brackets inside brackets in config.json. */
  nesting: 100,
  layers: 500,
  /** Calls of one layer, and tensors that one call reads. */
  callsOfLayer: 64,
  tensorsOfCall: 64,
  nameLength: 200,
  /** Time steps or features in a shape that the file states. */
  size: 100_000_000,
  /** Axes of a weight: a convolution's kernel has three. */
  weightAxes: 3,
  weightNumbers: 128 << 20,
  /** Characters of a fact that an unknown layer keeps; the rest is left out. */
  factLength: 2_000,
} as const;

export type ImportLimits = Readonly<Record<keyof typeof importLimits, number>>;
