const stateSize = 624;
const middle = 397;

/**
 * NumPy's `numpy.random.RandomState(seed)`, bit for bit: the Mersenne Twister MT19937 seeded by `init_genrand`, doubles of 53 bits.
 * Used where numbers must equal those that Python programs make.
 * Source: M. Matsumoto and T. Nishimura (1998), Mersenne Twister, ACM TOMACS 8(1), https://doi.org/10.1145/272991.272995
 */
export class RandomState {
  readonly #state = new Uint32Array(stateSize);
  #position = stateSize;

  /** Throws RangeError unless the seed is a whole number from 0 to 2³² − 1, as NumPy does. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`a seed is a whole number from 0 to 4294967295, not ${seed}`);
    }
    this.#state[0] = seed;
    for (let position = 1; position < stateSize; position += 1) {
      const previous = this.#state[position - 1]!;
      this.#state[position] = Math.imul(1812433253, previous ^ (previous >>> 30)) + position;
    }
  }

  /** The next `count` numbers, uniform in [0, 1), in the order in which `rand` fills an array. */
  rand(count: number): Float64Array {
    const numbers = new Float64Array(count);
    for (let position = 0; position < count; position += 1) {
      const high = this.#next() >>> 5;
      const low = this.#next() >>> 6;
      numbers[position] = (high * 67108864 + low) / 9007199254740992;
    }
    return numbers;
  }

  #next(): number {
    if (this.#position === stateSize) this.#twist();
    let word = this.#state[this.#position]!;
    this.#position += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let position = 0; position < stateSize; position += 1) {
      const word = (state[position]! & 0x80000000) | (state[(position + 1) % stateSize]! & 0x7fffffff);
      state[position] = state[(position + middle) % stateSize]! ^ (word >>> 1) ^ ((word & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.#position = 0;
  }
}
