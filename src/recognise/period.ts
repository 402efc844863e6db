import type { Period } from '../model.ts';

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
