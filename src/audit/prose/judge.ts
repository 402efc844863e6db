import type Big from 'big.js';
import { compareValue, type Nearness } from './compare.ts';
import type { NumberToken } from './numbers.ts';
import type { Units } from './units.ts';

/** What stands in a draft beside what should. */
export interface Truth {
  token: NumberToken;
  exact: Big;
}

/** Compares a number of a text with the one that the data give there: unit, direction, value. */
export function judge(token: NumberToken, { token: expected, exact }: Truth, units: Units): Nearness {
  if (token.measure !== '' && expected.measure !== '' && !units.areAlike(token.measure, expected.measure))
    return 'other';
  if (token.sign !== 0 && expected.sign !== 0 && token.sign !== expected.sign) return 'other';
  const same = token.value.eq(expected.value);
  if (same && token.bound === expected.bound) return 'equal';
  // 不少于 of the template is not said of the number: what it says must be the target itself.
  const own = token.bound !== '余' && token.bound === expected.bound ? { ...token, bound: null } : token;
  const nearness = compareValue(own, exact);
  if (nearness === 'other' && same && token.bound === null) return 'rounded';
  return nearness === 'equal' && own.bound !== expected.bound ? 'rounded' : nearness;
}
