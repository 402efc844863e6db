import type { Problem } from '../model.ts';
import { type Store, toIdentifier } from '../store/index.ts';
import type { LoadedTable } from './load.ts';
import type { LoadedColumn } from './plan.ts';

const EXPECTED: Record<string, string> = {
  金额: '金额',
  整数: '整数',
  小数: '数字',
  日期: '日期',
  年月: '年月',
};

/** Problems of the tables' cells: unreadable, damaged or invalid ones, each with its first row and its number. */
export async function findCellProblems(tables: LoadedTable[], store: Store): Promise<Problem[]> {
  const faults = tables.map(
    ({ id, table }) => `select ${id} as sheet, row, coalesce(aside, '') as aside, faults from ${table}
      where faults is not null and (aside is null or aside in ('unreadable', 'undated'))`,
  );
  if (faults.length === 0) return [];
  const rows = await store.rows(`
    select sheet, left(fault, 1) as code, substr(split_part(fault, chr(31), 1), 2) as place,
           aside = 'unreadable' as lost, min(row) as row, count(*) as n, arg_min(split_part(fault, chr(31), 2), row) as text
    from (select sheet, row, aside, unnest(string_split(rtrim(faults, chr(30)), chr(30))) as fault from (${faults.join(' union all ')}))
    group by 1, 2, 3, 4 order by 1, 3, 2, 4`);
  return rows.flatMap(({ sheet, code, place, lost, row, n, text }) => {
    const table = tables.find(({ id }) => String(id) === sheet);
    const column = table?.columns.find(({ index }) => String(index) === place);
    if (!table || !column) return [];
    const unread = lost ? 'cell-unreadable' : 'cell-unknown';
    const kind = code === 'd' ? 'id-damaged' : code === 'v' ? 'id-invalid' : unread;
    const detail = { column: column.label, text: String(text), expected: EXPECTED[column.type] ?? '有效值' };
    return [{ ...at(table, Number(row), Number(n)), kind, detail }];
  });
}

/** Problems of whole rows: without a unit, with parts that do not make the total. */
export async function findRowProblems(table: LoadedTable, store: Store): Promise<Problem[]> {
  const problems: Problem[] = [];
  const count = async (condition: string) => {
    const [found] = await store.rows(
      `select count(*) as n, min(row) as row from ${table.table} where ${condition}`,
    );
    return { n: Number(found?.n ?? 0), row: Number(found?.row ?? 0) };
  };
  const amount = table.columns.find((column) => column.field === 'amount');
  if (table.dataset === 'payouts' && amount?.unitUnknown) {
    problems.push({
      ...at(table, table.recognition.headBottom, 1),
      kind: 'unit-unknown',
      detail: { column: amount.label },
    });
  }
  const fields = new Set(table.columns.map((column) => column.field));
  if (['amount', 'base_amount', 'extra_amount'].every((field) => fields.has(field))) {
    const condition = `aside is null and base_amount is not null and amount <> base_amount + coalesce(extra_amount, 0)`;
    const { n, row } = await count(condition);
    if (n > 0) {
      const [gap] = await store.rows(
        `select (amount - base_amount - coalesce(extra_amount, 0))::varchar as gap from ${table.table} where ${condition} order by row limit 1`,
      );
      problems.push({
        ...at(table, row, n),
        kind: 'parts-differ',
        detail: { gap: toPlainNumber(String(gap?.gap)) },
      });
    }
  }
  return problems;
}

/** The files' own 合计 against ours, column by column. 小计 rows are parts of it and are left alone. */
export async function findTotalProblems(tables: LoadedTable[], store: Store): Promise<Problem[]> {
  const summed = tables.filter((table) => toSummed(table).length > 0);
  if (summed.length === 0) return [];
  const totals = await store.rows(
    `${summed
      .map(
        ({ id, table }) =>
          `select ${id} as sheet, count(distinct row) as n, max(row) as row from ${table} where aside = 'total'`,
      )
      .join(' union all ')} order by 1`,
  );
  const problems: Problem[] = [];
  for (const { sheet, n, row } of totals) {
    const table = summed.find(({ id }) => String(id) === sheet);
    if (table && n === '1') problems.push(...(await compareTotal(table, Number(row), store)));
  }
  return problems;
}

const toSummed = ({ columns }: LoadedTable): LoadedColumn[] =>
  columns.filter(
    ({ type, field }) => (type === '金额' && field !== 'standard') || (type === '整数' && SUMMED.has(field)),
  );

/** The one 合计 of a table, which stands in `row`. */
async function compareTotal(table: LoadedTable, row: number, store: Store): Promise<Problem[]> {
  const sums = toSummed(table);
  // A summary beside a list is checked against itself all the same.
  const own = `aside is null or aside = 'summary'`;
  const columns = sums.flatMap(({ field }) => {
    const name = toIdentifier(field);
    return [
      `(sum(${name}) filter (where aside = 'total'))::varchar as ${toIdentifier(`theirs_${field}`)}`,
      `(sum(${name}) filter (where ${own}))::varchar as ${toIdentifier(`ours_${field}`)}`,
      `(sum(${name}) filter (where aside = 'total') - sum(${name}) filter (where ${own}))::varchar as ${toIdentifier(`gap_${field}`)}`,
    ];
  });
  const [found] = await store.rows(`select ${columns.join(', ')} from ${table.table}`);
  return sums.flatMap(({ field, label: column }): Problem[] => {
    const gap = found?.[`gap_${field}`];
    if (gap === null || gap === undefined || Number(gap) === 0) return [];
    const plain = (name: string) => toPlainNumber(String(found?.[`${name}_${field}`]));
    return [
      {
        ...at(table, row, 1),
        kind: 'total-differs',
        detail: { label: '合计', column, theirs: plain('theirs'), ours: plain('ours'), gap: plain('gap') },
      },
    ];
  });
}

/** Whole-number fields that a 合计 row adds up. */
const SUMMED = new Set(['persons', 'persontimes', 'households', 'family_size', 'beds', 'beds_used']);

/** "1234.5000" → "1234.5" */
const toPlainNumber = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const at = (table: LoadedTable, row: number, count: number) => ({
  file: table.sheet.source.name,
  sheet: table.sheet.name,
  row,
  count,
  figures: [],
});
