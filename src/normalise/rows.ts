import type { Dataset, Period, RowCount } from '../model.ts';
import { type Store, toLiteral } from '../store/index.ts';
import type { Aside } from './aside.ts';
import type { LoadedTable } from './load.ts';

/** Why a row was set aside, as printed. */
const ASIDE_WORDS: Record<Aside, string> = {
  total: '合计行',
  head: '重复的表头',
  footer: '表尾或说明',
  unreadable: '金额或日期无法识别',
  'no-amount': '金额为空',
  undated: '没有日期',
  ragged: '列数与表头不符',
  part: '其中行',
  summary: '汇总表，不与明细相加',
};

/** Why a row that is sound does not count in the report's own figures. */
const PERIOD_WORDS: Record<string, string> = { other: '不在本期', compared: '上年数据，供比较' };

/** First and last day of a period as SQL literals; a period of single days has them already. */
export function toDays(period: Period): { from: string; to: string } {
  const [year, month, day] = period.to.split('-').map(Number);
  const last =
    day === undefined ? new Date(Date.UTC(year ?? 0, month ?? 0, 0)).toISOString().slice(0, 10) : period.to;
  const first = period.from.length === 7 ? `${period.from}-01` : period.from;
  return { from: `date ${toLiteral(first)}`, to: `date ${toLiteral(last)}` };
}

/** Which rows of a dataset belong to a period. A fund's row that names only its year belongs to each part of it. */
export function toInside(dataset: Dataset, period: Period): string {
  if (dataset === 'roll') return 'true';
  const { from, to } = toDays(period);
  const inside = `on_day between ${from} and ${to}`;
  if (dataset !== 'funds') return inside;
  const years = toDays({ from: `${period.from.slice(0, 4)}-01`, to: `${period.to.slice(0, 4)}-12` });
  return `(${inside} or "date" is null and "month" is null and on_day between ${years.from} and ${years.to})`;
}

/** A row of payouts is about a payment, though its amount may be missing, unless it only says what came back. */
export const IS_PAYMENT = '(amount is not null or coalesce(recovered_amount, 0) = 0)';

/** Rolls are states over time; all other rows belong to the period of their day. */
export const isDated = (table: LoadedTable): boolean => table.dataset !== 'roll';

/** A table, the periods for which it is looked at (the report's, and those of single indicators), and those with which these are compared. */
export interface Counted {
  table: LoadedTable;
  periods: Period[];
  compared: Period[];
}

/** Counts what became of the tables' rows, by the tables' numbers. */
export async function countRows(counted: Counted[], store: Store): Promise<Map<number, RowCount>> {
  const counts = new Map<number, RowCount>(
    counted.map(({ table }) => [table.id, { read: 0, used: 0, setAside: [] }]),
  );
  if (counted.length === 0) return counts;
  const rows = await store.rows(
    `select * from (${counted.map(toCountQuery).join(' union all ')}) order by sheet, n desc, reason`,
  );
  for (const { sheet, reason, n } of rows) {
    const count = counts.get(Number(sheet));
    const number = Number(n);
    if (count === undefined) continue;
    count.read += number;
    if (reason === null) count.used += number;
    else
      count.setAside.push({
        reason: PERIOD_WORDS[String(reason)] ?? ASIDE_WORDS[reason as Aside],
        rows: number,
      });
  }
  return counts;
}

function toCountQuery({ table, periods, compared }: Counted): string {
  const has = (field: string) => table.columns.some((column) => column.field === field);
  const inside = (spans: Period[]) =>
    [...new Set(spans.map((period) => toInside(table.dataset, period))), 'false'].join(' or ');
  const from = `select ${has('date') ? '"date"' : 'null as "date"'}, ${has('month') ? '"month"' : 'null as "month"'}, aside, on_day from ${table.table}`;
  return `select ${table.id} as sheet, case when aside is not null then aside when ${inside(periods)} then null when ${inside(compared)} then 'compared' else 'other' end as reason, count(*) as n
    from (${from}) where aside is distinct from 'blank' group by 2`;
}
