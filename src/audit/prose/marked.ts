import { createFigureFinder } from '../../render/index.ts';
import type { Placed } from './place.ts';
import type { Expected } from './reference.ts';

/** Pairs each number in a bookmark of ours with the figure that the bookmark's name leads to, wherever it was moved. */
export function findMarked(numbers: Placed[], expected: Expected[]): Map<Placed, Expected> {
  const find = createFigureFinder(expected.flatMap(({ figure }) => figure ?? []));
  const byName = new Map<string, Expected[]>();
  for (const each of expected) {
    if (each.figure === null) continue;
    const name = `${each.figure} ${each.appearance}`;
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  const pairs = new Map<Placed, Expected>();
  for (const placed of numbers) {
    const { token, passage } = placed;
    const marks = passage.marks.filter(({ from, to }) => from < token.to && to > token.from);
    const own = marks.flatMap(({ name }) => byName.get(`${find(name)} ${/\d+$/.exec(name)?.[0]}`) ?? []);
    const [one] = own;
    // A copied or widened bookmark that takes in several numbers says nothing of any one of them.
    if (one && own.length === 1 && ![...pairs.values()].includes(one)) pairs.set(placed, one);
  }
  return pairs;
}
