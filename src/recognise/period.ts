import type { Period } from '../model.ts';
import { findMonth } from './month.ts';

const month = (year: string, number: number): string => `${year}-${String(number).padStart(2, '0')}`;
const QUARTERS = ['一', '二', '三', '四'];

/** The period that a title, sheet name or file name names; null when it names no year. */
export function findPeriod(text: string): Period | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const year = /(?<!\d)(20\d{2})(?=年|年度|[^\d]|$)/.exec(plain)?.[1];
  if (year === undefined) return findCompact(plain);
  const rest = plain.slice(plain.indexOf(year) + 4).replace(/^年度?/, '');
  const range = /^(\d{1,2})月?[-—~至到](\d{1,2})月/.exec(rest);
  if (range && isMonth(range[1]) && isMonth(range[2]))
    return { from: month(year, Number(range[1])), to: month(year, Number(range[2])) };
  const single = /^[-./]?(\d{1,2})(?:月|$|[^\d])/.exec(rest);
  if (single && isMonth(single[1]))
    return { from: month(year, Number(single[1])), to: month(year, Number(single[1])) };
  const worded = findMonth(rest);
  if (worded) return { from: `${year}-${worded.month}`, to: `${year}-${worded.month}` };
  if (rest.startsWith('上半年')) return { from: month(year, 1), to: month(year, 6) };
  if (rest.startsWith('下半年')) return { from: month(year, 7), to: month(year, 12) };
  const quarter = QUARTERS.indexOf(
    /^第?([一二三四1-4])季度/.exec(rest)?.[1]?.replace(/[1-4]/, (d) => QUARTERS[Number(d) - 1] ?? '') ?? '',
  );
  if (quarter >= 0) return { from: month(year, quarter * 3 + 1), to: month(year, quarter * 3 + 3) };
  return { from: month(year, 1), to: month(year, 12) };
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
  if (found === null || found.from.slice(5) !== '01' || found.to.slice(5) !== '12') return found;
  for (const text of narrow) {
    const part = PART.exec(text.normalize('NFKC').replace(/\s/g, ''))?.[0];
    const narrowed = part ? findPeriod(`${found.from.slice(0, 4)}年${part}`) : null;
    if (narrowed) return narrowed;
  }
  return found;
}
