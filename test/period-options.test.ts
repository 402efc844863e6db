/** --year, --period, --from and --to: which months are meant, and what is said when none are. */
import { describe, expect, it } from 'vitest';
import { type Flags, toConfig } from '../src/config.ts';

const periodOf = (flags: Flags) => toConfig(['x.csv'], flags).period;

describe('the period that is asked for', () => {
  it.each<[Flags, string, string]>([
    [{ year: '2022' }, '2022-01', '2022-12'],
    [{ period: '2024上半年' }, '2024-01', '2024-06'],
    [{ year: '2024', period: '下半年' }, '2024-07', '2024-12'],
    [{ year: '2024', period: '一季度' }, '2024-01', '2024-03'],
    [{ year: '2024', period: '全年' }, '2024-01', '2024-12'],
    [{ period: '2023年1-11月' }, '2023-01', '2023-11'],
    [{ period: '2022-01至2022-02' }, '2022-01', '2022-02'],
    [{ period: '截至2023年9月底' }, '2023-01', '2023-09'],
    [{ period: '2023-09底' }, '2023-01', '2023-09'],
    [{ year: '2023', period: '截至9月底' }, '2023-01', '2023-09'],
    [{ from: '2022-03', to: '2022-08' }, '2022-03', '2022-08'],
    [{ from: '2021-10', to: '2022-03' }, '2021-10', '2022-03'],
    [{ from: '2022-03-01', to: '2022-08-31' }, '2022-03', '2022-08'],
    [{ to: '2023年9月底' }, '2023-01', '2023-09'],
    [{ from: '2021', to: '2022' }, '2021-01', '2022-12'],
  ])('%o is %s to %s', (flags, from, to) => {
    expect(periodOf(flags)).toEqual({ from, to });
  });

  it.each<[Flags, string]>([
    [{ from: '2022-03' }, '写了 --from，还要写到哪个月'],
    [{ from: '2022-09', to: '2022-08' }, '在 --to 的“2022-08”之后'],
    [{ from: '2022-03-15', to: '2022-08' }, '不是月初'],
    [{ from: '2022-03', to: '2022-08-30' }, '不是月末'],
    [{ to: '八月' }, '不是年月'],
    [{ to: '2022-08', period: '2022年' }, '不能与 --from、--to 同时写'],
    [{ year: '2022', period: '旺季' }, '看不出是哪段时期'],
    [{ period: '2022-05至2022-02' }, '看不出是哪段时期'],
  ])('%o is refused with the reason', (flags, reason) => {
    expect(() => periodOf(flags)).toThrow(reason);
  });
});
