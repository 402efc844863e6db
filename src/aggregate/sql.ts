import { type Catalogue, type Indicator, toList } from '../catalogue/index.ts';
import type { Dataset, Period } from '../model.ts';
import { toDays, toInside } from '../normalise/index.ts';
import { toIdentifier, toLiteral } from '../store/index.ts';
import { toKindAmount, toKindFilters } from './kinds.ts';

/** An indicator's parts as SQL, all within what DuckDB and PostgreSQL share. */
export interface Measure {
  indicator: Indicator;
  /** How the rows that count are put together. */
  by: 'count' | 'distinct' | 'sum';
  /** What is summed or told apart. */
  value: string;
  /** Which rows count. */
  filter: string;
  /** Column that must not be null in a row that counts; null when none is needed. */
  needed: string | null;
  /** True of rows that lack the needed value. */
  lacking: string;
}

/** Name of a field in 条件 and 字段 → column. */
export function toColumn(name: string, catalogue: Catalogue): string {
  for (const [id, spec] of catalogue.fields) if (spec.名称 === name) return id;
  throw new Error(`no field is named ${name}`);
}

/** Programmes that a condition means: a collective name includes its parts. */
export function toProgrammes(indicator: Indicator, catalogue: Catalogue): string[] {
  return toList(indicator.条件.业务).flatMap((name) => [
    name,
    ...(catalogue.programmes.get(name)?.包含 ?? []),
  ]);
}

/** Translates an indicator that is taken from rows. */
export function toMeasure(indicator: Indicator, period: Period, catalogue: Catalogue): Measure {
  const needed = toNeeded(indicator, catalogue);
  return {
    indicator,
    ...toAggregation(indicator, needed, catalogue),
    filter: toFilters(indicator, period, catalogue).join(' and ') || 'true',
    needed,
    lacking: toLacking(needed, indicator),
  };
}

/** What must hold of a row that counts, beside its period. */
export const toFilters = (indicator: Indicator, period: Period, catalogue: Catalogue): string[] => [
  ...toConditions(indicator, catalogue),
  ...toKindFilters(indicator, catalogue),
  ...toMoment(indicator, period, catalogue),
];

/** A ledger of money has dates and one entry a row: an amount that is not written there is none that is missing. */
function toLacking(needed: string | null, { 取自 }: Indicator): string {
  if (needed === null) return 'false';
  const empty = `${toIdentifier(needed)} is null`;
  return 取自 === 'funds' ? `${empty} and "date" is null and "month" is null` : empty;
}

function toNeeded(indicator: Indicator, catalogue: Catalogue): string | null {
  switch (indicator.计算) {
    case '户数去重':
      return 'unit_household';
    case '人数去重':
      return 'person_id';
    case '人次合计':
      return 'headcount';
    case '月平均':
      return indicator.取自 === 'payouts' ? 'headcount' : null;
    case '金额合计':
      return 'amount';
    case '合计':
    case '去重':
      return toColumn(indicator.字段 ?? '', catalogue);
    default:
      return null;
  }
}

function toAggregation(
  { 计算 }: Indicator,
  needed: string | null,
  catalogue: Catalogue,
): Pick<Measure, 'by' | 'value'> {
  if (计算 === '补发' || 计算 === '追缴')
    return { by: 'sum', value: toKindAmount(计算, catalogue.checks.发放) };
  if (needed === null) return { by: 'count', value: '1' };
  return { by: 计算?.endsWith('去重') ? 'distinct' : 'sum', value: toIdentifier(needed) };
}

function toConditions(indicator: Indicator, catalogue: Catalogue): string[] {
  return Object.entries(indicator.条件).map(([name, value]) => {
    const values = name === '业务' ? toProgrammes(indicator, catalogue) : toList(value);
    return `${toIdentifier(toColumn(name, catalogue))} in (${values.map(toLiteral).join(', ')})`;
  });
}

/** 时点 of a roll. `stop` is the first day that no longer counts. */
function toMoment(indicator: Indicator, period: Period, catalogue: Catalogue): string[] {
  const { from, to } = toDays(period);
  const left = catalogue.layouts.byDataset.get('roll')?.离册状态 ?? [];
  const stays =
    left.length > 0
      ? [`(stop is not null or state is null or state not in (${left.map(toLiteral).join(', ')}))`]
      : [];
  switch (indicator.时点) {
    case '期末':
      return [`(start is null or start <= ${to})`, `(stop is null or stop > ${to})`, ...stays];
    case '期初':
      return [`start < ${from}`, `(stop is null or stop >= ${from})`, ...stays];
    case '期内':
      return [`(start is null or start <= ${to})`, `(stop is null or stop > ${from})`];
    case '期内新增':
      return [`start between ${from} and ${to}`];
    case '期内发生':
      return [`"date" between ${from} and ${to}`];
    case '期内终止':
      return [`stop between ${from} and ${to}`];
    default:
      return [];
  }
}

/** Rows of a dataset that may count in a period: not set aside, and dated inside it where rows have dates. */
export const toRows = (dataset: Dataset, period: Period): string =>
  `aside is null and ${toInside(dataset, period)}`;

/** An average over the months that were paid; where nothing happened in a month, that month counts as well. */
export const isShared = ({ 计算, 取自 }: Indicator): boolean => 计算 === '月平均' && 取自 === 'payouts';

