import { comparePlaces, type Placed } from './place.ts';
import type { Expected } from './reference.ts';

/** Below this two places have nothing to do with each other, whatever stands there. */
const LEAST = 0.45;
/** Where the numbers differ the words must leave no doubt. */
const SURE = 0.78;
/** More cells than this are not compared one by one. */
const MOST = 250_000;

/** Pairs each number with the one that the draft has in its place, in order; a place that was rewritten stays alone. */
export function align(numbers: Placed[], expected: Expected[]): Map<Placed, Expected> {
  const pairs = new Map<Placed, Expected>();
  alignWithin(numbers, expected, pairs);
  return pairs;
}

/** What both begin and end with is paired off, then what is there but once, then the rest by likeness. */
function alignWithin(numbers: Placed[], expected: Expected[], pairs: Map<Placed, Expected>): void {
  let [start, end] = [0, 0];
  const shorter = Math.min(numbers.length, expected.length);
  while (start < shorter && isSame(numbers[start], expected[start])) start += 1;
  while (end < shorter - start && isSame(numbers.at(-1 - end), expected.at(-1 - end))) end += 1;
  for (let i = 0; i < start; i++) pair(numbers[i], expected[i], pairs);
  for (let i = 1; i <= end; i++) pair(numbers.at(-i), expected.at(-i), pairs);
  const [own, theirs] = [
    numbers.slice(start, numbers.length - end),
    expected.slice(start, expected.length - end),
  ];
  if (own.length === 0 || theirs.length === 0) return;
  const anchors = findAnchors(own, theirs);
  if (anchors.length === 0) alignByLikeness(own, theirs, pairs);
  else {
    let [i, j] = [0, 0];
    for (const [at, to] of [...anchors, [own.length, theirs.length] as const]) {
      alignByLikeness(own.slice(i, at), theirs.slice(j, to), pairs);
      pair(own[at], theirs[to], pairs);
      [i, j] = [at + 1, to + 1];
    }
  }
}

const isSame = (one: Placed | undefined, other: Placed | undefined): boolean =>
  one !== undefined && one.key === other?.key;

function pair(one: Placed | undefined, other: Expected | undefined, pairs: Map<Placed, Expected>): void {
  if (one && other) pairs.set(one, other);
}

/** Places that are in both once, as far as they stand in the same order. */
function findAnchors(own: Placed[], theirs: Expected[]): (readonly [number, number])[] {
  const once = (list: Placed[]) => {
    const at = new Map<string, number>();
    for (const [index, { key }] of list.entries()) at.set(key, at.has(key) ? -1 : index);
    return at;
  };
  const [left, right] = [once(own), once(theirs)];
  const common = [...left].flatMap(([key, index]) => {
    const other = right.get(key) ?? -1;
    return index >= 0 && other >= 0 ? [[index, other] as const] : [];
  });
  return findRising(common);
}

/** The longest run of pairs whose second numbers rise. */
function findRising(pairs: (readonly [number, number])[]): (readonly [number, number])[] {
  const best: { length: number; before: number }[] = [];
  for (const [index, [, value]] of pairs.entries()) {
    const earlier = best.reduce(
      (found, { length }, i) =>
        (pairs[i]?.[1] ?? 0) < value && length > (best[found]?.length ?? 0) ? i : found,
      -1,
    );
    best[index] = { length: (best[earlier]?.length ?? 0) + 1, before: earlier };
  }
  let at = best.reduce((found, { length }, i) => (length > (best[found]?.length ?? 0) ? i : found), -1);
  const chosen: (readonly [number, number])[] = [];
  while (at >= 0) {
    const one = pairs[at];
    if (one) chosen.unshift(one);
    at = best[at]?.before ?? -1;
  }
  return chosen;
}

/** The order in which most likeness is kept. */
function alignByLikeness(own: Placed[], theirs: Expected[], pairs: Map<Placed, Expected>): void {
  if (own.length === 0 || theirs.length === 0 || own.length * theirs.length > MOST) return;
  const scores = own.map((one) => theirs.map((other) => toScore(one, other)));
  const sums = Array.from({ length: own.length + 1 }, () => new Float64Array(theirs.length + 1));
  const sum = (i: number, j: number): number => sums[i]?.[j] ?? 0;
  for (let i = own.length - 1; i >= 0; i--)
    for (let j = theirs.length - 1; j >= 0; j--) {
      const score = scores[i]?.[j] ?? 0;
      const both = score > 0 ? score + sum(i + 1, j + 1) : 0;
      (sums[i] as Float64Array)[j] = Math.max(both, sum(i + 1, j), sum(i, j + 1));
    }
  let [i, j] = [0, 0];
  while (i < own.length && j < theirs.length) {
    const score = scores[i]?.[j] ?? 0;
    if (score > 0 && sum(i, j) === score + sum(i + 1, j + 1)) pair(own[i++], theirs[j++], pairs);
    else if (sum(i, j) === sum(i + 1, j)) i += 1;
    else j += 1;
  }
}

/** How well a number fits a place, its unit and value counted in; 0 where the two are not to be paired. */
export function toScore(one: Placed, other: Expected): number {
  const likeness = comparePlaces(one, other);
  if (likeness < LEAST) return 0;
  const unit = one.token.measure === other.token.measure ? 0.15 : 0;
  const value = unit > 0 && one.token.value.eq(other.token.value) ? 0.25 : 0;
  return value > 0 || likeness + unit >= SURE ? likeness + unit + value : 0;
}
