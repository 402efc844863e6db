import type { Dataset, Problem } from '../model.ts';
import { type Store, type StoreRow, toIdentifier, toLiteral } from '../store/index.ts';
import type { LoadedTable } from './load.ts';
import { IS_PAYMENT } from './rows.ts';

/** Columns by which a row is somebody's: a list without any of them is a summary. */
const OWNERS = [
  'person_id',
  'person_name',
  'head_id',
  'head_name',
  'household',
  'person_key',
  'account',
  'account_name',
];

/** True for a list of payouts by area or month, and for every table of figures. */
const isSummary = (dataset: Dataset | null, columns: { field: string | null }[]): boolean =>
  dataset === 'statistics' ||
  (dataset === 'payouts' && !columns.some(({ field }) => OWNERS.includes(field ?? '')));

/**
 * A list and a summary of one programme, 款项 and month are never added: the list counts, the summary's rows are set
 * aside and its totals compared. A summary of payouts that no list covers counts itself; tables of figures never do.
 */
export async function setSummariesAside(tables: LoadedTable[], store: Store): Promise<Problem[]> {
  const summaries = tables.filter((table) => isSummary(table.dataset, table.recognition.columns));
  if (summaries.length === 0) return [];
  const ids = summaries.map(({ id }) => id).join(', ');
  await store.run(`create table listed as
    select programme, coalesce(item, '') as item, date_trunc('month', on_day) as month, sum(amount) as amount, sum(headcount) as heads,
      count(distinct unit_household) as households, count(*) filter (where headcount is null) as without
    from all_payouts where aside is null and ${IS_PAYMENT} and on_day is not null and sheet not in (${ids}) group by all`);
  const problems: Problem[] = [];
  for (const table of summaries) {
    for (const pair of await store.rows(toComparison(table))) problems.push(...toProblems(pair, table));
    await store.run(toUpdate(table, await toBase(table, store)));
  }
  await store.run('drop table listed');
  return problems;
}

/** Months that the rows of a table without a month column stand for. */
function toSpan({ recognition, columns }: LoadedTable): { from: string; to: string } {
  const dated = columns.some(({ type }) => type === '年月' || type === '日期');
  const month = `date_trunc('month', on_day)`;
  const from = !dated && recognition.period ? `date ${toLiteral(`${recognition.period.from}-01`)}` : month;
  return { from, to: month };
}

const MATCHES = `l.programme = programme_of and (l.item = item_of or item_of = '') and l.month between first_month and last_month`;

function toRows(table: LoadedTable): string {
  const { from, to } = toSpan(table);
  const has = (field: string) => table.columns.some((column) => column.field === field);
  const measure = (field: string) => (has(field) ? toIdentifier(field) : 'null::decimal(18,4)');
  return `select row, on_day, programme as programme_of, coalesce(item, '') as item_of, ${from} as first_month, ${to} as last_month,
    ${measure('amount')} as amount, ${has('persontimes') ? 'persontimes' : measure('persons')} as heads, ${measure('households')} as households
    from all_${table.dataset} where sheet = ${table.id} and (aside is null or aside = 'undated')`;
}

/** Sums of a summary and of the lists that cover it, per programme, 款项 and span. */
const toComparison = (table: LoadedTable): string => `
  with s as (${toRows(table)}),
    spans as (select programme_of, item_of, first_month, last_month, min(row) as row, sum(amount) as amount, sum(heads) as heads, sum(households) as households
      from s group by all)
  select s.programme_of as programme, strftime(s.first_month, '%Y-%m') as first, strftime(s.last_month, '%Y-%m') as last, any_value(s.row) as row,
    any_value(s.amount)::varchar as amount, any_value(s.heads)::varchar as heads, any_value(s.households)::varchar as households,
    sum(l.amount)::varchar as own_amount, (case when sum(l.without) = 0 then sum(l.heads) end)::varchar as own_heads,
    (case when count(distinct l.month) = 1 and count(*) = 1 then max(l.households) end)::varchar as own_households
  from spans s join listed l on ${MATCHES} group by all order by 1, 2`;

const MEASURES = { amount: '金额', heads: '人次', households: '户数' };

function toProblems(pair: StoreRow, table: LoadedTable): Problem[] {
  const single = pair.first === pair.last;
  return Object.entries(MEASURES).flatMap(([field, measure]): Problem[] => {
    const [theirs, ours] = [pair[field], pair[`own_${field}`]];
    if (
      theirs === null ||
      ours === null ||
      Number(theirs) === Number(ours) ||
      (!single && field !== 'amount')
    )
      return [];
    const when = single ? String(pair.first) : `${pair.first}至${pair.last}`;
    return [
      {
        kind: 'summary-differs',
        file: table.sheet.source.name,
        sheet: table.sheet.name,
        row: Number(pair.row),
        count: 1,
        detail: { measure: `${pair.programme}${when}${measure}`, theirs: plain(theirs), ours: plain(ours) },
        figures: [],
      },
    ];
  });
}

const plain = (value: string | boolean | undefined): string => {
  const text = String(value ?? '');
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

/** The table that holds a sheet's rows, and its row number: a CSV that DuckDB read stands behind a view that counts them. */
async function toBase(
  { table, recognition }: LoadedTable,
  store: Store,
): Promise<{ name: string; row: string }> {
  const [found] = await store.rows(
    `select count(*) as n from duckdb_tables() where table_name = ${toLiteral(`${table}_rows`)}`,
  );
  return found?.n === '0'
    ? { name: table, row: 't.row' }
    : { name: `${table}_rows`, row: `(t.rowid + ${recognition.headBottom + 1})` };
}

/** Rows of one sheet that a list covers. An unfolded row has its number several times: its day and programme tell them apart. */
function toUpdate(table: LoadedTable, base: { name: string; row: string }): string {
  const open = `(aside is null or aside = 'undated')`;
  if (table.dataset === 'statistics') return `update ${base.name} set aside = 'summary' where ${open}`;
  const own = table.recognition.fold?.groups.some(({ says }) => says.programme !== undefined);
  const programme = own ? ' and t.programme = s.programme_of' : '';
  return `update ${base.name} t set aside = 'summary'
    from (select distinct row, on_day, programme_of from (${toRows(table)}) s where exists (select 1 from listed l where ${MATCHES})) s
    where ${base.row} = s.row and t.on_day is not distinct from s.on_day${programme} and t.aside is null`;
}
