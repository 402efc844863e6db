import type { Indicator } from '../catalogue/index.ts';
import { isDue } from '../format.ts';
import type { Base, Figure, Period, Target } from '../model.ts';
import type { Earlier } from './comparison.ts';
import type { Setting } from './index.ts';

/** A figure before its value: what the catalogue, the targets and last year say about it. */
export function toShell(indicator: Indicator, { stated, lastYear, yearEnd, period }: Setting): Figure {
  return {
    id: indicator.id,
    name: indicator.名称,
    unit: indicator.单位,
    kind: indicator.类别,
    decimals: indicator.decimals,
    period: indicator.span(period),
    covered: null,
    status: 'pending',
    value: null,
    text: '',
    reason: null,
    ...(indicator.说明 === '' ? {} : { explanation: indicator.说明 }),
    basis: { type: 'none' },
    lastYear: toBaseOf(lastYear.get(indicator.id)),
    yearEnd: indicator.类别 === '期末数' ? toBaseOf(yearEnd.get(indicator.id)) : null,
    targets: toTargets(stated.targets.get(indicator.id) ?? [], period),
  };
}

/** What the facts say about an earlier figure. */
export const toBase = ({ period, value, where, reason, note }: Earlier): Base => ({
  period,
  value,
  where,
  reason,
  note,
});

/** The targets of the whole place: those that are due by now first, then those for later. */
export function toTargets(targets: Target[], period: Period): Target[] {
  const own = targets.filter(({ area }) => area === null);
  return [...own.filter((each) => isDue(each, period)), ...own.filter((each) => !isDue(each, period))];
}

const toBaseOf = (earlier: Earlier | undefined) => (earlier ? toBase(earlier) : null);

/** A percentage that follows from a figure, before its value. */
export function toChild(figure: Figure, id: string, name: string, formula: string): Figure {
  const { parts: _, explanation: __, ...rest } = figure;
  return {
    ...rest,
    id,
    name,
    unit: '%',
    kind: '比率',
    decimals: 1,
    status: 'pending',
    value: null,
    text: '',
    reason: null,
    basis: { type: 'derived', formula, from: [figure.id] },
    lastYear: null,
    yearEnd: null,
    targets: [],
  };
}

/** The figure with a reason in place of its value. */
export const toPending = (shell: Figure, reason: string): Figure => ({
  ...shell,
  status: 'pending',
  reason,
  text: `〔待核：${reason}〕`,
});
