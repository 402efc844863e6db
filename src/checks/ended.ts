import type { Problem } from '../model.ts';
import type { LoadedTable } from '../normalise/index.ts';
import { type StoreRow, toLiteral } from '../store/index.ts';
import { findFigures } from './figures.ts';
import { toLateQuery } from './late.ts';
import { PLACE, type Scope, toMonth, toMonthText, toPlaceText, toProblem } from './scope.ts';

/**
 * Payments for months after the one of a recorded death (any programme) or stop (the same programme). Someone still on
 * the roll of the programme in that month, or whose household is, was paid rightly.
 */
export async function findPaymentsAfterEnd(scope: Scope): Promise<Problem[]> {
  const ends = [...toDeaths(scope), ...toStops(scope)];
  if (ends.length === 0 || !scope.tables.some(({ dataset }) => dataset === 'payouts')) return [];
  await scope.store.run(
    `create temp table ended as select person_id, kind, programme, max(last) as last, arg_max(place, last) as place
     from (${ends.join(' union all ')}) group by person_id, kind, programme`,
  );
  const rows = await scope.store.rows(toLateQuery(scope));
  await scope.store.run('drop table ended');
  return rows.flatMap((row) => toEnded(row, scope));
}

const has = ({ columns }: LoadedTable, field: string): boolean =>
  columns.some((column) => column.field === field);

/** Deaths that a roll or a list of payments records with a date. `last` is the last month that may be paid. */
function toDeaths({ tables, catalogue }: Scope): string[] {
  const { 状态, 标记 } = catalogue.checks.死亡;
  const dead = `(dead in (${标记.map(toLiteral).join(', ')}) or state in (${状态.map(toLiteral).join(', ')}))`;
  const select = (day: string, dataset: string) =>
    `select person_id, '死亡' as kind, null as programme, ${toMonth(day)} as last, ${PLACE} as place from all_${dataset} where aside is null and person_id is not null and ${day} is not null`;
  return [
    ...(['roll', 'payouts'] as const)
      .filter((dataset) => tables.some((table) => table.dataset === dataset && has(table, 'death_date')))
      .map((dataset) => select('death_date', dataset)),
    ...(tables.some((table) => table.dataset === 'roll' && (has(table, 'dead') || has(table, 'state')))
      ? [`${select('stop', 'roll')} and death_date is null and ${dead}`]
      : []),
  ];
}

/** Stops of a roll, for the programme and for those that it is made of. 截止 is stored as the day after. */
function toStops({ tables, catalogue }: Scope): string[] {
  return tables
    .filter((table) => table.dataset === 'roll' && has(table, 'stop') && has(table, 'person_id'))
    .flatMap((table) => {
      const inclusive = table.columns.some(({ field, inclusive: own }) => field === 'stop' && own);
      const last = toMonth(inclusive ? '(stop - 1)' : 'stop');
      const programmes = new Set(
        table.programmes.flatMap((name) => [name, ...(catalogue.programmes.get(name)?.包含 ?? [])]),
      );
      return [...programmes].map((name) => {
        const own = table.programmes.includes(name) ? [name] : [];
        const parents = table.programmes.filter((parent) =>
          catalogue.programmes.get(parent)?.包含.includes(name),
        );
        return `select person_id, '停止' as kind, ${toLiteral(name)} as programme, ${last} as last, ${PLACE} as place
          from all_roll where sheet = ${table.id} and aside is null and person_id is not null and stop is not null
          and programme in (${[...own, ...parents].map(toLiteral).join(', ')})`;
      });
    });
}

function toEnded(row: StoreRow, scope: Scope): Problem[] {
  const problem = toProblem('paid-after-end', String(row.place), String(row.n), scope);
  if (!problem) return [];
  const detail = {
    programme: String(row.programme),
    kind: String(row.kind),
    last: toMonthText(Number(row.last)),
    month: toMonthText(Number(row.month)),
    persons: String(row.persons),
    source: toPlaceText(String(row.end_place), problem.id, scope),
  };
  return [
    {
      ...problem,
      detail,
      figures: findFigures('payouts', String(row.programme), String(row.item), scope.catalogue),
    },
  ];
}
