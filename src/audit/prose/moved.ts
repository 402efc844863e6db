import { toScore } from './align.ts';
import { comparePlaces, hasSameLabel, type Placed } from './place.ts';
import type { Expected } from './reference.ts';

const isEqual = ({ token }: Placed, { token: other }: Expected): boolean =>
  token.measure === other.measure && token.value.eq(other.value);

const toLikeness = (one: Placed, other: Expected): number =>
  comparePlaces(one, other) + (hasSameLabel(one, other) ? 0.3 : 0);

/**
 * Clauses that changed places: a number that differs where the order of the draft puts it, and is right where its words
 * are more alike, belongs there.
 */
export function exchange(expected: Expected[], pairs: Map<Placed, Expected>): void {
  const differing = [...pairs].filter(([one, other]) => !isEqual(one, other));
  const right = new Set([...pairs].filter(([one, other]) => isEqual(one, other)).map(([, other]) => other));
  const open = new Set(expected.filter((each) => !right.has(each)));
  for (const [one, other] of differing) {
    const own = toLikeness(one, other);
    const better = [...open]
      .filter((each) => isEqual(one, each))
      .map((each) => ({ each, likeness: toLikeness(one, each) }))
      .filter(({ likeness }) => likeness > own)
      .sort((a, b) => b.likeness - a.likeness)[0]?.each;
    if (better === undefined) continue;
    for (const [each, theirs] of pairs) if (theirs === better) pairs.delete(each);
    pairs.set(one, better);
    open.delete(better);
  }
}

/** Pairs what is left by the words around it wherever it stands: paragraphs and clauses get moved. */
export function alignMoved(numbers: Placed[], expected: Expected[], pairs: Map<Placed, Expected>): void {
  const taken = new Set(pairs.values());
  const open = expected.filter((each) => !taken.has(each));
  const candidates = numbers
    .filter((one) => !pairs.has(one))
    .flatMap((one) => open.map((other) => ({ one, other, score: toScore(one, other) })))
    .filter(({ one, other, score }) => score >= (one.token.value.eq(other.token.value) ? 0.8 : 0.95))
    .sort((a, b) => b.score - a.score);
  for (const { one, other } of candidates) {
    if (pairs.has(one) || taken.has(other)) continue;
    pairs.set(one, other);
    taken.add(other);
  }
}
