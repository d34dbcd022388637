/** tfjs's own converter cuts weights into pieces that browsers keep in their cache. */
const mostShardBytes = 4 * 1024 * 1024;

/** Weights one after the other, cut into the files that a TensorFlow.js model names. */
export function tfjsShards(parts: readonly Uint8Array[]): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  const count = Math.max(1, Math.ceil(all.length / mostShardBytes));
  return Array.from({ length: count }, (_, index) => ({ name: `group1-shard${index + 1}of${count}.bin`, bytes: all.slice(index * mostShardBytes, (index + 1) * mostShardBytes) }));
}
