import type Big from 'big.js';
import { toQuotient } from '../../../format.ts';
import type { NumberToken } from '../numbers.ts';

/** What a number may have been before it was rounded. */
export interface Interval {
  low: Big;
  high: Big;
}

/** Things are counted and not rounded, money and what is given in 万 is. */
export function toInterval({ value, step, bound, coarse, measure }: NumberToken): Interval {
  const half = step.eq(1) && measure !== '元' ? step.times(0) : step.div(2);
  return {
    low: value.minus(bound === '近' || bound === '约' ? coarse : half),
    high: value.plus(bound === '余' || bound === '约' ? coarse : half),
  };
}

const overlap = (one: Interval, other: Interval): boolean =>
  one.low.lte(other.high) && other.low.lte(one.high);

/** True when a percentage can be the one number divided by the other; all three may be rounded. */
export function isShare(share: NumberToken, part: NumberToken, whole: NumberToken): boolean {
  const [top, bottom] = [toInterval(part), toInterval(whole)];
  if (bottom.low.lte(0)) return true;
  const ratio = { low: toQuotient(top.low, bottom.high), high: toQuotient(top.high, bottom.low) };
  return overlap(toInterval(share), ratio);
}

/** True when a percentage can be the change from the one number to the other. */
export function isGrowth(growth: NumberToken, from: NumberToken, to: NumberToken): boolean {
  const [before, after] = [toInterval(from), toInterval(to)];
  if (before.low.lte(0)) return true;
  const ratio = {
    low: toQuotient(after.low, before.high).minus(1),
    high: toQuotient(after.high, before.low).minus(1),
  };
  const own = growth.sign < 0 ? { low: ratio.high.times(-1), high: ratio.low.times(-1) } : ratio;
  return overlap(toInterval(growth), own);
}

/** True when the parts can add up to the whole. */
export function isSum(parts: NumberToken[], whole: NumberToken): boolean {
  const intervals = parts.map(toInterval);
  const sum = intervals.reduce((total, { low, high }) => ({
    low: total.low.plus(low),
    high: total.high.plus(high),
  }));
  return overlap(sum, toInterval(whole));
}
