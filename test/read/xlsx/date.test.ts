import { describe, expect, it } from 'vitest';
import { DATE, ELAPSED, NUMBER, TIME, toDateText, toIsoText } from '../../../src/read/xlsx/date.ts';
import { parseFormat } from '../../../src/read/xlsx/styles.ts';

/** Days from one date to another, by the calendar of JavaScript. */
const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

describe('serial numbers as dates', () => {
  it('counts as Excel documents it: 44927 is 2023-01-01, 1 is 1900-01-01, 60 a day that never was', () => {
    expect(toDateText(44_927, DATE, false)).toBe('2023-01-01');
    expect(toDateText(1, DATE, false)).toBe('1900-01-01');
    expect(toDateText(59, DATE, false)).toBe('1900-02-28');
    expect(toDateText(60, DATE, false)).toBe('1900-02-29');
    expect(toDateText(61, DATE, false)).toBe('1900-03-01');
    expect(toDateText(2_958_465, DATE, false)).toBe('9999-12-31');
  });

  it('counts from 1904-01-01 in the 1904 system', () => {
    expect(toDateText(0, DATE, true)).toBe('1904-01-01');
    expect(toDateText(daysFrom('1904-01-01', '2022-03-15'), DATE, true)).toBe('2022-03-15');
    expect(toDateText(2_957_003, DATE, true)).toBe('9999-12-31');
    expect(toDateText(2_957_004, DATE, true)).toBeNull();
  });

  it('adds the time where there is one, rounded to the second', () => {
    const day = daysFrom('1899-12-30', '2022-03-15');
    expect(toDateText(day + 8.5 / 24, DATE, false)).toBe('2022-03-15T08:30:00');
    expect(toDateText(day - 1e-9, DATE, false)).toBe('2022-03-15');
    expect(toDateText(day, TIME, false)).toBe('2022-03-15');
  });

  it('gives a time alone for a part of a day, and hours beyond 24 where time has elapsed', () => {
    expect(toDateText(8.5 / 24, TIME, false)).toBe('08:30:00');
    expect(toDateText(0, TIME, false)).toBe('00:00:00');
    expect(toDateText(0.5, DATE, false)).toBe('12:00:00');
    expect(toDateText(1.5, ELAPSED, false)).toBe('36:00:00');
  });

  it('has no date for what Excel shows as #### or as day 0', () => {
    for (const serial of [-1, 2_958_466, Number.NaN]) expect(toDateText(serial, DATE, false)).toBeNull();
    expect(toDateText(0, DATE, false)).toBeNull();
  });

  it.each([
    ['2022-03-15', '2022-03-15'],
    ['2022-03-15T00:00:00', '2022-03-15'],
    ['2022-03-15T08:30:00.000Z', '2022-03-15T08:30:00'],
    ['2022-03-15T08:30', '2022-03-15T08:30:00'],
    ['T08:30:00', '08:30:00'],
    ['二〇二二年', '二〇二二年'],
    ['', ''],
  ])('takes the ISO text %s as %s', (stored, text) => expect(toIsoText(stored)).toBe(text));
});

describe('number formats', () => {
  it.each([
    ['yyyy"年"m"月"', DATE],
    ['yyyy年m月d日', DATE],
    ['[$-804]yyyy/m/d', DATE],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', DATE],
    ['[DBNum1][$-804]yyyy"年"m"月"d"日";@', DATE],
    ['aaaa', DATE],
    ['m"月"d"日"', DATE],
    ['mmm', DATE],
    ['e-m-d', DATE],
    ['[=0]"";yyyy-mm-dd', DATE],
    ['[Red]yyyy-mm-dd', DATE],
    ['yyyy/m/d h:mm', DATE],
    ['h:mm', TIME],
    ['mm:ss.0', TIME],
    ['上午/下午h"时"mm"分"', TIME],
    ['[h]:mm', ELAPSED],
    ['[mm]:ss', ELAPSED],
    ['General', NUMBER],
    ['G/通用格式', NUMBER],
    ['General"日"', NUMBER],
    ['0"年"', NUMBER],
    ['0年', NUMBER],
    ['0.00E+00', NUMBER],
    ['##0.0E-0', NUMBER],
    ['#,##0.00_);[Red]\\(#,##0.00\\)', NUMBER],
    ['_ [$¥-804]* #,##0.00_ ', NUMBER],
    ['0.00\\d', NUMBER],
    ['0.00"days"', NUMBER],
    ['[Yellow][>=100]0', NUMBER],
    ['0_d', NUMBER],
    ['@', NUMBER],
    ['', NUMBER],
  ])('%s', (code, kind) => expect(parseFormat(code)).toBe(kind));
});
