import Big from 'big.js';
import type { FigurePart, Period } from './model.ts';

/** Multiples that a unit's first characters stand for; the rest of it is the measure word. */
const SCALES: [RegExp, number][] = [
  [/^亿(?=.)/, 100_000_000],
  [/^万(?=.)/, 10_000],
  [/^%$/, 0.01],
];

/** How many base units (元, 人, 户, 1) one `unit` is: 万元 → 10000, % → 0.01. */
export const toScale = (unit: string): Big =>
  new Big(SCALES.find(([pattern]) => pattern.test(unit))?.[1] ?? 1);

/** The measure word without its multiple and its denominator: 万元 → 元, 元/人·月 → 元. */
export const toMeasure = (unit: string): string => unit.replace(/^[万亿](?=.)/, '').replace(/\/.*$/, '');

/** Rounds once, half up (四舍五入, away from zero), and drops trailing zeros. */
export function toRounded(value: Big, decimals: number): string {
  return new Big(value.toFixed(decimals, Big.roundHalfUp)).toFixed();
}

/** A base-unit value as a number in `unit`, without the unit. */
export const toNumber = (value: string, unit: string, decimals: number): string =>
  toRounded(toExact(value, unit), decimals);

/** The measure word as printed after the number. */
const toSuffix = (unit: string): string => unit.replace(/\/.*$/, '');

/** A base-unit value as printed in prose: "2850.46万元", "24.51%", "3028人". */
export const toText = (value: string, unit: string, decimals: number): string =>
  `${toNumber(value, unit, decimals)}${toSuffix(unit)}`;

/**
 * Two base-unit values as a span in prose: 855～900元. As GB/T 15835 has it, the unit stands once, % and 万 stand with
 * both numbers.
 */
export function toSpanText(
  { low, high }: { low: string; high: string },
  unit: string,
  decimals: number,
): string {
  const first = toNumber(low, unit, decimals);
  const multiple = /^(%|[万亿](?=.))/.exec(unit)?.[0] ?? '';
  return `${first}${multiple}～${toText(high, unit, decimals)}`;
}

/** A floor in 万 with 余 where something was cut off: 203456人次 → "20.34万余人次"; below one 万 the exact number. */
export function toFloor(value: string, unit: string): string {
  const exact = new Big(value);
  if (exact.lt(10_000)) return toText(value, toMeasure(unit), 0);
  const floored = exact.div(10_000).round(2, Big.roundDown);
  const cut = floored.times(10_000).eq(exact) ? '' : '余';
  return `${floored.toFixed()}万${cut}${toMeasure(unit)}`;
}

/** Exact value in `unit`; scales are powers of ten, so nothing is rounded. */
export const toExact = (value: string, unit: string): Big => {
  const scale = toScale(unit);
  return scale.eq(0.01) ? new Big(value).times(100) : new Big(value).times(new Big(1).div(scale));
};

/** A quotient exact to 40 places, cut off and not rounded: the one rounding is at print. */
export function toQuotient(numerator: Big, denominator: Big): Big {
  const precise = Big();
  precise.DP = 40;
  precise.RM = Big.roundDown;
  return new precise(numerator).div(denominator);
}

/** A change as a fraction in words: 增长8.2%, 下降3%, 持平. */
export function toChangeText(growth: string, decimals: number): string {
  const percent = toRounded(new Big(growth).times(100), decimals);
  if (new Big(percent).eq(0)) return '持平';
  return percent.startsWith('-') ? `下降${percent.slice(1)}%` : `增长${percent}%`;
}

/** A difference of two percentages in words: 提高1.2个百分点, 下降3个百分点, 持平. */
export function toPointsText(difference: string, decimals: number): string {
  const points = toRounded(new Big(difference).times(100), decimals);
  if (new Big(points).eq(0)) return '持平';
  return points.startsWith('-') ? `下降${points.slice(1)}个百分点` : `提高${points}个百分点`;
}

/** A change against the same span of last year: 同比增长8.2%, 与上年持平. */
export const toGrowthText = (change: string): string => (change === '持平' ? '与上年持平' : `同比${change}`);

/** A change against the end of last year: 较上年末增长8.2%, 与上年末持平. */
export const toSinceText = (change: string): string =>
  change === '持平' ? '与上年末持平' : `较上年末${change}`;

