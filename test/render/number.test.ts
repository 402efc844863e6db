import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toChineseNumeral } from '../../src/format.ts';
import type { Block } from '../../src/model.ts';
import { numberHeadings } from '../../src/render/number.ts';
import { heading, paragraph } from './sample.ts';

const DIGITS = '零一二三四五六七八九';

/** Reads a numeral the long way round. */
function readNumeral(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['零', numeral];
  return DIGITS.indexOf(tens || '一') * 10 + DIGITS.indexOf(ones || '零');
}

describe('toChineseNumeral', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [99, '九十九'],
  ])('writes %i as %s', (value, numeral) => expect(toChineseNumeral(value)).toBe(numeral));

  it('can be read back for every number from 1 to 99', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), (n) => readNumeral(toChineseNumeral(n)) === n));
  });

  it.each([0, 100, -1, 1.5, Number.NaN])('refuses %d', (value) => {
    expect(() => toChineseNumeral(value)).toThrow(RangeError);
  });
});

describe('numberHeadings', () => {
  it('writes the four levels of GB/T 9704 and starts again below each higher heading', () => {
    const levels = [1, 2, 2, 3, 4, 4, 3, 4, 1, 2, 3] as const;
    expect(numberHeadings(levels.map((level) => heading(level, '')))).toEqual([
      '一、',
      '（一）',
      '（二）',
      '1.',
      '（1）',
      '（2）',
      '2.',
      '（1）',
      '二、',
      '（一）',
      '1.',
    ]);
  });

  it('gives no number to other blocks and is not disturbed by them', () => {
    expect(numberHeadings([heading(1, ''), paragraph(), heading(1, '')])).toEqual(['一、', '', '二、']);
  });

  it('counts from 1 without a gap among the headings that share a parent', () => {
    const levels = fc.array(fc.constantFrom<1 | 2 | 3 | 4>(1, 2, 3, 4), { maxLength: 60 });
    fc.assert(
      fc.property(levels, (list) => {
        const numbers = numberHeadings(list.map((level): Block => heading(level, '')));
        list.forEach((level, at) => {
          const parent = list.slice(0, at).findLastIndex((other) => other < level);
          const siblings = list.slice(parent + 1, at).filter((other) => other === level).length;
          const count = level < 3 ? readNumeral(strip(numbers[at])) : Number(strip(numbers[at]));
          expect(count).toBe(siblings + 1);
        });
      }),
    );
  });
});

function strip(number = ''): string {
  return number.replace(/[（）、.]/g, '');
}
