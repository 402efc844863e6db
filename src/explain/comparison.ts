import { isDue, toPeriodText, toText } from '../format.ts';
import type { Base, Figure, Report, Target } from '../model.ts';
import type { Point } from './index.ts';

/** What the figure was a year before and at that year's end, and where these values come from. */
export function toBasePoints({ lastYear, yearEnd, ...figure }: Figure, report: Report): Point[] {
  // Growth, completion and values of an area have no base of their own.
  const isWhole = report.figures.some(({ id }) => id === figure.id) && !figure.id.includes('#');
  const none = isWhole && figure.status === 'known' ? ['没有上年的数，所以没有同比'] : [];
  return [
    { label: '上年', lines: lastYear ? toBaseLines(lastYear, figure) : none },
    { label: '上年末', lines: yearEnd ? toBaseLines(yearEnd, figure) : [] },
  ];
}

type Printed = Pick<Figure, 'unit' | 'decimals'>;

function toBaseLines({ value, period, where, reason, note }: Base, { unit, decimals }: Printed): string[] {
  const said = value === null ? `没有确定的值：${reason ?? ''}` : toText(value, unit, decimals);
  return [
    `${said}（${toPeriodText(period)}，来自${where}）`,
    ...(note === null ? [] : [`比较时请注意：${note}`]),
  ];
}

/** The targets, who set each and where it stands. */
export function toTargetPoints({ targets, unit, decimals, period, id }: Figure): Point[] {
  // A completion's own unit is %, its target's is not.
  if (id.includes('#')) return [];
  return [
    { label: '目标', lines: targets.map((target) => toTargetLine(target, { unit, decimals }, period)) },
  ];
}

function toTargetLine(target: Target, { unit, decimals }: Printed, period: Figure['period']): string {
  const by = target.setter === null ? '' : `，${target.setter}下达`;
  const later = isDue(target, period) ? '' : '，本期以后的';
  return `${toText(target.value, unit, decimals)}（${toPeriodText(target.period)}${by}${later}；见${target.where}）`;
}
