import type { Dataset, Problem } from '../model.ts';
import { IS_PAYMENT, type LoadedTable, toDays } from '../normalise/index.ts';
import { findFigures } from './figures.ts';
import { PLACE, type Scope, toMonth, toMonthText, toPaid, toProblem } from './scope.ts';

/** Rows of other periods, months without rows, negative amounts. Each query skips the blocks that hold none. */
export async function findOverviewProblems(scope: Scope): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const dataset of ['payouts', 'events', 'services'] as const) {
    if (scope.tables.some((table) => table.dataset === dataset))
      problems.push(...(await findOtherPeriods(dataset, scope)));
  }
  if (!scope.tables.some(({ dataset }) => dataset === 'payouts')) return problems;
  return [...problems, ...(await findMissingMonths(scope)), ...(await findNegatives(scope))];
}

async function findOtherPeriods(dataset: Dataset, scope: Scope): Promise<Problem[]> {
  const { from, to } = toDays(scope.period);
  const outside = scope.tables
    .filter((table) => table.dataset === dataset)
    .map((table) => `(sheet = ${table.id} and not (${toLookedAt(table, scope)}))`);
  const rows = await scope.store.rows(
    `select sheet, count(*) as n, min(${PLACE}) as place, min(on_day) as first, max(on_day) as last
     from all_${dataset} where aside is null and (${outside.join(' or ')}) group by sheet order by sheet`,
  );
  const own = new Set<string>();
  if (rows.length > 0) {
    const inside = await scope.store.rows(
      `select distinct sheet from all_${dataset} where aside is null and on_day between ${from} and ${to}`,
    );
    for (const { sheet } of inside) own.add(String(sheet));
  }
  return rows.flatMap(({ sheet, n, place, first, last }) => {
    const table = scope.tables.find(({ id }) => String(id) === sheet);
    if (!table || !(own.has(String(sheet)) || namesPeriod(table, scope))) return [];
    const problem = toProblem('other-period', String(place), String(n), scope);
    const detail = { period: toPeriodText(scope), first: String(first), last: String(last) };
    return problem ? [{ ...problem, detail }] : [];
  });
}

/** Days of the report's period, and of the periods of single indicators that take their rows from the table. */
function toLookedAt(table: LoadedTable, { period, periods }: Scope): string {
  const spans = [period, ...(periods.get(table.id) ?? [])].map(toDays);
  return [...new Set(spans.map(({ from, to }) => `on_day between ${from} and ${to}`))].join(' or ');
}

const toPeriodText = ({ period }: Scope): string => `${period.from}至${period.to}`;

/** A sheet of last year given for comparison is no mistake; one whose title says this year is. */
const namesPeriod = ({ recognition }: LoadedTable, { period }: Scope): boolean =>
  recognition.period !== null && recognition.period.from <= period.to && recognition.period.to >= period.from;

/** Months of each programme and, where its 款项 are paid apart, each 款项; with the first sheet. */
async function toGroups(scope: Scope): Promise<Map<string, { months: Set<number>; sheet: number }>> {
  const days = await scope.store.rows(
    `select programme, item, on_day, ${toMonth('on_day')} as month, min(sheet) as sheet
     from all_payouts where ${toPaid(scope)} and ${IS_PAYMENT} and programme is not null group by programme, item, on_day order by 1, 2, 3`,
  );
  const groups = new Map<string, { months: Set<number>; sheet: number }>();
  for (const { programme, item, month, sheet } of days) {
    const items = scope.catalogue.checks.按月发放[String(programme)];
    if (items === undefined || (items.length > 0 && !items.includes(String(item)))) continue;
    const key = items.length > 0 ? `${programme}·${item}` : String(programme);
    const group = groups.get(key) ?? { months: new Set(), sheet: Number(sheet) };
    groups.set(key, { months: group.months.add(Number(month)), sheet: Math.min(group.sheet, Number(sheet)) });
  }
  return groups;
}

async function findMissingMonths(scope: Scope): Promise<Problem[]> {
  const [year = 0, month = 1] = scope.period.from.split('-').map(Number);
  return [...(await toGroups(scope))].flatMap(([name, { months, sheet }]) => {
    const missing = toMissing(
      year * 12 + month - 1,
      [...months].sort((a, b) => a - b),
    );
    const problem = toProblem('months-missing', String(BigInt(sheet) << 32n), 1, scope);
    if (!problem || missing.length === 0) return [];
    const [programme = '', item = ''] = name.split('·');
    const figures = findFigures('payouts', programme, item, scope.catalogue);
    const detail = { programme: name, months: missing.map(toMonthText).join('、') };
    return [{ ...problem, detail, figures }];
  });
}

/** Months (numbers made by toMonth) without rows from the beginning to the last one with rows; none where payment is at intervals. */
export function toMissing(begin: number, present: number[]): number[] {
  const last = present.at(-1);
  if (last === undefined || isAtIntervals(begin, present)) return [];
  return Array.from({ length: last - begin + 1 }, (_, i) => begin + i).filter((m) => !present.includes(m));
}

/** Every second, third or sixth month: three of them or more, or two that are ends of such an interval of the year. */
function isAtIntervals(begin: number, present: number[]): boolean {
  const steps = new Set(present.slice(1).map((month, i) => month - (present[i] ?? 0)));
  const [step] = steps;
  const [first = 0] = present;
  if (steps.size !== 1 || step === undefined || ![2, 3, 6].includes(step) || first >= begin + step)
    return false;
  return present.length > 2 || (first + 1) % step === 0;
}

/** Negative rows are counted as 追缴, never taken off 发放 in silence. */
async function findNegatives(scope: Scope): Promise<Problem[]> {
  const rows = await scope.store.rows(
    `select sheet, coalesce(programme, '') as programme, count(*) as n, min(${PLACE}) as place
     from all_payouts where ${toPaid(scope)} and amount < 0 group by 1, 2 order by place`,
  );
  return rows.flatMap(({ programme, n, place }) => {
    const problem = toProblem('amount-negative', String(place), String(n), scope);
    return problem ? [{ ...problem, detail: { programme: String(programme) } }] : [];
  });
}
