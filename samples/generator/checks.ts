import { partition } from './allocate.ts';
import { areaColumns, type Bureau, type Business, idHeads, lay, type Place, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { addUp, countDistinct, type Figures } from './ledger.ts';
import type { Person } from './persons.ts';
import type { CheckPlan } from './plan.ts';
import { type Column, sequence } from './table.ts';

interface Check {
  number: string;
  kind: CheckPlan['kind'];
  place: Place;
  person: Person;
  family: number;
  date: string;
}

const columns: Column<Check>[] = [
  sequence(),
  { heads: ['申请编号', '受理编号'], value: ({ number }) => number },
  { heads: ['核对类型'], value: ({ kind }) => kind },
  areaColumns<Check>(({ place }) => place)[0],
  { heads: ['申请人姓名', '申请人'], value: ({ person }) => person.name },
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['家庭人口', '家庭人口数', '家庭人数'], value: ({ family }) => family },
  { heads: ['申请日期'], value: ({ date }) => ({ date }) },
];

function makeChecks(bureau: Bureau, { kind, group }: CheckPlan): Check[] {
  const { random, registry, places, plan } = bureau;
  return partition(random, group.households, group.persons, 7).map((family) => ({
    number: '',
    kind,
    place: random.pick(places),
    person: registry.person(1950, 2000),
    family,
    date: dateBetween(random, plan.year, 1, plan.checksUntil),
  }));
}

function makeRows(bureau: Bureau): Check[] {
  const rows = bureau.plan.checks.flatMap((check) => makeChecks(bureau, check));
  rows.sort((left, right) => left.date.localeCompare(right.date));
  const start = `HD${bureau.plan.year}`;
  return rows.map((row, index) => ({ ...row, number: `${start}${String(index + 1).padStart(6, '0')}` }));
}

function countKind(rows: readonly Check[], wanted: CheckPlan['kind']): Figures {
  const ofKind = rows.filter(({ kind }) => kind === wanted);
  return {
    [`核对.${wanted}户数`]: countDistinct(ofKind, ({ number }) => number),
    [`核对.${wanted}人数`]: addUp(ofKind, ({ family }) => family),
  };
}

/** 家庭经济状况核对: one row per application of a household. */
export function makeEconomicChecks(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const table = { sheet: '家庭经济状况核对', title: '居民家庭经济状况核对受理台账', unit: '户、人' };
  const kinds = bureau.plan.checks.map(({ kind }) => countKind(rows, kind));
  return toBusiness([lay(bureau, { ...table, columns, rows })], Object.assign({}, ...kinds));
}
