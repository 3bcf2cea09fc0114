import { InvalidArgumentError } from './errors.ts';

/** A seeded source of pseudo-random numbers. Two with the same `randomState` give the same sequence. */
export interface Random {
  /** Returns a number of [0, 1) with 53 random bits, or of [low, high). */
  uniform(low?: number, high?: number): number;
  /** Returns a number of the normal distribution; `mean` 0 and `sd` 1 unless given. */
  normal(mean?: number, sd?: number): number;
  /** Returns a whole number of [low, high), each equally likely. */
  integer(low: number, high: number): number;
  /** Returns a shuffled copy of `values` (Fisher–Yates). */
  shuffle<T>(values: readonly T[]): T[];
  /** Returns a new generator with a sequence of its own; each call gives another. */
  split(): Random;
}

/**
 * Returns a generator: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2021), its 128-bit state filled from `randomState` by SplitMix32.
 * `normal` is the Marsaglia polar method.
 *
 * @param randomState a whole number of 0 … 2^53 - 1
 * @throws InvalidArgumentError when `randomState` is not such a number
 */
export function random(randomState: number): Random {
  if (!Number.isSafeInteger(randomState) || randomState < 0) {
    throw new InvalidArgumentError(`randomState: expected a whole number of 0 … 2^53 - 1, got ${String(randomState)}`);
  }
  const next = xoshiro128(seedWords(randomState));
  let spare: number | undefined;

  const unit = (): number => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;

  const standardNormal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * unit() - 1;
      const v = 2 * unit() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };

  const integer = (low: number, high: number): number => {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high <= low) {
      throw new InvalidArgumentError(`integer: expected whole numbers low < high, got ${low} and ${high}`);
    }
    const range = high - low;
    if (!Number.isSafeInteger(range)) {
      throw new InvalidArgumentError(`integer: expected a range below 2^53, got ${low} to ${high}`);
    }
    // Values past the last whole multiple of `range` would favour the small results: draw again.
    const limit = 9007199254740992 - (9007199254740992 % range);
    for (;;) {
      const value = unit() * 9007199254740992;
      if (value < limit) return low + (value % range);
    }
  };

  return {
    uniform: (low = 0, high = 1) => low + unit() * (high - low),
    normal: (mean = 0, sd = 1) => mean + sd * standardNormal(),
    integer,
    shuffle: (values) => {
      const result = [...values];
      for (let i = result.length - 1; i > 0; i--) {
        const j = integer(0, i + 1);
        [result[i], result[j]] = [result[j]!, result[i]!];
      }
      return result;
    },
    split: () => random((next() >>> 0) * 2097152 + (next() >>> 11)),
  };
}

/** Returns xoshiro128**'s next 32-bit word at each call. */
function xoshiro128(state: Uint32Array): () => number {
  return () => {
    const s1 = state[1]!;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    state[2]! ^= state[0]!;
    state[3]! ^= s1;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= t;
    state[3] = rotateLeft(state[3]!, 11);
    return result;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/**
 * Returns four words of SplitMix32 (Steele, Lea and Flood's SplitMix, with the 32-bit mixer of Wellons's
 * hash-prospector). The upper 21 bits of the seed go in between its two multiplications, where they can't
 * cancel against the lower 32.
 */
function seedWords(seed: number): Uint32Array {
  const upper = Math.imul(Math.floor(seed / 4294967296), 0x9e3779b9);
  let z = seed >>> 0;
  return Uint32Array.from({ length: 4 }, () => {
    z = (z + 0x9e3779b9) | 0;
    let word = z ^ (z >>> 16);
    word = Math.imul(word, 0x21f0aaad) ^ upper;
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  });
}
