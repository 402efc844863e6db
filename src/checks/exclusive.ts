import type { Entitlement } from '../catalogue/index.ts';
import type { Problem } from '../model.ts';
import { type StoreRow, toLiteral } from '../store/index.ts';
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

/** Persons who have two programmes in one month that exclude each other. */
export async function findExclusions(scope: Scope): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [first, second] of scope.catalogue.checks.不得同领) {
    const pairs = toPairs(first, second, scope);
    if (pairs.length === 0) continue;
    const rows = await scope.store.rows(`
      select place // 4294967296 as sheet, count(*) as n, count(distinct person_id) as persons, min(place) as place,
        arg_min(month, place) as month, arg_min(other, place) as other
      from (select person_id, month, min(place) as place, arg_min(other, place) as other from (${pairs.join(' union all ')}) group by person_id, month)
      group by 1 order by 4`);
    problems.push(...rows.flatMap((row) => toExclusion(row, first, second, scope)));
  }
  return problems;
}

/** Both paid in a month; or one paid while the roll of the other covers the whole month. Rolls alone pay nobody. */
function toPairs(first: Entitlement, second: Entitlement, scope: Scope): string[] {
  const paid = [first, second].map((each) =>
    isGiven('payouts', each, scope) ? toPayments(each, scope) : null,
  );
  const rolls = [first, second].map((each) => (isGiven('roll', each, scope) ? toRoll(each, scope) : null));
  const both =
    paid[0] && paid[1]
      ? [
          `select b.person_id, b.month, b.place, a.place as other from (${paid[0]}) a join (${paid[1]}) b on a.person_id = b.person_id and a.month = b.month`,
        ]
      : [];
  return [...both, ...toHalf(paid[1], rolls[0]), ...toHalf(paid[0], rolls[1])];
}

const toHalf = (paid: string | null | undefined, roll: string | null | undefined): string[] =>
  paid && roll
    ? [
        `select p.person_id, p.month, p.place, r.place as other from (${paid}) p join (${roll}) r on p.person_id = r.person_id
         where (r.first is null or r.first <= p.month) and (r.stop is null or r.stop > p.month)`,
      ]
    : [];

const isGiven = (dataset: string, { 业务 }: Entitlement, { tables }: Scope): boolean =>
  tables.some((table) => table.dataset === dataset && table.programmes.includes(业务));

const toOwn = ({ 业务, 款项 }: Entitlement): string =>
  `programme = ${toLiteral(业务)}${款项.length > 0 ? ` and item in (${款项.map(toLiteral).join(', ')})` : ''} and person_id is not null`;

/** A household's row names its head only: it says who is entitled when it covers one person. */
function toPayments(entitlement: Entitlement, scope: Scope): string {
  const lists = scope.tables.filter(isHouseholdList).map(({ id }) => id);
  return `select person_id, ${toMonth('on_day')} as month, ${PLACE} as place from all_payouts
    where ${toPaid(scope)} and ${toNormal(scope)} and amount > 0 and ${toOwn(entitlement)}
      and (sheet not in (${lists.join(', ') || '-1'}) or headcount = 1)`;
}

/** `first`: the first month that is covered from its first day on; `stop`: the first that is not covered to its end. */
function toRoll(entitlement: Entitlement, { catalogue }: Scope): string {
  const left = catalogue.layouts.byDataset.get('roll')?.离册状态 ?? [];
  const stays = `(stop is not null or state is null or state not in (${left.map(toLiteral).join(', ') || `''`}))`;
  return `select person_id, ${toMonth('(start - 1)')} + 1 as first, ${toMonth('stop')} as stop, ${PLACE} as place from all_roll
    where aside is null and (covered is null or covered = '是') and ${stays} and ${toOwn({ ...entitlement, 款项: [] })}`;
}

function toExclusion(row: StoreRow, first: Entitlement, second: Entitlement, scope: Scope): Problem[] {
  const problem = toProblem('programmes-exclusive', String(row.place), String(row.n), scope);
  if (!problem) return [];
  const detail = {
    first: first.业务,
    second: second.业务,
    persons: String(row.persons),
    month: toMonthText(Number(row.month)),
    other: toPlaceText(String(row.other), problem.id, scope),
  };
  const figures = [first, second].flatMap(({ 业务, 款项 }) =>
    findFigures('payouts', 业务, 款项[0] ?? '', scope.catalogue),
  );
  return [{ ...problem, detail, figures: [...new Set(figures)] }];
}
