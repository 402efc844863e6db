import type { Problem } from '../model.ts';
import { type StoreRow, toLiteral } from '../store/index.ts';
import { findFigures } from './figures.ts';
import { PLACE, type Scope, toNormal, toPaid, toPlain, toProblem } from './scope.ts';

/** Per person where the row says how many it covers. A row of nobody (a community's sum without 人次) is not compared. */
const SHARE = 'amount / case when headcount > 0 then headcount else 1 end';
const COMPARABLE = 'amount > 0 and (headcount > 0 or person_id is not null or unit_household is not null)';
/** Every so many rows are enough for a median; which ones follows from the row numbers, so that runs agree. */
const SAMPLED = 100_000;

interface Limit {
  programme: string;
  item: string;
  /** Exact decimal, 元 per person and row. */
  limit: string;
  /** Chinese: what it was compared with. */
  basis: string;
}

/** Amounts far above the stated standard, else far above the median of their programme and 款项. */
export async function findOutliers(scope: Scope): Promise<Problem[]> {
  if (!scope.tables.some(({ dataset }) => dataset === 'payouts')) return [];
  const limits = await toLimits(scope);
  if (limits.length === 0) return [];
  const over = limits
    .map(
      ({ programme, item, limit }) =>
        `(programme = ${toLiteral(programme)} and coalesce(item, '') = ${toLiteral(item)} and amount > ${limit} * case when headcount > 0 then headcount else 1 end)`,
    )
    .join(' or ');
  const rows = await scope.store.rows(`
    select programme, coalesce(item, '') as item, sheet, count(*) as n, min(${PLACE}) as place,
      arg_min(round(${SHARE}, 2)::decimal(18,2), ${PLACE})::varchar as share
    from all_payouts where ${toPaid(scope)} and ${toNormal(scope)} and ${COMPARABLE} and (${over}) group by 1, 2, 3 order by 5`);
  return rows.flatMap((row) => toOutlier(row, limits, scope));
}

function toOutlier(row: StoreRow, limits: Limit[], scope: Scope): Problem[] {
  const { programme, item } = { programme: String(row.programme), item: String(row.item) };
  const limit = limits.find((each) => each.programme === programme && each.item === item);
  const problem = toProblem('amount-outlier', String(row.place), String(row.n), scope);
  if (!limit || !problem) return [];
  const detail = {
    programme: item && item !== programme ? `${programme}·${item}` : programme,
    amount: toPlain(String(row.share)),
    basis: limit.basis,
  };
  return [{ ...problem, detail, figures: findFigures('payouts', programme, item, scope.catalogue) }];
}

/** The bound of every programme and 款项 that has rows. */
async function toLimits(scope: Scope): Promise<Limit[]> {
  const { 标准, 离群 } = scope.catalogue.checks;
  const medians = await scope.store.rows(toMedianQuery(scope));
  return medians.flatMap(({ programme, item, median, rows }): Limit[] => {
    const own = { programme: String(programme), item: String(item) };
    const stated = 标准[own.programme];
    const standard =
      stated && (stated.款项.length === 0 || stated.款项.includes(own.item)) ? stated : undefined;
    const value = standard && scope.standards.get(standard.指标);
    if (standard && value !== undefined)
      return [{ ...own, limit: `${value} * ${standard.倍数}`, basis: `标准${value}元的${standard.倍数}倍` }];
    if (Number(rows) < 离群.最少行数 || Number(median) <= 0) return [];
    const middle = toPlain(String(median));
    return [{ ...own, limit: `${median} * ${离群.倍数}`, basis: `中位数${middle}元的${离群.倍数}倍` }];
  });
}

function toMedianQuery(scope: Scope): string {
  const step = `(select greatest(1, count(*) // ${SAMPLED}) from all_payouts)`;
  return `select programme, coalesce(item, '') as item, count(*) * ${step} as rows,
      quantile_disc(round(${SHARE}, 2)::decimal(18,2), 0.5)::varchar as median
    from all_payouts
    where ${toPaid(scope)} and ${toNormal(scope)} and ${COMPARABLE} and programme is not null and row % ${step} = 0
    group by 1, 2 order by 1, 2`;
}
