import type Big from 'big.js';
import type { Bound, NumberToken } from './numbers.ts';

/** How near a number comes to the exact value: the same, what rounding or 余 and 近 make of it, or another. */
export type Nearness = 'equal' | 'rounded' | 'other';

/** Compares a number as written with the exact value that it should say. */
export function compareValue(token: NumberToken, exact: Big): Nearness {
  const { value, step, coarse, bound } = token;
  if (bound !== null) return LOOSE[bound](value, exact, coarse) ? 'rounded' : 'other';
  if (value.eq(exact)) return 'equal';
  // 四舍五入: half a step down to half a step up, the upper one excluded.
  const difference = exact.minus(value);
  const half = step.div(2);
  const rounds = exact.gte(0)
    ? difference.gte(half.times(-1)) && difference.lt(half)
    : difference.gt(half.times(-1)) && difference.lte(half);
  return rounds ? 'rounded' : 'other';
}

type Test = (value: Big, exact: Big, coarse: Big) => boolean;

/** 1000余 is no word for 1999: from a hundred on, what is left out must be little. */
const isLittle = (value: Big, exact: Big): boolean =>
  value.abs().lt(100) || exact.minus(value).abs().lte(value.abs().times(0.2));

const isMore: Test = (value, exact, coarse) =>
  exact.gte(value) && exact.lt(value.plus(coarse)) && isLittle(value, exact);
const isLess: Test = (value, exact, coarse) =>
  exact.lte(value) && exact.gt(value.minus(coarse)) && isLittle(value, exact);

const LOOSE: Record<Bound, Test> = {
  余: isMore,
  以上: isMore,
  至少: isMore,
  近: isLess,
  至多: isLess,
  约: (value, exact, coarse) =>
    exact.minus(value).abs().lte(coarse.div(2)) && exact.minus(value).abs().lte(exact.abs().div(10)),
  不到: (value, exact) => exact.lt(value) && exact.gte(value.div(2)),
};

/** True when both could be roundings of one value: 10.62万人 and 106200人. */
export function canBeSame(one: NumberToken, other: NumberToken): boolean {
  return compareValue(one, other.value) !== 'other' || compareValue(other, one.value) !== 'other';
}
