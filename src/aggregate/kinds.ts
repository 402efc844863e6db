import { type Catalogue, type Indicator, toList } from '../catalogue/index.ts';
import { IS_PAYMENT, type LoadedTable } from '../normalise/index.ts';
import { toLiteral } from '../store/index.ts';

/**
 * Payments, back payments and recoveries are three things in one column: 发放 is gross (normal and back payments),
 * a row marked 追缴 or with a negative amount is money that came back, and back payments have no persons of the month.
 */

type Words = Catalogue['checks']['发放'];

/** A row's 发放类型 is one of the words. */
const isOf = (words: string[]): string => `pay_type in (${words.map(toLiteral).join(', ')})`;
const isNotOf = (words: string[]): string => `(pay_type is null or not ${isOf(words)})`;

/** Which rows of the payouts an indicator means by its 计算; [] when its 条件 name the kind. */
export function toKindFilters(indicator: Indicator, catalogue: Catalogue): string[] {
  const words = catalogue.checks.发放;
  if (indicator.取自 !== 'payouts') return [];
  if (indicator.计算 === '补发')
    return [`(${isOf(words.补发)} or back_amount is not null)`, isNotOf(words.追缴)];
  if (indicator.计算 === '追缴')
    return [`(${isOf(words.追缴)} or amount < 0 or recovered_amount is not null)`];
  const named = indicator.条件[catalogue.fields.get('pay_type')?.名称 ?? ''];
  if (named !== undefined) return toList(named).some((word) => words.追缴.includes(word)) ? [] : [IS_PAYMENT];
  const personless = indicator.计算 === '人次合计' || indicator.计算 === '行数';
  return [
    isNotOf(personless ? [...words.补发, ...words.追缴] : words.追缴),
    IS_PAYMENT,
    '(amount is null or amount >= 0)',
  ];
}

/** The sum of 补发 and 追缴: a column of its own goes before the amount of a marked row. */
export function toKindAmount(calculation: '补发' | '追缴', words: Words): string {
  return calculation === '补发'
    ? `case when back_amount is not null then back_amount when ${isOf(words.补发)} then amount end`
    : 'case when recovered_amount is not null then abs(recovered_amount) else abs(amount) end';
}

const COLUMNS = { 补发: 'back_amount', 追缴: 'recovered_amount' } as const;

/** Why no row of a kind does not mean zero: a table that could not have said so, or one of another 款项. Null when it does. */
export function findKindDoubt(
  indicator: Indicator,
  tables: LoadedTable[],
  catalogue: Catalogue,
): string | null {
  const { 计算 } = indicator;
  if (计算 !== '补发' && 计算 !== '追缴') return null;
  const has = (table: LoadedTable, field: string) => table.columns.some((column) => column.field === field);
  const nameOf = (field: string) => catalogue.fields.get(field)?.名称 ?? field;
  const own = tables.filter((table) => has(table, 'item') || isOfItem(indicator, table, catalogue));
  if (own.length === 0) return `没有${toList(indicator.条件.款项).join('、')}的数据`;
  const mute = own.some((table) => !has(table, 'pay_type') && !has(table, COLUMNS[计算]));
  return mute ? `表中没有“${nameOf('pay_type')}”或“${nameOf(COLUMNS[计算])}”列` : null;
}

function isOfItem(indicator: Indicator, { recognition }: LoadedTable, { programmes }: Catalogue): boolean {
  const wanted = toList(indicator.条件.款项);
  const item = recognition.item ?? programmes.get(recognition.programme ?? '')?.默认款项;
  return wanted.length === 0 || (item !== undefined && wanted.includes(item));
}
