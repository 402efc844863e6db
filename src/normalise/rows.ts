import type { Period, RowCount } from '../model.ts';
import { type Store, toLiteral } from '../store/index.ts';
import type { LoadedTable } from './load.ts';
import type { Aside } from './statement.ts';

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

/** First and last day of a period as SQL literals. */
export function toDays(period: Period): { from: string; to: string } {
  const [year, month] = period.to.split('-').map(Number);
  const last = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).toISOString().slice(0, 10);
  return { from: `date ${toLiteral(`${period.from}-01`)}`, to: `date ${toLiteral(last)}` };
}

/** Rolls are states over time; all other rows belong to the period of their day. */
export const isDated = (table: LoadedTable): boolean => table.dataset !== 'roll';

/** Counts what became of a table's rows, given the period of the report. */
export async function countRows(table: LoadedTable, period: Period, store: Store): Promise<RowCount> {
  const { from, to } = toDays(period);
  const outside = isDated(table) ? `aside is null and (on_day < ${from} or on_day > ${to})` : 'false';
  const rows = await store.rows(
    `select case when ${outside} then 'other' else aside end as reason, count(*) as n from ${table.table} where aside is distinct from 'blank' group by 1 order by 2 desc, 1`,
  );
  const count: RowCount = { read: 0, used: 0, setAside: [] };
  for (const { reason, n } of rows) {
    const number = Number(n);
    count.read += number;
    if (reason === null) count.used += number;
    else
      count.setAside.push({
        reason: reason === 'other' ? '不在本期' : ASIDE_WORDS[reason as Aside],
        rows: number,
      });
  }
  return count;
}
