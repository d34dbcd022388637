/** Pieces of bytecode as the native reader takes them: 32-bit words, lists after their length. */

const floatBits = new Float32Array(1);
const integerBits = new Int32Array(floatBits.buffer);

export function bitsOf(value: number): number {
  floatBits[0] = value;
  return integerBits[0] ?? 0;
}

export function list<Item>(items: readonly Item[], words: (item: Item) => readonly number[]): readonly number[] {
  return [items.length, ...items.flatMap(words)];
}
