export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own members only: a file may name a member "__proto__". */
export function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A value from a file in a few words. */
export function printJson(value: unknown, length = 80): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

const [quote, escape, openList, openObject, closeList, closeObject] = ['"', '\\', '[', '{', ']', '}'].map((sign) => sign.charCodeAt(0));

/** How deep brackets lie inside brackets in a text of UTF-8, found before it is read as JSON. */
export function nestingOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const sign = bytes[at];
    if (isText) {
      if (sign === escape) at += 1;
      else if (sign === quote) isText = false;
    } else if (sign === quote) isText = true;
    else if (sign === openList || sign === openObject) deepest = Math.max(deepest, (depth += 1));
    else if (sign === closeList || sign === closeObject) depth -= 1;
  }
  return deepest;
}
