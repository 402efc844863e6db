/** What figures are set against: standards over the months, targets, last year. Expectations were worked out by hand. */
import { describe, expect, it } from 'vitest';
import { type Earlier, toNoted, toSinceYearEnd, toYearOnYear } from '../src/aggregate/comparison.ts';
import { findStep, toAverage } from '../src/aggregate/standards.ts';
import { toStated } from '../src/aggregate/stated.ts';
import { toCompletions } from '../src/aggregate/targets.ts';
import { parseWhen } from '../src/aggregate/when.ts';
import { IndicatorsFile, loadCatalogue } from '../src/catalogue/index.ts';
import { toYearBefore } from '../src/format.ts';
import type { Base, Figure, Target } from '../src/model.ts';
import type { StatedRow } from '../src/normalise/index.ts';

const YEAR = { from: '2022-01', to: '2022-12' };
const BEFORE = { from: '2021-01', to: '2021-12' };
const HALF = { from: '2024-01', to: '2024-06' };

const toFigure = (change: Partial<Figure>): Figure => ({
  id: '甲.乙',
  name: '乙',
  unit: '张',
  kind: '当期数',
  decimals: 0,
  period: YEAR,
  covered: null,
  status: 'known',
  value: '4413',
  text: '4413张',
  reason: null,
  basis: { type: 'none' },
  lastYear: null,
  yearEnd: null,
  targets: [],
  ...change,
});

const toBase = (value: string | null, change: Partial<Base> = {}): Base => ({
  period: BEFORE,
  value,
  where: '上年.csv',
  reason: value === null ? '两表重叠' : null,
  note: null,
  ...change,
});

const toTarget = (value: string, setter: string | null, period = YEAR): Target => ({
  value,
  setter,
  area: null,
  period,
  where: '任务指标.csv第2行',
});

describe('when a stated figure holds', () => {
  it.each([
    ['', '2024-01', '2024-06', false],
    ['本期', '2024-01', '2024-06', false],
    ['上年同期', '2023-01', '2023-06', false],
    ['上年', '2023-01', '2023-06', false],
    ['上年末', '2023-01', '2023-12', false],
    ['2023年', '2023-01', '2023-12', false],
    ['3月', '2024-03', '2024-03', false],
    ['2024年3月起', '2024-03', '2024-03', true],
    ['2017年以来', '2017-01', '2017-12', true],
  ])('%s in a report of the first half of 2024: %s to %s', (text, from, to, open) => {
    expect(parseWhen(text, HALF)).toEqual({ period: { from, to }, open });
  });

  it('is not guessed', () => {
    expect(parseWhen('待定', HALF)).toEqual(null);
  });
});

describe('a standard that changes inside the year', () => {
  const steps = [
    { from: '2021-01', value: '740' },
    { from: '2022-07', value: '860' },
  ];

  it('is the one of the month', () => {
    expect(findStep(steps, '2022-06')?.value).toBe('740');
    expect(findStep(steps, '2022-07')?.value).toBe('860');
    expect(findStep(steps, '2020-12')).toBeUndefined();
  });

  it('is weighted by the months for which each held: six of 740 and six of 860', () => {
    expect(toAverage(steps, YEAR)?.value).toBe('800');
    // Nine months of 740 and three of 860: 9240 ÷ 12.
    expect(toAverage([steps[0] ?? never(), { from: '2022-10', value: '860' }], YEAR)?.value).toBe('770');
  });

  it('has no mean where it stays the same, or where a month is not known', () => {
    expect(toAverage(steps, BEFORE)).toBeNull();
    expect(toAverage([{ from: '2022-07', value: '860' }], YEAR)).toBeNull();
  });
});

function never(): never {
  throw new Error('no step');
}

describe('completion', () => {
  it('is told for each setter, with what is left or more than was set', () => {
    const figure = toFigure({ targets: [toTarget('4000', '民政部'), toTarget('5000', '市自定')] });
    expect(toCompletions(figure, '4413').map(({ id, text }) => [id, text])).toEqual([
      ['甲.乙#完成率', '110.3%'],
      ['甲.乙#差额', '超额413张'],
      ['甲.乙#完成率2', '88.3%'],
      ['甲.乙#差额2', '还差587张'],
    ]);
  });

  it('of a yearly target is against the whole of it, of a later one is not told', () => {
    const period = { from: '2022-01', to: '2022-11' };
    const later = toTarget('9000', '市', { from: '2023-01', to: '2023-12' });
    const figure = toFigure({ period, targets: [toTarget('8000', '部'), later] });
    expect(toCompletions(figure, '7811').map(({ text }) => text)).toEqual(['97.6%', '还差189张']);
  });

  it('is not reckoned against nothing', () => {
    const [share] = toCompletions(toFigure({ targets: [toTarget('0', null)] }), '3');
    expect(share?.text).toBe('〔待核：目标为0，无法计算完成率〕');
  });
});

