/** A seeded source of chance: the same seed and name always give the same sequence. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number between both bounds, both included. */
  int(min: number, max: number): number;
  /** True in a share of the calls. */
  chance(share: number): boolean;
  /** One entry of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** A copy of the list in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent source for one business, so that a change in one sheet leaves the others as they were. */
  fork(name: string): Random;
}

/** Mulberry32. */
function makeNext(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a over the name, begun with the seed. */
function mixName(seed: number, name: string): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}

function pickFrom<T>(next: () => number, list: readonly T[]): T {
  const index = Math.floor(next() * list.length);
  for (const entry of list.slice(index, index + 1)) return entry;
  throw new RangeError('pick from an empty list');
}

function shuffleBy<T>(next: () => number, list: readonly T[]): T[] {
  const keyed = list.map((entry, index) => ({ entry, index, key: next() }));
  keyed.sort((left, right) => left.key - right.key || left.index - right.index);
  return keyed.map(({ entry }) => entry);
}

/** Makes a source of chance from a whole number. */
export function makeRandom(seed: number): Random {
  const next = makeNext(seed);
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (share) => next() < share,
    pick: (list) => pickFrom(next, list),
    shuffle: (list) => shuffleBy(next, list),
    fork: (name) => makeRandom(mixName(seed, name)),
  };
}
