/** Throws RangeError where an array that is to be filled is too short. */
export function demandLength(array: Float32Array, length: number, name: string): void {
  if (array.length < length) throw new RangeError(`${name} holds ${array.length} numbers, ${length} are to be written`);
}