/** Cases rather than filters: a filter costs as much as all columns together, once for every aggregate. */
const when = (condition: string, value: string): string => `case when ${condition} then ${value} end`;

const toValueColumn = ({ by, value, filter }: Measure, i: number): string =>
  `${by === 'sum' ? 'sum(' : by === 'count' ? 'count(' : 'count(distinct '}${when(filter, value)}) as v${i}`;

/** n (rows) and m (rows that lack the needed value, where one is needed). */
const toCounts = ({ filter, needed, lacking }: Measure, i: number): string[] => [
  `count(${when(filter, '1')}) as n${i}`,
  ...(needed === null ? [] : [`count(${when(`${filter} and ${lacking}`, '1')}) as m${i}`]),
];

/** k: months, where the value is shared out over them. */
const toMonths = ({ indicator, filter }: Measure, i: number): string[] =>
  isShared(indicator) ? [`count(distinct ${when(filter, `date_trunc('month', on_day)`)}) as k${i}`] : [];

/**
 * One query for where the rows are, and what they add up to: per sheet v0 (not of a distinct count, which does not add
 * up), n0 (rows), m0 (rows that lack the needed value), f0 (first row), l0 (last row) …
 */
export function toSheetsQuery(dataset: Dataset, measures: Measure[], period: Period): string {
  const columns = measures.flatMap((measure, i) => [
    ...(measure.by === 'distinct' ? [] : [toValueColumn(measure, i)]),
    ...toCounts(measure, i),
    `min(${when(measure.filter, 'row')}) as f${i}`,
    `max(${when(measure.filter, 'row')}) as l${i}`,
  ]);
  return `select sheet, ${columns.join(', ')} from all_${dataset} where ${toRows(dataset, period)} group by sheet order by sheet`;
}

/** One query for what cannot be added up over sheets: v0 of distinct counts, k0 … Null when there is none. */
export function toDistinctQuery(dataset: Dataset, measures: Measure[], period: Period): string | null {
  const columns = measures.flatMap((measure, i) => [
    ...(measure.by === 'distinct' ? [toValueColumn(measure, i)] : []),
    ...toMonths(measure, i),
  ]);
  if (columns.length === 0) return null;
  return `select ${columns.join(', ')} from all_${dataset} where ${toRows(dataset, period)}`;
}

/**
 * How many persons or households the rows are about, 3 for three and more; rows that name none say at most how many at a
 * time. Null of things. Counting them costs more than all else in the query, and all that is asked is whether they are few:
 * of hashes of 64 bits with one smallest and one greatest, only those of two persons add up to what some of the one and the
 * rest of the other make.
 */
function toPersons({ filter }: Measure): string {
  const id = 'coalesce(person_id, unit_household)';
  const nameless = `count(${when(`${filter} and ${id} is null`, '1')})`;
  const hashes = when(filter, `hash(${id})`);
  const [n, least, most, sum] = ['count', 'min', 'max', 'sum'].map((name) => `${name}(${hashes})`);
  const named = `case when ${n} = 0 then 0 when ${least} = ${most} then 1
    when (${n}::hugeint * ${most} - ${sum}) % (${most} - ${least}) = 0 then 2 else 3 end`;
  return `case when ${nameless} = 0 then ${named} else max(${when(filter, 'headcount')}) end`;
}

/**
 * One query for the values of all measures of a dataset by several sets of columns; `grouped` has a bit for each of `keys`
 * that a row is not grouped by, the last key the lowest. p0 … counts rows of the same programmes, so that an area that has
 * none can be told from one where none qualifies; d0 … says whether they are about few persons.
 */
export function toPartsQuery(
  dataset: Dataset,
  measures: Measure[],
  sets: string[][],
  period: Period,
  catalogue: Catalogue,
): string {
  const keys = [...new Set(sets.flat())];
  const names = keys.map(toIdentifier).join(', ');
  const columns = measures.flatMap((measure, i) => {
    const programmes = toProgrammes(measure.indicator, catalogue).map(toLiteral).join(', ');
    const own = programmes === '' ? 'true' : `programme in (${programmes})`;
    return [
      toValueColumn(measure, i),
      ...toCounts(measure, i),
      ...toMonths(measure, i),
      `count(${when(own, '1')}) as p${i}`,
      `${toPersons(measure)} as d${i}`,
    ];
  });
  const groups = sets.map((set) => `(${set.map(toIdentifier).join(', ')})`).join(', ');
  return `select grouping(${names}) as grouped, ${names}, ${columns.join(', ')} from all_${dataset} where ${toRows(dataset, period)} group by grouping sets (${groups}) order by min(sheet), min(row), grouped, ${names}`;
}

/** One query for rows that would count if they had a date: per sheet n0, f0 (first row) … */
export function toUndatedQuery(dataset: Dataset, measures: Measure[]): string {
  const columns = measures.flatMap(({ filter }, i) => [
    `count(${when(filter, '1')}) as n${i}`,
    `min(${when(filter, 'row')}) as f${i}`,
  ]);
  return `select sheet, ${columns.join(', ')} from all_${dataset} where aside = 'undated' group by sheet order by sheet`;
}
