/**
 * Counter-based random numbers: Philox2x32-10 (Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405). A number is a
 * pure function of what it is for, so that a run resumes bit for bit and nobody's draw disturbs another's.
 */
const multiplier = 0xd256d193;
const weylIncrement = 0x9e3779b9;
const rounds = 10;

/** The upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function highProduct(first: number, second: number): number {
  const firstLow = first & 0xffff;
  const firstHigh = first >>> 16;
  const secondLow = second & 0xffff;
  const secondHigh = second >>> 16;
  const middle = firstHigh * secondLow + ((firstLow * secondLow) >>> 16);
  const carry = firstLow * secondHigh + (middle % 0x10000);
  return (firstHigh * secondHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** Two random unsigned 32-bit integers for a counter of two words under a key. */
export function philox(counterLow: number, counterHigh: number, key: number): readonly [number, number] {
  let left = counterLow >>> 0;
  let right = counterHigh >>> 0;
  let roundKey = key >>> 0;
  for (let round = 0; round < rounds; round += 1) {
    const high = highProduct(left, multiplier);
    const low = Math.imul(left, multiplier) >>> 0;
    left = (high ^ roundKey ^ right) >>> 0;
    right = low;
    roundKey = (roundKey + weylIncrement) >>> 0;
  }
  return [left, right];
}

/** A name as a 32-bit number: FNV-1a (Fowler, Noll and Vo, 1991, https://datatracker.ietf.org/doc/draft-eastlake-fnv/). */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < name.length; position += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(position), 0x01000193);
  }
  return hash >>> 0;
}

/** The seed of one node's random operation in one training step: integer [2]. */
export function seedFor(runSeed: number, node: string, step: number): Int32Array {
  return Int32Array.from(philox(step, hashName(node), runSeed));
}

/** A random order of 0 … count − 1 for one epoch (Fisher and Yates, 1938; Durstenfeld, 1964, https://doi.org/10.1145/364520.364540). */
export function shuffledOrder(runSeed: number, epoch: number, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const key = philox(epoch, hashName('order of an epoch'), runSeed)[0];
  for (let last = count - 1; last > 0; last -= 1) {
    const [draw] = philox(last, epoch, key);
    const other = Math.floor((draw / 0x100000000) * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** A stream of doubles in [0, 1) that belongs to one name under a seed. */
export function uniformStream(runSeed: number, name: string): () => number {
  const hash = hashName(name);
  let count = 0;
  return () => {
    const [high, low] = philox(count, hash, runSeed);
    count += 1;
    return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
  };
}

/** Standard normal numbers from uniform ones (Box and Muller, 1958, https://doi.org/10.1214/aoms/1177706645). */
export function normalStream(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
