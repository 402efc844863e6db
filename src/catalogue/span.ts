import type { Period } from '../model.ts';

/** What a 时间 says: the period of one indicator, given the report's. */
export type Span = (period: Period) => Period;

const NUMERALS = '零一二三四五六七八九十';
const toCount = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : Math.max(NUMERALS.indexOf(text), 0);

const yearOf = (month: string): number => Number(month.slice(0, 4));
const toYear = (year: number): Period => ({ from: `${year}-01`, to: `${year}-12` });
const toMonth = (year: string, month: string): string => `${year}-${month.padStart(2, '0')}`;

/** The month `count` months later; earlier when negative. */
function toLater(month: string, count: number): string {
  const months = yearOf(month) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return toMonth(String(Math.floor(months / 12)), String((months % 12) + 1));
}

const FORMS: [RegExp, (found: string[]) => Span][] = [
  [
    /^(20\d\d)年$/,
    ([, year = '']) =>
      () =>
        toYear(Number(year)),
  ],
  [
    /^(20\d\d)年(\d{1,2})月$/,
    ([, year = '', month = '']) =>
      () => ({ from: toMonth(year, month), to: toMonth(year, month) }),
  ],
  [
    /^(20\d\d)年(?:(\d{1,2})月)?以来$/,
    ([, year = '', month = '1']) =>
      ({ to }) => ({ from: toMonth(year, month), to }),
  ],
  [
    /^近(\d+|[一二三四五六七八九十])年$/,
    ([, count = '']) =>
      ({ to }) => ({ from: `${yearOf(to) - toCount(count) + 1}-01`, to }),
  ],
  [
    /^近(\d+|[一二三四五六七八九十])个?月$/,
    ([, count = '']) =>
      ({ to }) => ({ from: toLater(to.slice(0, 7), 1 - toCount(count)), to }),
  ],
  [
    /^近(\d+|[一二三四五六七八九十])[日天]$/,
    ([, count = '']) =>
      ({ to }) =>
        toLastDays(to, toCount(count)),
  ],
  [
    /^当月$/,
    () =>
      ({ to }) => ({ from: to.slice(0, 7), to }),
  ],
  [
    /^上月$/,
    () =>
      ({ to }) => ({ from: toLater(to.slice(0, 7), -1), to: toLater(to.slice(0, 7), -1) }),
  ],
  [
    /^本年$/,
    () =>
      ({ to }) => ({ from: `${yearOf(to)}-01`, to }),
  ],
  [
    /^上年$/,
    () =>
      ({ to }) =>
        toYear(yearOf(to) - 1),
  ],
  [
    /^上年同期$/,
    () =>
      ({ from, to }) => ({
        from: `${yearOf(from) - 1}${from.slice(4)}`,
        to: `${yearOf(to) - 1}${to.slice(4)}`,
      }),
  ],
];

/** Days are written whole, months as months. */
function toLastDays(to: string, count: number): Period {
  const [year = 0, month = 0, day] = to.split('-').map(Number);
  const last = new Date(day === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, day));
  const first = new Date(last.getTime() - (count - 1) * 86_400_000);
  const print = (date: Date) => date.toISOString().slice(0, 10);
  return { from: print(first), to: print(last) };
}

/** Parses a 时间; null when it is none of the forms. */
export function parseSpan(text: string): Span | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  for (const [pattern, toSpan] of FORMS) {
    const found = pattern.exec(plain);
    if (found) return toSpan([...found]);
  }
  return null;
}

/** The forms of 时间, for messages. */
export const SPAN_FORMS =
  '2019年、2019年3月、2017年以来、近3年、近6个月、近7日、当月、上月、本年、上年、上年同期';
