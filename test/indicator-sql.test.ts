/**
 * The SQL of every indicator stays within what DuckDB and PostgreSQL share, so that it can later be pushed to an engine
 * that speaks PostgreSQL: PostgreSQL's own grammar must parse it.
 */
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  toDistinctQuery,
  toMeasure,
  toPartsQuery,
  toSheetsQuery,
  toUndatedQuery,
} from '../src/aggregate/sql.ts';
import { type Indicator, loadCatalogue } from '../src/catalogue/index.ts';
import type { Dataset, Period } from '../src/model.ts';

const catalogue = loadCatalogue();
const PERIODS: Period[] = [
  { from: '2022-01', to: '2022-12' },
  { from: '2024-02', to: '2024-02' },
];
const DATASETS: Dataset[] = ['payouts', 'roll', 'events', 'services', 'funds'];
const SETS = [['county'], ['county', 'town'], ['county', 'town', 'village'], ['institution']];
const fromRows = [...catalogue.indicators.values()].filter(
  (indicator): indicator is Indicator & { 取自: Dataset } =>
    indicator.取自 !== undefined && indicator.取自 !== 'facts',
);

beforeAll(() => loadModule());

const parse = (sql: string): number => parseSync(sql).stmts?.length ?? 0;

describe('the SQL of indicators', () => {
  it('covers every indicator that is taken from rows', () => {
    expect(fromRows.length).toBeGreaterThan(40);
    expect(new Set(fromRows.map(({ 取自 }) => 取自))).toEqual(new Set(DATASETS));
  });

  it.each(fromRows)('of $id is PostgreSQL', (indicator) => {
    for (const period of PERIODS) {
      const measures = [toMeasure(indicator, period, catalogue)];
      expect(parse(toSheetsQuery(indicator.取自, measures, period))).toBe(1);
      expect(parse(toDistinctQuery(indicator.取自, measures, period) ?? 'select 1')).toBe(1);
      expect(parse(toUndatedQuery(indicator.取自, measures))).toBe(1);
      expect(parse(toPartsQuery(indicator.取自, measures, SETS, period, catalogue))).toBe(1);
    }
  });

  it.each(DATASETS)('of all indicators of %s together is one statement', (dataset) => {
    const [period = { from: '2022-01', to: '2022-12' }] = PERIODS;
    const measures = fromRows
      .filter(({ 取自 }) => 取自 === dataset)
      .map((indicator) => toMeasure(indicator, period, catalogue));
    expect(parse(toSheetsQuery(dataset, measures, period))).toBe(1);
    expect(parse(toDistinctQuery(dataset, measures, period) ?? 'select 1')).toBe(1);
  });

  it('stays one statement whatever a bureau writes as a condition', () => {
    const [first] = fromRows;
    if (!first) throw new Error('there is no indicator');
    const [period = { from: '2022-01', to: '2022-12' }] = PERIODS;
    const hostile = { ...first, 条件: { ...first.条件, 款项: ["x'); drop table s1; --", 'a"b'] } };
    expect(parse(toSheetsQuery(first.取自, [toMeasure(hostile, period, catalogue)], period))).toBe(1);
  });

  it('knows the last day of February', () => {
    const [first] = fromRows.filter(({ 取自 }) => 取自 === 'payouts');
    if (!first) throw new Error('there is no indicator');
    const leap = { from: '2024-02', to: '2024-02' };
    const sql = toSheetsQuery('payouts', [toMeasure(first, leap, catalogue)], leap);
    expect(sql).toContain("between date '2024-02-01' and date '2024-02-29'");
  });
});

describe('what only DuckDB understands', () => {
  it.each([
    'select list_filter([1, 2], lambda x: x > 1)',
    'select [1, 2, 3]',
    'select * exclude (amount) from all_payouts',
    'select sum(amount) from all_payouts group by all',
    'from all_payouts',
    "select {'a': 1}",
  ])('is refused, so that the tests above can fail: %s', (sql) => {
    expect(() => parseSync(sql)).toThrow();
  });
});
