/** 65536 → "65,536"; fractions as they are. */
export function printCount(count: number): string {
  return Number.isInteger(count) && Math.abs(count) < 1e21 ? count.toLocaleString('en-US') : String(count);
}

/** 3 → "3 columns", 1 → "1 column". */
export function countOf(count: number, thing: string, things = thing === 'series' ? thing : `${thing}s`): string {
  return `${printCount(count)} ${count === 1 ? thing : things}`;
}

/** "a", "a and b", "a, b and c". */
export function listOf(words: readonly string[], conjunction = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** Ways out, as they stand after a colon: "do this, or do that". */
export function alternatives(ways: readonly string[]): string {
  return ways.join(', or ');
}

const longestQuote = 60;

/** A word from outside, quoted and cut to a readable length. */
export function quote(text: string): string {
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}

/** Bytes in binary units, to three digits: "53.6 GiB". */
export function printBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${units[power]}`;
}
