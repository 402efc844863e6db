import Big from 'big.js';
import type { Problem } from '../model.ts';
import type { LoadedTable } from '../normalise/index.ts';
import { type StoreRow, toIdentifier } from '../store/index.ts';
import { type Scope, toPlain, toProblem } from './scope.ts';
import { findExpected, toSegments } from './segments.ts';

/** Whole-number fields that a total row adds up. */
const SUMMED = new Set(['persons', 'persontimes', 'households', 'family_size', 'beds', 'beds_used']);

/** A file's own totals against ours where it has several: 小计 below or above their rows, 合计 at both ends. A single one is normalise's. */
export async function findSubtotalProblems(scope: Scope): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const table of await findWithSeveral(scope)) {
    const columns = toSummed(table);
    const fields = columns.map(({ field }) => toIdentifier(field));
    const totals = await scope.store.rows(
      `select row, ${fields.map((field) => `${field}::varchar as ${field}`).join(', ')} from ${table.table} where aside = 'total' order by row`,
    );
    const segments = toSegments(totals, await scope.store.rows(toSegmentsQuery(table.table, fields)));
    for (const { field, label } of columns)
      problems.push(...compare(totals, segments, { field, label }, table, scope));
  }
  return problems;
}

const toSummed = ({ columns }: LoadedTable): LoadedTable['columns'] =>
  columns.filter(
    ({ type, field }) => (type === '金额' && field !== 'standard') || (type === '整数' && SUMMED.has(field)),
  );

/** Tables with several totals, each a row: a wide sheet is unfolded, so that one line of it is several rows. */
async function findWithSeveral({ tables, store }: Scope): Promise<LoadedTable[]> {
  const summed = tables.filter((table) => toSummed(table).length > 0);
  if (summed.length === 0) return [];
  const counts = await store.rows(
    summed
      .map(
        ({ id, table }) =>
          `select ${id} as sheet, count(*) as n, count(distinct row) as rows from ${table} where aside = 'total'`,
      )
      .join(' union all '),
  );
  const several = new Set(
    counts.filter(({ n, rows }) => Number(n) > 1 && n === rows).map(({ sheet }) => sheet),
  );
  return summed.filter(({ id }) => several.has(String(id)));
}

/**
 * Sums of the rows up to each total, and of those after the last (row is null there). Most blocks of 256 rows hold no
 * total: they are summed whole, and only the others are placed row by row.
 */
function toSegmentsQuery(table: string, fields: string[]): string {
  const own = `from ${table} where aside is null and (row // 256)`;
  const [names, sums, totals] = [
    fields.join(', '),
    fields.map((field) => `sum(${field}) as ${field}`).join(', '),
    fields.map((field) => `sum(${field})::varchar as ${field}`).join(', '),
  ];
  return `with t as (select row from ${table} where aside = 'total'), b as (select distinct row // 256 as block from t),
    pieces as (select (row // 256) * 256 as row, count(*) as n, ${sums} ${own} not in (select block from b) group by 1
      union all select row, 1 as n, ${names} ${own} in (select block from b))
    select t.row as row, sum(pieces.n) as n, ${totals} from pieces asof left join t on pieces.row <= t.row group by t.row`;
}

/** One problem per column: its first total that fits no rows, and how many there are. */
function compare(
  totals: StoreRow[],
  segments: StoreRow[],
  { field, label }: { field: string; label: string },
  table: LoadedTable,
  scope: Scope,
): Problem[] {
  const theirs = totals.map((total) => (total[field] === null ? null : new Big(String(total[field]))));
  const parts = segments.map((part) => ({
    rows: Number(part.n ?? 0),
    sum: new Big(String(part[field] ?? '0')),
  }));
  const wrong = findExpected(theirs, parts);
  const [first] = wrong;
  const value = first && theirs[first.index];
  if (!first || !value) return [];
  const place = BigInt(table.id) * 4294967296n + BigInt(String(totals[first.index]?.row));
  const problem = toProblem('total-differs', String(place), wrong.length, scope);
  const ours = toPlain(first.sum.toFixed(4));
  const gap = toPlain(value.minus(first.sum).toFixed(4));
  const detail = {
    label: first.grand ? '合计' : '小计',
    column: label,
    theirs: toPlain(value.toFixed(4)),
    ours,
    gap,
  };
  return problem ? [{ ...problem, detail }] : [];
}
