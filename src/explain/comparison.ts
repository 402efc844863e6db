import { isDue, toPeriodText, toText } from '../format.ts';
import type { Base, Figure, Report, Target } from '../model.ts';
import type { Point } from './index.ts';

/** What the figure was a year before and at that year's end, and where these values come from. */
export function toBasePoints({ lastYear, yearEnd, ...figure }: Figure, report: Report): Point[] {
  return [
    {
      label: '上年',
      lines: lastYear ? toBaseLines(lastYear, figure, find(`${figure.id}#同比`, report)) : [],
    },
    {
      label: '上年末',
      lines: yearEnd ? toBaseLines(yearEnd, figure, find(`${figure.id}#较上年末`, report)) : [],
    },
  ];
}

const find = (id: string, { figures }: Report): Figure | undefined =>
  figures.find((figure) => figure.id === id);

type Printed = Pick<Figure, 'unit' | 'decimals'>;

function toBaseLines(
  { value, period, where, reason, note }: Base,
  { unit, decimals }: Printed,
  change: Figure | undefined,
): string[] {
  const said = value === null ? `没有确定的值：${reason ?? ''}` : toText(value, unit, decimals);
  return [
    `${said}（${toPeriodText(period)}，来自${where}）${change === undefined ? '' : `，${change.text}`}`,
    ...(note === null ? [] : [`比较时请注意：${note}`]),
  ];
}

/** The targets, who set each, where it stands and what is done of it. */
export function toTargetPoints({ targets, unit, decimals, period, id }: Figure, report: Report): Point[] {
  // A completion's own unit is %, its target's is not.
  if (id.includes('#')) return [];
  const lines = targets.map((target, index) => {
    const count = index === 0 ? '' : String(index + 1);
    const done = [`${id}#完成率${count}`, `${id}#差额${count}`].map((each) => find(each, report)?.text);
    const isKnown = isDue(target, period) && done.every((text) => text !== undefined);
    return `${toTargetText(target, { unit, decimals }, period)}${isKnown ? `，完成${done.join('，')}` : ''}`;
  });
  return [{ label: '目标', lines }];
}

function toTargetText(target: Target, { unit, decimals }: Printed, period: Figure['period']): string {
  const by = target.setter === null ? '' : `，${target.setter}下达`;
  const later = isDue(target, period) ? '' : '，本期以后的';
  return `${toText(target.value, unit, decimals)}（${toPeriodText(target.period)}${by}${later}，见${target.where}）`;
}