describe('a comparison', () => {
  it('prints its base, and from where it is', () => {
    const growth = toYearOnYear(toFigure({}), '4413', toBase('4000'));
    expect(growth.text).toBe('同比增长10.3%');
    expect(growth.basis).toEqual({
      type: 'derived',
      formula: '（本年 − 上年）÷ 上年，上年为4000张（上年.csv）',
      from: ['甲.乙'],
    });
    expect(toSinceYearEnd(toFigure({}), '3880', toBase('4000')).text).toBe('较上年末下降3%');
  });

  it('of percentages is in 百分点', () => {
    const share = toFigure({ unit: '%', kind: '比率', decimals: 1 });
    expect(toYearOnYear(share, '0.57', toBase('0.5')).text).toBe('同比提高7个百分点');
    expect(toYearOnYear(share, '0.57', toBase('0')).text).toBe('同比提高57个百分点');
  });

  it.each([
    ['0', '上年为0，不计增长率'],
    ['-5', '上年为负数，不计增长率'],
  ])('with %s is worded, never infinite', (value, text) => {
    expect(toYearOnYear(toFigure({}), '7', toBase(value)).text).toBe(text);
  });

  it('with data of last year that are in doubt is in doubt itself', () => {
    expect(toYearOnYear(toFigure({}), '7', toBase(null)).text).toBe('〔待核：上年数两表重叠〕');
  });

  it('of flows of different length, or by another definition, carries a note', () => {
    const basis = { type: 'rows' as const, formula: '行数', filter: '新', sources: [], setAside: [] };
    const earlier = (change: Partial<Earlier>): Earlier => ({
      ...toBase('1'),
      definition: '行数，新',
      covered: null,
      ...change,
    });
    const covered = { from: '2021-01', to: '2021-11' };
    expect(toNoted(toFigure({ basis }), earlier({})).note).toBeNull();
    expect(toNoted(toFigure({ basis }), earlier({ definition: '行数，旧' })).note).toBe(
      '口径与上年不同（上年为“行数，旧”，本年为“行数，新”）',
    );
    expect(toNoted(toFigure({ basis }), earlier({ covered })).note).toBe(
      '本年的数据是2022年的，上年的是2021年1—11月的，长短不同',
    );
    // A stock at the end of the year is the same thing however long the year was covered.
    expect(toNoted(toFigure({ basis, kind: '期末数' }), earlier({ covered })).note).toBeNull();
  });
});

describe('a stock', () => {
  const define = (spec: Record<string, unknown>) =>
    loadCatalogue({
      templates: null,
      indicators: IndicatorsFile.parse({ 本局: { 数: { 名称: '数', 单位: '人', 类别: '期末数', ...spec } } }),
      from: null,
    });

  it('cannot be made by adding the months of a list of payments', () => {
    const condition = { 业务: '低保', 款项: '低保金' };
    expect(() => define({ 取自: 'payouts', 条件: condition, 计算: '人次合计' })).toThrow(
      '是期末数，只能取自名册的期初或期末',
    );
  });

  it('is not whoever was on the roll some time', () => {
    const roll = { 取自: 'roll', 条件: { 业务: '特困' }, 计算: '人数去重' };
    expect(() => define({ ...roll, 时点: '期内' })).toThrow('各月的行加起来不是存量');
    expect(define({ ...roll, 时点: '期末' }).indicators.has('本局.数')).toBe(true);
  });
});

describe('stated rows', () => {
  const catalogue = loadCatalogue();
  const toRow = (indicator: string, value: string, change: Partial<StatedRow> = {}): StatedRow => ({
    dataset: 'facts',
    file: '手工填报.csv',
    sheet: '',
    row: 2,
    indicator,
    value,
    before: '',
    unit: '',
    period: '',
    area: '',
    note: '',
    measure: '',
    lead: '',
    ...change,
  });
  const state = (rows: StatedRow[], report: { from: string; to: string }, wanted = report) =>
    toStated(rows, { wanted, report }, catalogue);

  it('of a whole year are no base for the flow of a half', () => {
    const rows = [toRow('殡葬.劝阻陋俗起数', '40', { period: '2023年' })];
    expect(state(rows, HALF, toYearBefore(HALF)).current.size).toBe(0);
    expect(state(rows, HALF).setAside).toHaveLength(1);
  });

  it('of a stock are a base only where they stand at the very end', () => {
    const rows = [toRow('基层治理.社工站数', '8', { period: '2023年' })];
    expect(state(rows, HALF, toYearBefore(HALF)).current.size).toBe(0);
    expect(state(rows, HALF, { from: '2023-01', to: '2023-12' }).current.size).toBe(1);
  });

  it('without a period belong to the report, never to the year before', () => {
    const rows = [toRow('基层治理.社工站数', '8')];
    expect(state(rows, YEAR).current.size).toBe(1);
    expect(state(rows, YEAR, BEFORE).current.size).toBe(0);
  });

  it('may give last year beside this year', () => {
    const rows = [toRow('殡葬.劝阻陋俗起数', '', { before: '30' })];
    const value = (wanted: { from: string; to: string }) =>
      state(rows, YEAR, wanted).current.get('殡葬.劝阻陋俗起数')?.[0]?.value;
    expect(value(YEAR)).toBeUndefined();
    expect(value(BEFORE)).toBe('30');
  });

  it('of a target serve until they are due, and later ones are kept', () => {
    const target = (value: string, period: string) =>
      toRow('养老服务.家庭养老床位数', value, { dataset: 'targets', period });
    const rows = [target('不低于4000', '2024年'), target('5000张以上', '2024年'), target('1', '2023年')];
    const stated = state(rows, HALF);
    expect(stated.targets.get('养老服务.家庭养老床位数')?.map(({ value }) => value)).toEqual(['4000']);
    expect(stated.setAside.map(({ reason }) => reason)).toEqual(['值不是数字', '不在本期']);
  });
});
