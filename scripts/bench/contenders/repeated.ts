/** So many values, from the beginning again where there are fewer. */
export function repeated(values: Float32Array, length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => values[index % values.length]!);
}
