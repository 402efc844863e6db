import { type FoundFigure, KIND_WORDS } from '../aggregate/index.ts';
import { toExact, toMomentText, toPeriodText } from '../format.ts';
import type { Figure, Report } from '../model.ts';
import type { Point } from './index.ts';

/** Quotients are kept to so many places: a value that has them all did not come out even. */
const PLACES = 40;

/** What the number is: as printed, exact, what it measures, when and where. */
export function toValuePoints({ figure, part }: FoundFigure, report: Report): Point[] {
  const place = part === null || part.by === MONTH ? report.place : toPlaceText(part, report.place);
  return [
    { label: '印为', lines: figure.value === null ? [] : [`${figure.text}（${toRounding(figure)}）`] },
    { label: '精确值', lines: figure.value === null ? [] : [toExactText(figure, figure.value)] },
    { label: '类别', lines: [`${figure.kind}：${KIND_WORDS[figure.kind]}`] },
    { label: '时期', lines: [part?.by === MONTH ? toMonthText(part.name) : toSpanText(figure)] },
    { label: '地区', lines: place === '' ? [] : [place] },
    { label: '说明', lines: figure.explanation === undefined ? [] : [figure.explanation] },
  ];
}

const MONTH = '月份';

const toPlaceText = ({ by, name, within }: NonNullable<FoundFigure['part']>, place: string): string =>
  `${place}${within ?? ''}${name ?? `（没有写明${by}的行）`}`;

const toMonthText = (month: string | null): string =>
  month === null ? '没有写明月份的行' : toPeriodText({ from: month, to: month });

function toSpanText({ kind, period, covered }: Figure): string {
  const span = kind === '期末数' ? toMomentText(period) : toPeriodText(period);
  return covered === null
    ? span
    : `${span}；表中的数据只到${toPeriodText({ from: covered.to, to: covered.to })}`;
}

function toRounding({ decimals }: Figure): string {
  return decimals === 0 ? '四舍五入到整数' : `四舍五入到${decimals}位小数，末尾的0不印`;
}

/** The value before rounding, in the unit in which it is printed. */
export function toExactText({ unit }: Figure, value: string): string {
  const endless = (value.split('.')[1] ?? '').length >= PLACES;
  const suffix = unit.replace(/\/.*$/, '');
  return `${toExact(value, unit).toFixed()}${suffix}${endless ? '（除不尽，截到40位小数）' : ''}`;
}
