/** The candidates most like `text`, best first, at most three; by shared pairs of characters. */
export function findNearest(text: string, candidates: Iterable<string>): string[] {
  const wanted = toPairs(text);
  return [...candidates]
    .map((candidate) => ({ candidate, likeness: toLikeness(wanted, toPairs(candidate)) }))
    .filter(({ likeness }) => likeness > 0.3)
    .sort((a, b) => b.likeness - a.likeness || a.candidate.localeCompare(b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

const toPairs = (text: string): Set<string> =>
  new Set([...text].map((character, index, all) => character + (all[index + 1] ?? '')));

function toLikeness(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size);
}
