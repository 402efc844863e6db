/** Numbers and periods as they stand in a document. Expectations follow GB/T 15835 and the habits of published reports. */
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  toChangeText,
  toFloor,
  toGapText,
  toGrowthText,
  toMomentText,
  toNumber,
  toPeriodText,
  toPointsText,
  toQuotient,
  toRangeText,
  toRounded,
  toScale,
  toSinceText,
  toText,
  toYearBefore,
} from '../src/format.ts';

describe('rounding', () => {
  it.each([
    ['0.125', 2, '0.13'],
    ['0.124999', 2, '0.12'],
    ['2.5', 0, '3'],
    ['3.5', 0, '4'],
    ['0.5', 0, '1'],
    ['0.4999', 0, '0'],
    // 1.005 and 8.345 are a little less in binary; in decimals they are exactly half.
    ['1.005', 2, '1.01'],
    ['8.345', 2, '8.35'],
    ['-0.5', 0, '-1'],
    ['-2.5', 0, '-3'],
    ['-0.125', 2, '-0.13'],
    ['-0.124', 2, '-0.12'],
    ['9.995', 2, '10'],
    ['12345678901234567890.125', 2, '12345678901234567890.13'],
  ])('%s to %i places is %s (四舍五入)', (value, decimals, text) => {
    expect(toRounded(new Big(value), decimals)).toBe(text);
  });

  it('of a small negative number is 0, not -0', () => {
    expect(toRounded(new Big('-0.004'), 2)).toBe('0');
    expect(toText('-0.4', '户', 0)).toBe('0户');
  });

  it.each([
    ['9.70', 2, '9.7'],
    ['2385.50', 2, '2385.5'],
    ['2.00', 2, '2'],
    ['100', 0, '100'],
    ['0', 2, '0'],
  ])('drops trailing zeros of %s, and only those after the point', (value, decimals, text) => {
    expect(toRounded(new Big(value), decimals)).toBe(text);
  });

  it('moves a number by half a unit of its last place at most', () => {
    const property = fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.integer({ min: 0, max: 4 }),
      (parts, decimals) => {
        const value = new Big(parts.toString()).div(1_000_000);
        const gap = new Big(toRounded(value, decimals)).minus(value).abs();
        expect(gap.times(2).lte(new Big(10).pow(-decimals))).toBe(true);
      },
    );
    fc.assert(property);
  });
});

describe('units', () => {
  it.each([
    ['28504600', '万元', 2, '2850.46万元'],
    ['97000', '万元', 2, '9.7万元'],
    ['23855000', '万元', 2, '2385.5万元'],
    ['20000', '万元', 2, '2万元'],
    ['49', '万元', 2, '0万元'],
    ['50', '万元', 2, '0.01万元'],
    ['123456789', '亿元', 2, '1.23亿元'],
    ['433300', '万人', 2, '43.33万人'],
    ['106200', '万人', 2, '10.62万人'],
    ['203456', '万人次', 2, '20.35万人次'],
    ['0.2451', '%', 2, '24.51%'],
    ['0.096', '%', 1, '9.6%'],
    ['0.4', '%', 1, '40%'],
    ['1.22', '%', 1, '122%'],
    ['855', '元/人·月', 2, '855元'],
    ['838.3705882352941', '元', 2, '838.37元'],
    ['3.8418079096', '张', 2, '3.84张'],
    ['3028', '人', 0, '3028人'],
    ['0', '户', 0, '0户'],
  ])('%s in %s is %s', (value, unit, decimals, text) => {
    expect(toText(value, unit, decimals)).toBe(text);
  });

  it('have no separators in prose', () => {
    expect(toText('12345678', '元', 2)).toBe('12345678元');
  });

  it('fall away where only the number is wanted', () => {
    expect(toNumber('855', '元/人·月', 2)).toBe('855');
    expect(toNumber('28504600', '万元', 2)).toBe('2850.46');
  });

  it.each([
    '万元',
    '万人',
    '万人次',
    '万户',
    '万户次',
    '万名',
    '万个',
    '万对',
    '万次',
    '万件',
    '万张',
    '万条',
  ])('%s is ten thousand, whatever is counted', (unit) => {
    expect(toScale(unit).toFixed()).toBe('10000');
  });

  it.each([
    ['亿元', '100000000'],
    ['%', '0.01'],
    ['元', '1'],
    ['人次', '1'],
    ['元/人·月', '1'],
  ])('%s is %s', (unit, scale) => {
    expect(toScale(unit).toFixed()).toBe(scale);
  });
});

describe('a floor', () => {
  it.each([
    ['203456', '人次', '20.34万余人次'],
    ['203400', '人次', '20.34万人次'],
    ['203499', '人次', '20.34万余人次'],
    ['209999', '人次', '20.99万余人次'],
    ['10000', '人次', '1万人次'],
    ['10001', '人次', '1万余人次'],
    ['9999', '人次', '9999人次'],
    ['0', '人次', '0人次'],
    ['28504699', '万元', '2850.46万余元'],
    ['28504600', '万元', '2850.46万元'],
  ])('of %s%s is %s: 余 only where something was cut off', (value, unit, text) => {
    expect(toFloor(value, unit)).toBe(text);
  });

  it('is never more than the number, and less than it by under 100', () => {
    const property = fc.property(fc.integer({ min: 10_000, max: 2_000_000_000 }), (count) => {
      const [, printed, more] = /^([\d.]+)万(余?)人次$/.exec(toFloor(String(count), '人次')) ?? [];
      const floor = Math.round(Number(printed) * 10_000);
      expect(floor).toBeLessThanOrEqual(count);
      expect(count - floor).toBeLessThan(100);
      expect(more === '余').toBe(count !== floor);
    });
    fc.assert(property);
  });
});