/** What is left of a target: 还差587张, 超额413张; where nothing is, 正好完成. `gap` is target minus value. */
export function toGapText(gap: string, unit: string, decimals: number): string {
  const scaled = unit === '%' ? '个百分点' : toSuffix(unit);
  const number = toNumber(gap, unit, decimals);
  if (new Big(number).eq(0)) return '正好完成';
  return number.startsWith('-') ? `超额${number.slice(1)}${scaled}` : `还差${number}${scaled}`;
}

const monthOf = (text: string): number => Number(text.slice(5, 7));
const yearOf = (text: string): string => text.slice(0, 4);

/** True when the period is one whole calendar year. */
export const isYear = (period: Period): boolean =>
  yearOf(period.from) === yearOf(period.to) && period.from.endsWith('-01') && period.to.endsWith('-12');

/** "2022-12-25" → 2022年12月25日 */
const toDayText = (day: string): string => `${yearOf(day)}年${monthOf(day)}月${Number(day.slice(8))}日`;

/** A flow's range in prose: 全年, 1—11月, 上半年, 9月. */
export function toRangeText(period: Period): string {
  if (isYear(period)) return '全年';
  const [from, to] = [monthOf(period.from), monthOf(period.to)];
  if (period.from.length > 7) return `${toDayText(period.from)}至${toDayText(period.to)}`;
  if (yearOf(period.from) !== yearOf(period.to) && from === 1 && to === 12)
    return `${yearOf(period.from)}—${yearOf(period.to)}年`;
  if (yearOf(period.from) !== yearOf(period.to))
    return `${yearOf(period.from)}年${from}月至${yearOf(period.to)}年${to}月`;
  if (from === 1 && to === 6) return '上半年';
  if (from === 7 && to === 12) return '下半年';
  if (to - from === 2 && from % 3 === 1) return `${'一二三四'[(from - 1) / 3]}季度`;
  return from === to ? `${from}月` : `${from}—${to}月`;
}

/** The period with its year: 2022年, 2022年1—11月. */
export const toPeriodText = (period: Period): string =>
  isYear(period)
    ? `${yearOf(period.from)}年`
    : yearOf(period.from) === yearOf(period.to) && period.from.length === 7
      ? `${yearOf(period.from)}年${toRangeText(period)}`
      : toRangeText(period);

/** A stock's moment: 截至2022年底, 截至2022年9月底. */
export const toMomentText = (period: Period): string =>
  period.to.endsWith('-12')
    ? `截至${yearOf(period.to)}年底`
    : `截至${yearOf(period.to)}年${monthOf(period.to)}月底`;

/** Months of a period, in order. */
export function toMonths({ from, to }: Period): string[] {
  const index = (text: string) => Number(yearOf(text)) * 12 + monthOf(text) - 1;
  const first = index(from);
  return Array.from({ length: Math.max(0, index(to) - first + 1) }, (_, i) => {
    const month = first + i;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

/** True when a target's time has begun: it counts now, not only in a later plan. */
export const isDue = (target: { period: Period }, period: Period): boolean => target.period.from <= period.to;

/** The whole year before the one in which a period ends. */
export function toYearEnded({ to }: Period): Period {
  const year = Number(yearOf(to)) - 1;
  return { from: `${year}-01`, to: `${year}-12` };
}

/** The same span a year earlier. */
export const toYearBefore = (period: Period): Period => ({
  from: before(period.from),
  to: before(period.to),
});
const before = (text: string): string => `${Number(yearOf(text)) - 1}${text.slice(4)}`;

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in the small Chinese numerals of headings (10 is 十, 11 十一, 20 二十); any other number throws a RangeError. */
export function toChineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 99)
    throw new RangeError(`not within 1 to 99: ${value}`);
  const tens = Math.floor(value / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `${ten}${DIGITS[value % 10]}`;
}

/** A column as a spreadsheet calls it: 0 → A, 26 → AA. */
export function toLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${toLetters(Math.floor(index / 26) - 1)}${letter}`;
}

/** Id of a figure's value for one area, as runs of a draft carry it: 低保.期末人数@扬子洲镇, 低保.期末人数@扬子洲镇/滨江村. */
export const toPartId = (id: string, { within, name }: Pick<FigurePart, 'within' | 'name'>): string =>
  `${id}@${[within, name ?? '未写明'].filter((each) => each !== null).join('/')}`;
