export type JsonObject = { readonly [member: string]: unknown };

/** Brings a project file from one format version to the next. */
export interface Migration {
  /** The version it takes; it gives the next one. */
  readonly from: number;
  /** What changed, for the person who opens an old file. */
  readonly change: string;
  readonly migrate: (project: JsonObject) => JsonObject;
}

/** The version that this Unroll writes. A new version adds a row below, and no row is ever removed: old files open for ever. */
export const currentVersion = 2;

export const migrations: readonly Migration[] = [
  { from: 1, change: 'the training settings tell the learning rate\'s schedule, how gradients are clipped, and whether weights are averaged', migrate: tellScheduleAndClipping },
];

/**
 * Applies every migration from `version` on, in the order of version numbers, whatever the order of the table.
 * A version without a row, or with two, is a programmer's error and throws.
 */
export function migrateProject(
  project: JsonObject,
  version: number,
  newest: number,
  table: readonly Migration[],
): { readonly project: JsonObject; readonly changes: readonly string[] } {
  let migrated = project;
  const changes: string[] = [];
  for (let from = version; from < newest; from += 1) {
    const rows = table.filter((row) => row.from === from);
    if (rows.length !== 1) throw new Error(`Expected one migration from project format ${from}, found ${rows.length}.`);
    migrated = rows[0]!.migrate(migrated);
    changes.push(rows[0]!.change);
  }
  return { project: migrated, changes };
}

/** Format 1 knew a constant rate, and clipping by the global norm alone. What is no such object is left for the schema to refuse. */
function tellScheduleAndClipping(project: JsonObject): JsonObject {
  const { training } = project;
  if (!isObject(training)) return project;
  const { clipGlobalNorm, earlyStoppingPatience, optimizer, ...others } = training;
  return {
    ...project,
    training: {
      ...others,
      optimizer: isObject(optimizer) && optimizer['kind'] === 'adam' ? { ...optimizer, amsgrad: false } : optimizer,
      schedule: { kind: 'constant' },
      clipping: clipGlobalNorm === null || clipGlobalNorm === undefined ? null : { kind: 'global-norm', limit: clipGlobalNorm },
      weightAveraging: null,
      earlyStoppingPatience,
    },
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
