import { type FoundFigure, KIND_WORDS } from '../aggregate/index.ts';
import { toExact, toMeasure, toMomentText, toPeriodText } from '../format.ts';
import type { Figure, Report } from '../model.ts';
import type { Point } from './index.ts';

/** Quotients are cut off after forty places, of which the last ones may be zeros. */
const ENDLESS = 35;

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

/** The value before rounding, in the unit in which it is printed and, where that is a multiple, in the base unit. */
function toExactText({ unit }: Figure, value: string): string {
  const printed = `${toExact(value, unit).toFixed()}${toMeasureWord(unit)}`;
  const base = toBaseText(unit, value);
  const endless = (value.split('.')[1] ?? '').length > ENDLESS ? '（除不尽，已截断）' : '';
  return `${printed}${base === printed ? '' : `，即${base}`}${endless}`;
}

/** The exact value in the base unit, in which figures can be put together: 28504600元, 24.51%. */
export const toBaseText = (unit: string, value: string): string =>
  unit === '%' ? `${toExact(value, unit).toFixed()}%` : `${value}${toMeasure(unit)}`;

/** 万元, 元: what is printed after the number. */
const toMeasureWord = (unit: string): string => unit.replace(/\/.*$/, '');
