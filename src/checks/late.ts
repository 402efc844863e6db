import { toLiteral } from '../store/index.ts';
import { isHouseholdList, PLACE, type Scope, toMonth, toNormal, toPaid } from './scope.ts';

/**
 * Payments after an end, from the table `ended` (person_id, kind, programme, last, place). A stop that a later row of
 * the roll takes back is none; a household goes on being paid when another of its members is still on the roll.
 */
export function toLateQuery(scope: Scope): string {
  return `with late as (${toLate(scope)}), still as (${toStill(scope)})
    select sheet, kind, programme, coalesce(item, '') as item, count(*) as n, count(distinct person_id) as persons,
      min(place) as place, arg_min(last, place) as last, arg_min(month, place) as month, arg_min(end_place, place) as end_place
    from late l
    where (kind = '死亡' or person_id not in (select person_id from ended where kind = '死亡'))
      and (kind = '死亡' or not exists (${toCovering('r.person_id = l.person_id')}))
      and not exists (${toCovering(`l.household = r.unit_household and r.person_id <> l.person_id`)})
    group by sheet, kind, programme, coalesce(item, '') order by place`;
}

function toLate(scope: Scope): string {
  const lists = scope.tables.filter((table) => table.dataset === 'payouts' && isHouseholdList(table));
  const household = `case when sheet in (${lists.map(({ id }) => id).join(', ') || '-1'}) then unit_household end`;
  return `select p.*, e.kind, e.last, e.place as end_place
    from (select sheet, person_id, ${household} as household, programme, item, ${toMonth('on_day')} as month, ${PLACE} as place
          from all_payouts where ${toPaid(scope)} and ${toNormal(scope)} and amount > 0) p
    join ended e on p.person_id = e.person_id
    where p.month > e.last and (e.programme is null or e.programme = p.programme)`;
}

/** Who is covered by which programme, the parts of a collective one too. */
function toStill({ catalogue }: Scope): string {
  const parts = [...catalogue.programmes].flatMap(([name, { 包含 }]) =>
    [name, ...包含].map((part) => `(${toLiteral(name)}, ${toLiteral(part)})`),
  );
  return `select person_id, unit_household, part as programme, start, stop
    from all_roll join (values ${parts.join(', ')}) parts(whole, part) on programme = whole
    where aside is null and (covered is null or covered = '是')`;
}

const toCovering = (same: string): string =>
  `select 1 from still r where ${same} and r.programme = l.programme
     and (r.start is null or ${toMonth('r.start')} <= l.month) and (r.stop is null or ${toMonth('r.stop')} > l.month)`;
