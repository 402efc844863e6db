import type { Random } from './random.ts';

/** Adds up whole numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Shares a whole total among weights by largest remainders; the parts add up to the total exactly. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  const exact = weights.map((weight) => (total * weight) / whole);
  const parts = exact.map(Math.floor);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((left, right) => right.rest - left.rest || left.index - right.index);
  const missing = total - sum(parts);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Breaks a total into so many whole parts of at least 1 and at most `max`. */
export function partition(random: Random, parts: number, total: number, max: number): number[] {
  const sizes = Array.from({ length: parts }, () => 1);
  for (let left = total - parts; left > 0; ) {
    const index = random.int(0, parts - 1);
    const size = sizes[index] ?? max;
    if (size >= max) continue;
    sizes[index] = size + 1;
    left -= 1;
  }
  return sizes;
}

/** Finds how often two rates are paid so that they add up to the total, the first one about `share` of all payments. */
export function splitRates(total: number, first: number, second: number, share: number): [number, number] {
  const wanted = Math.round((total * share) / (first * share + second * (1 - share)));
  for (let step = 0; step <= second; step += 1) {
    for (const count of [wanted + step, wanted - step]) {
      const rest = total - count * first;
      if (count >= 0 && rest >= 0 && rest % second === 0) return [count, rest / second];
    }
  }
  throw new RangeError(`${total} is no sum of ${first} and ${second}`);
}

/** First and last month of a year, 1 to 12, in which somebody is paid. */
export interface Span {
  from: number;
  to: number;
}

function makeSpan(random: Random, share: number): Span {
  if (random.chance(share)) return { from: 1, to: 12 };
  return random.chance(0.5) ? { from: random.int(2, 12), to: 12 } : { from: 1, to: random.int(1, 11) };
}

/** Spans whose months add up to the total exactly; about `share` of them are the whole year. */
export function makeSpans(random: Random, total: number, share: number): Span[] {
  const spans: Span[] = [];
  for (let left = total; left > 0; ) {
    const span = makeSpan(random, share);
    const to = Math.min(span.to, span.from + left - 1);
    spans.push({ from: span.from, to });
    left -= to - span.from + 1;
  }
  return spans;
}

/** The months of a span, in order. */
export function monthsOf(span: Span): number[] {
  return Array.from({ length: span.to - span.from + 1 }, (_, index) => span.from + index);
}

/** Whole numbers from 1. */
export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1);
}

/** The entry at an index, counted round and round. */
export function cycle<T>(list: readonly T[], index: number): T {
  for (const entry of list.slice(index % list.length, (index % list.length) + 1)) return entry;
  throw new RangeError('cycle over an empty list');
}
