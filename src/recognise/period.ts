import { isYear } from '../format.ts';
import type { Period } from '../model.ts';
import { findMonth } from './month.ts';

const month = (year: string, number: number): string => `${year}-${String(number).padStart(2, '0')}`;
const QUARTERS = ['一', '二', '三', '四'];

/** The period that a title, sheet name, file name or option names; null when it names no year or ends before it begins. */
export function findPeriod(text: string): Period | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const span = findSpan(plain);
  if (span !== undefined) return span;
  const year = /(?<!\d)(20\d{2})(?=年|年度|[^\d]|$)/.exec(plain)?.[1];
  if (year === undefined) return findCompact(plain);
  const rest = plain.slice(plain.indexOf(year) + 4).replace(/^年度?/, '');
  const range = RANGE.exec(rest);
  if (range) return toRange(year, range[1] ?? range[3], year, range[2] ?? range[4]);
  const until = UNTIL.test(plain)
    ? /^[-./]?(\d{1,2})(?!\d)/.exec(rest)
    : /^[-./]?(\d{1,2})月?份?[底末]/.exec(rest);
  if (until) return toRange(year, '1', year, until[1]);
  const single = /^[-./]?(\d{1,2})(?:月|$|[^\d])/.exec(rest);
  if (single && isMonth(single[1]))
    return { from: month(year, Number(single[1])), to: month(year, Number(single[1])) };
  const worded = findMonth(rest);
  if (worded) return { from: `${year}-${worded.month}`, to: `${year}-${worded.month}` };
  if (rest.startsWith('上半年')) return { from: month(year, 1), to: month(year, 6) };
  if (rest.startsWith('下半年')) return { from: month(year, 7), to: month(year, 12) };
  if (rest.startsWith('前三季度')) return { from: month(year, 1), to: month(year, 9) };
  const quarter = QUARTERS.indexOf(
    /^第?([一二三四1-4])季度/.exec(rest)?.[1]?.replace(/[1-4]/, (d) => QUARTERS[Number(d) - 1] ?? '') ?? '',
  );
  if (quarter >= 0) return { from: month(year, quarter * 3 + 1), to: month(year, quarter * 3 + 3) };
  return { from: month(year, 1), to: month(year, 12) };
}

/** The part of a year that a text without a year names: 1-11月, 上半年, 截至9月底, 全年; null when it names none. */
export function findPartOfYear(text: string, year: string): Period | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const until = UNTIL.test(plain) ? '截至' : '';
  const period = findPeriod(`${until}${year}年${plain.replace(/^截[至止]/, '')}`);
  const isPart = period !== null && (!isYear(period) || /^全年|1[-—–~至到]12月|12月/.test(plain));
  return isPart ? period : null;
}

/** Between two months: 至, 到 and the dashes that people type. */
const TO = '[-—–~至到]';
/** "1-11月", "1月至11月", "1月1日至9月30日", "1-11" at the end of a name. */
const RANGE = new RegExp(
  `^[-./]?(\\d{1,2})月?(?:份|\\d{1,2}[日号])?${TO}(\\d{1,2})月|^[.]?(\\d{1,2})${TO}(\\d{1,2})(?=$|[^\\d一-龥])`,
);
/** A state of affairs at a month's end tells about the year up to it. */
const UNTIL = /截[至止]/;
const MOMENT = '(20\\d{2})[年./-]?(\\d{1,2})(?!\\d)月?份?(?:[./-]?\\d{1,2}[日号]?)?';
const MONTHS = new RegExp(`(?<!\\d)${MOMENT}${TO}${MOMENT}`);
const YEARS = new RegExp(`(?<!\\d)(20\\d{2})年?度?${TO}(20\\d{2})年`);

/** Both ends with their years: 2022-01至2022-02, 2021年10月至2022年3月, 2021-2022年; undefined when the text is no such thing. */
function findSpan(plain: string): Period | null | undefined {
  const months = MONTHS.exec(plain);
  if (months) return toRange(months[1], months[2], months[3], months[4]);
  const years = YEARS.exec(plain);
  return years ? toRange(years[1], '1', years[2], '12') : undefined;
}

/** Null when an end is no month or lies before the beginning. */
function toRange(fromYear = '', from = '', toYear = '', to = ''): Period | null {
  const range = { from: month(fromYear, Number(from)), to: month(toYear, Number(to)) };
  return isMonth(from) && isMonth(to) && range.from <= range.to ? range : null;
}

/** "低保202207.csv" */
function findCompact(plain: string): Period | null {
  const compact = /(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)/.exec(plain);
  if (!compact) return null;
  const only = `${compact[1]}-${compact[2]}`;
  return { from: only, to: only };
}

const isMonth = (text: string | undefined): boolean => Number(text) >= 1 && Number(text) <= 12;

const PART =
  /第?[一二三四1-4]季度|[上下]半年|(?<!\d)\d{1,2}月?[-—~至到]\d{1,2}月|(?<![\d一二三四五六七八九十])(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?!\d{1,2}日)/;

/**
 * The period of a sheet: of the first text that names a year, narrowed by a part of a year (1月, 一季度) in `narrow`
 * where that text names the whole year only. A sheet 3月 in 2023年发放表.xlsx is March 2023.
 */
export function findSheetPeriod(texts: string[], narrow: string[]): Period | null {
  const found = texts.map(findPeriod).find((period) => period !== null) ?? null;
  if (found === null || !isYear(found)) return found;
  for (const text of narrow) {
    const part = PART.exec(text.normalize('NFKC').replace(/\s/g, ''))?.[0];
    const narrowed = part ? findPeriod(`${found.from.slice(0, 4)}年${part}`) : null;
    if (narrowed) return narrowed;
  }
  return found;
}
