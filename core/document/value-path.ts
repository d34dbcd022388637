export type ValuePath = readonly (string | number)[];

/** Prints a path as one would write it in code: `nodes[2].parameters.units`; the whole document is `the project`. */
export function printPath(path: ValuePath): string {
  if (path.length === 0) return 'the project';
  return path
    .map((part, position) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(part)) return `[${JSON.stringify(part.slice(0, 60))}]`;
      return position === 0 ? part : `.${part}`;
    })
    .join('');
}

/** The value at a path inside parsed JSON; undefined where there is none. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    return (value as Record<string | number, unknown>)[part];
  }, root);
}

/** Says what was found, short enough for one line. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1 item' : `a list of ${value.length} items`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 60 ? `a text of ${value.length} characters` : JSON.stringify(value);
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