describe('change', () => {
  it.each([
    // 855 from 795 is 7.5471…%, 1120 from 1035 is 8.2125…%, 1576 from 1116 is 41.2186…%.
    ['795', '855', '增长7.5%'],
    ['1035', '1120', '增长8.2%'],
    ['1116', '1576', '增长41.2%'],
    ['100', '97', '下降3%'],
    ['1000', '999', '下降0.1%'],
    ['2000', '2001', '增长0.1%'],
    ['10000', '10004', '持平'],
    ['10000', '9996', '持平'],
    ['100', '100', '持平'],
    ['1', '3', '增长200%'],
    ['5', '0', '下降100%'],
  ])('from %s to %s is %s', (before, now, text) => {
    const growth = toQuotient(new Big(now).minus(before), new Big(before)).toFixed();
    expect(toChangeText(growth, 1)).toBe(text);
    expect(toGrowthText(toChangeText(growth, 1))).toBe(text === '持平' ? '与上年持平' : `同比${text}`);
  });
});

describe('a difference of percentages', () => {
  it.each([
    ['0.012', '提高1.2个百分点', '同比提高1.2个百分点', '较上年末提高1.2个百分点'],
    ['-0.03', '下降3个百分点', '同比下降3个百分点', '较上年末下降3个百分点'],
    ['0.0004', '持平', '与上年持平', '与上年末持平'],
  ])('%s is %s, not a rate of growth', (difference, text, growth, since) => {
    expect(toPointsText(difference, 1)).toBe(text);
    expect(toGrowthText(text)).toBe(growth);
    expect(toSinceText(text)).toBe(since);
  });
});

describe('the gap to a target', () => {
  it.each([
    ['587', '张', 0, '还差587张'],
    ['-413', '张', 0, '超额413张'],
    ['0', '张', 0, '正好完成'],
    ['-1234567', '万元', 2, '超额123.46万元'],
    ['0.08', '%', 1, '还差8个百分点'],
  ])('%s %s is %s', (gap, unit, decimals, text) => {
    expect(toGapText(gap, unit, decimals)).toBe(text);
  });
});

describe('a quotient', () => {
  it('times its denominator gives the numerator again, to forty places', () => {
    const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    const count = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const property = fc.property(amount, count, (cents, persons) => {
      const numerator = new Big(cents.toString()).div(100);
      const denominator = new Big(persons.toString());
      const gap = numerator.minus(toQuotient(numerator, denominator).times(denominator)).abs();
      expect(gap.lte(denominator.times('1e-38'))).toBe(true);
    });
    fc.assert(property);
  });

  it('of a third is cut off, not rounded: the one rounding is at print', () => {
    expect(toQuotient(new Big(2), new Big(3)).toFixed()).toBe(`0.${'6'.repeat(40)}`);
  });

  it('of 28504600 by 34000 is printed as 838.37', () => {
    expect(toText(toQuotient(new Big(28504600), new Big(34000)).toFixed(), '元', 2)).toBe('838.37元');
  });

  it('leaves other numbers of the program as they are', () => {
    toQuotient(new Big(1), new Big(3));
    expect(new Big(1).div(3).toFixed()).toBe('0.33333333333333333333');
  });
});

describe('periods', () => {
  it.each([
    ['2022-01', '2022-12', '全年', '2022年', '截至2022年底'],
    ['2022-01', '2022-11', '1—11月', '2022年1—11月', '截至2022年11月底'],
    ['2022-01', '2022-06', '上半年', '2022年上半年', '截至2022年6月底'],
    ['2022-09', '2022-09', '9月', '2022年9月', '截至2022年9月底'],
    ['2022-07', '2022-12', '下半年', '2022年下半年', '截至2022年底'],
    ['2022-04', '2022-06', '二季度', '2022年二季度', '截至2022年6月底'],
    ['2021-10', '2022-03', '2021年10月至2022年3月', '2021年10月至2022年3月', '截至2022年3月底'],
    ['2017-01', '2019-12', '2017—2019年', '2017—2019年', '截至2019年底'],
    [
      '2022-12-25',
      '2022-12-31',
      '2022年12月25日至2022年12月31日',
      '2022年12月25日至2022年12月31日',
      '截至2022年12月底',
    ],
  ])('%s to %s is %s', (from, to, range, named, moment) => {
    expect(toRangeText({ from, to })).toBe(range);
    expect(toPeriodText({ from, to })).toBe(named);
    expect(toMomentText({ from, to })).toBe(moment);
  });

  it('a year before have the same months', () => {
    expect(toYearBefore({ from: '2022-01', to: '2022-11' })).toEqual({ from: '2021-01', to: '2021-11' });
    expect(toYearBefore({ from: '2021-10', to: '2022-03' })).toEqual({ from: '2020-10', to: '2021-03' });
    expect(toYearBefore({ from: '2000-01', to: '2000-12' })).toEqual({ from: '1999-01', to: '1999-12' });
  });
});
