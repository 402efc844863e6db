import Big from 'big.js';
import type { StoreRow } from '../store/index.ts';

/** The rows between two totals: how many, and their sum in one column. */
export interface Segment {
  rows: number;
  sum: Big;
}

/** A total that fits no rows, and what the rows give that it most likely means. */
export interface Misfit {
  index: number;
  sum: Big;
  /** True when it should be the sum of all rows. */
  grand: boolean;
}

/** One segment before each total and one after the last; an absent one holds no rows. */
export function toSegments(totals: StoreRow[], found: StoreRow[]): StoreRow[] {
  const byRow = new Map(found.map((segment) => [segment.row, segment]));
  return [...totals.map(({ row }) => byRow.get(row ?? null) ?? {}), byRow.get(null) ?? {}];
}

/**
 * Totals that equal neither all rows, nor the rows since an earlier total, nor those up to a later one. Judged where it is
 * clear what they mean: not 其中 beside a 合计 that is right, not a list of areas (three or more without rows between).
 */
export function findExpected(theirs: (Big | null)[], segments: Segment[]): Misfit[] {
  const sums = toRunningSums(segments);
  const grand = sums.at(-1) ?? new Big(0);
  const above = isAbove(theirs, segments);
  return findUnmatched(theirs, sums).flatMap((index): Misfit[] => {
    const own = segments[above ? index + 1 : index];
    const run = toRun(index, segments);
    if (own?.rows === 0) {
      const atEnd = index === theirs.length - 1 || (index === 0 && !above);
      const settled = run.some((each) => theirs[each]?.eq(grand));
      return atEnd && !settled ? [{ index, sum: grand, grand: true }] : [];
    }
    return own && run.length < 3 ? [{ index, sum: own.sum, grand: own.sum.eq(grand) }] : [];
  });
}

/** sums[i]: of all segments before the i-th. */
function toRunningSums(segments: Segment[]): Big[] {
  const sums = [new Big(0)];
  for (const { sum } of segments) sums.push((sums.at(-1) ?? new Big(0)).plus(sum));
  return sums;
}

function findUnmatched(theirs: (Big | null)[], sums: Big[]): number[] {
  const grand = sums.at(-1) ?? new Big(0);
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  sums.forEach((sum, index) => {
    if (!first.has(sum.toFixed())) first.set(sum.toFixed(), index);
    last.set(sum.toFixed(), index);
  });
  return theirs.flatMap((value, index) => {
    const here = sums[index + 1];
    if (value === null || here === undefined || value.eq(grand)) return [];
    const since = first.get(here.minus(value).toFixed());
    const until = last.get(here.plus(value).toFixed());
    return (since !== undefined && since <= index) || (until !== undefined && until > index + 1)
      ? []
      : [index];
  });
}

/** True when more totals stand above their rows than below. */
function isAbove(theirs: (Big | null)[], segments: Segment[]): boolean {
  const count = (offset: number) =>
    theirs.filter((value, index) => {
      const segment = segments[index + offset];
      return value !== null && segment !== undefined && segment.rows > 0 && segment.sum.eq(value);
    }).length;
  return count(1) > count(0);
}

/** The totals that stand together with one, without rows between them. */
function toRun(index: number, segments: Segment[]): number[] {
  let [from, to] = [index, index];
  while (from > 0 && segments[from]?.rows === 0) from--;
  while (to + 1 < segments.length - 1 && segments[to + 1]?.rows === 0) to++;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
