import type { Problem } from '../model.ts';
import type { LoadedTable } from '../normalise/index.ts';
import { type StoreRow, toIdentifier, toLiteral } from '../store/index.ts';
import { findFigures } from './figures.ts';
import {
  isHouseholdList,
  PLACE,
  type Scope,
  toMonth,
  toMonthText,
  toNormal,
  toPaid,
  toPlaceText,
  toProblem,
} from './scope.ts';

/** Paid twice for one month, and rows that are the same in every column. */
export async function findRepeated(scope: Scope): Promise<Problem[]> {
  const payouts = scope.tables.filter(({ dataset }) => dataset === 'payouts');
  const problems: Problem[] = [];
  if (payouts.length > 0 && (await collectRepeated(payouts, scope))) {
    problems.push(...(await findPaidTwice(scope)));
    for (const table of payouts)
      problems.push(
        ...(await findIdentical(table, `select row from repeated_rows where sheet = ${table.id}`, scope)),
      );
  }
  await scope.store.run('drop table if exists repeated_rows');
  for (const [table, key] of await findCandidates(scope)) {
    const rows = `select row from ${table.table} where aside is null and ${key.by} in (${toRepeatedKeys(table, key)})`;
    problems.push(...(await findIdentical(table, rows, scope)));
  }
  return problems;
}

/** Tables other than payouts of which several rows have the same key. */
async function findCandidates(scope: Scope): Promise<[LoadedTable, Key][]> {
  const keyed = scope.tables.flatMap((table): [LoadedTable, Key][] => {
    const key = table.dataset === 'payouts' ? null : toKey(table);
    return key ? [[table, key]] : [];
  });
  if (keyed.length === 0) return [];
  const found = await scope.store.rows(
    keyed
      .map(
        ([table, key]) => `select ${table.id} as sheet, count(*) as n from (${toRepeatedKeys(table, key)})`,
      )
      .join(' union all '),
  );
  const repeated = new Set(found.filter(({ n }) => n !== '0').map(({ sheet }) => sheet));
  return keyed.filter(([{ id }]) => repeated.has(String(id)));
}

/** The household where the list is one of households, else the person. */
function toRecipient(payouts: LoadedTable[]): string {
  const lists = payouts.filter(isHouseholdList);
  if (lists.length === 0) return 'person_id';
  const numbered = lists.every(({ columns }) => columns.some(({ field }) => field === 'household'));
  const household = numbered ? 'unit_household' : 'coalesce(head_id, person_id, unit_household)';
  return `case when sheet in (${lists.map(({ id }) => id).join(', ')}) then ${household} else person_id end`;
}

/**
 * Who has more rows than months with rows is looked at again: one pass that groups by recipient only, one bit per month.
 * Only then are rows gathered, in the table repeated_rows. False when there is nobody.
 */
async function collectRepeated(payouts: LoadedTable[], scope: Scope): Promise<boolean> {
  const { store } = scope;
  await store.run(`create temp table repeated as
    select recipient, programme, item from (select ${toRecipient(payouts)} as recipient, programme, item, on_day from all_payouts where ${toPaid(scope)})
    where recipient is not null group by recipient, programme, item
    having count(*) > bit_count(bit_or(1::ubigint << (${toMonth('on_day')} % 64)::ubigint))`);
  const [found] = await store.rows('select count(*) as n from repeated');
  if (found?.n !== '0') {
    await store.run(`create temp table repeated_rows as
      select p.* from (select *, ${toRecipient(payouts)} as recipient from all_payouts where ${toPaid(scope)}) p
      join repeated r on p.recipient = r.recipient and p.programme is not distinct from r.programme and p.item is not distinct from r.item`);
  }
  await store.run('drop table repeated');
  return found?.n !== '0';
}

async function findPaidTwice(scope: Scope): Promise<Problem[]> {
  const monthly = Object.entries(scope.catalogue.checks.按月发放).map(([programme, items]) => {
    const own = items.length > 0 ? ` and item in (${items.map(toLiteral).join(', ')})` : '';
    return `(programme = ${toLiteral(programme)}${own})`;
  });
  // Household numbers may begin anew in every town.
  const rows = await scope.store.rows(`
    select (places[1] // 4294967296) as sheet, programme, item, count(*) as n, min(places[1]) as place,
      arg_min(places[2], places[1]) as other, arg_min(at_month, places[1]) as month
    from (select programme, coalesce(item, '') as item, ${toMonth('on_day')} as at_month, list_sort(list(distinct ${PLACE})) as places
          from repeated_rows where ${toNormal(scope)} and (${monthly.join(' or ') || 'false'})
          group by recipient, programme, item, at_month, case when recipient = person_id then null else town end having count(distinct ${PLACE}) > 1)
    group by 1, 2, 3 order by 5`);
  return rows.flatMap((row) => toPaidTwice(row, scope));
}

function toPaidTwice(row: StoreRow, scope: Scope): Problem[] {
  const problem = toProblem('paid-twice', String(row.place), String(row.n), scope);
  if (!problem) return [];
  const programme = String(row.programme);
  const item = String(row.item);
  const detail = {
    programme: item && item !== programme ? `${programme}·${item}` : programme,
    month: toMonthText(Number(row.month)),
    other: toPlaceText(String(row.other), problem.id, scope),
  };
  return [{ ...problem, detail, figures: findFigures('payouts', programme, item, scope.catalogue) }];
}

/** What rows that may be the same have in common; `who` is null in rows that cannot be compared. */
interface Key {
  who: string;
  by: string;
}

/**
 * Rows that may be the same: of one document, or of one person and day where every column is known (an unread column,
 * such as what was done, can tell two visits apart). Null where rows have neither.
 */
function toKey({ columns, dataset, recognition }: LoadedTable): Key | null {
  const has = (field: string) => columns.some((column) => column.field === field);
  const unread = recognition.columns.some(
    ({ field, label }) => label !== '' && (field ?? 'detail') === 'detail',
  );
  if (!has('registration') && (unread || (!has('person_id') && !has('household')))) return null;
  const who = has('registration') ? 'registration' : has('person_id') ? 'person_id' : 'unit_household';
  return { who, by: has('registration') || dataset === 'roll' ? who : `hash(${who}, on_day)` };
}

const toRepeatedKeys = ({ table }: LoadedTable, { who, by }: Key): string =>
  `select ${by} from ${table} where aside is null and ${who} is not null group by 1 having count(*) > 1`;

async function findIdentical(
  { id, table, columns }: LoadedTable,
  rows: string,
  scope: Scope,
): Promise<Problem[]> {
  const fields = ['on_day', ...columns.map(({ field }) => field)].map(toIdentifier).join(', ');
  const [found] = await scope.store.rows(`
    select sum(extra) as n, min(first) as first, arg_min(second, first) as second
    from (select count(distinct row) - 1 as extra, min(row) as first, list_sort(list(distinct row))[2] as second
          from ${table} where aside is null and row in (${rows}) group by ${fields} having count(distinct row) > 1)`);
  if (!found?.n || found.n === '0') return [];
  const place = String(BigInt(id) * 4294967296n + BigInt(String(found.first)));
  const problem = toProblem('rows-identical', place, String(found.n), scope);
  return problem ? [{ ...problem, detail: { other: `第${found.second}行` } }] : [];
}
