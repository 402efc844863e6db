import Big from 'big.js';
import { toMonths, toPeriodText, toQuotient } from '../format.ts';
import type { Period } from '../model.ts';

/** A standard from a month on, until the next step. */
export interface Step {
  /** "2022-07" */
  from: string;
  /** Exact decimal in base units. */
  value: string;
}

/** A standard's mean over the months of a period, and how it came about. */
export interface Average {
  value: string;
  /** Which value held when, in order. */
  parts: { period: Period; value: string }[];
}

/** The step that holds in a month; undefined before the first one. */
export const findStep = <T extends Step>(steps: T[], month: string): T | undefined =>
  steps.filter(({ from }) => from <= month).sort((a, b) => (a.from < b.from ? 1 : -1))[0];

/** Null when the standard stays the same, or when it is not known for every month of the period. */
export function toAverage(steps: Step[], period: Period): Average | null {
  const parts: Average['parts'] = [];
  const months = toMonths(period);
  for (const month of months) {
    const step = findStep(steps, month);
    if (!step) return null;
    const last = parts.at(-1);
    if (last?.value === step.value) last.period.to = month;
    else parts.push({ period: { from: month, to: month }, value: step.value });
  }
  if (parts.length < 2) return null;
  const sum = parts.reduce(
    (total, part) => total.plus(new Big(part.value).times(toMonths(part.period).length)),
    new Big(0),
  );
  return { value: toQuotient(sum, new Big(months.length)).toFixed(), parts };
}

/** "795元（2022年1—6月）、855元（2022年7—12月）" */
export const toPartsText = ({ parts }: Average, print: (value: string) => string): string =>
  parts.map(({ period, value }) => `${print(value)}（${toPeriodText(period)}）`).join('、');
