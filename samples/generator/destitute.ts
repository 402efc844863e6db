import { partition, range } from './allocate.ts';
import {
  areaColumns,
  type Bureau,
  type Business,
  householdHeads,
  idHeads,
  lay,
  type Place,
  toBusiness,
} from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countDistinct, countRows, type Figures } from './ledger.ts';
import type { Person } from './persons.ts';
import type { Group } from './plan.ts';
import { type Column, sequence } from './table.ts';

interface Destitute {
  key: string;
  place: Place;
  person: Person;
  way: string;
  ability: string;
  phone: string;
  since: string;
  until: string | null;
  reason: string;
}

type Life = Pick<Destitute, 'since' | 'until' | 'reason'>;

const columns: Column<Destitute>[] = [
  sequence(),
  ...areaColumns<Destitute>(({ place }) => place),
  { heads: householdHeads, value: ({ key }) => key },
  { heads: ['姓名', '人员姓名'], value: ({ person }) => person.name },
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['性别'], value: ({ person }) => person.sex },
  { heads: ['联系电话', '手机号码'], value: ({ phone }) => phone },
  { heads: ['供养方式'], value: ({ way }) => way },
  { heads: ['生活自理能力', '自理能力等级'], value: ({ ability }) => ability },
  { heads: ['认定日期'], value: ({ since }) => ({ date: since }) },
  { heads: ['停止日期'], value: ({ until }) => ({ date: until }) },
  { heads: ['停止原因'], value: ({ reason }) => reason },
];

function makePerson({ random, registry, places }: Bureau, key: string, life: Life, place: Place): Destitute {
  return {
    key,
    place: places.includes(place) ? place : random.pick(places),
    person: registry.person(1932, 1962),
    way: random.chance(0.3) ? '集中供养' : '分散供养',
    ability: random.pick(['全自理', '全自理', '半护理', '全护理']),
    phone: registry.phone(),
    ...life,
  };
}

function makeGroup(bureau: Bureau, group: Group, from: number, makeLife: () => Life): Destitute[] {
  const sizes = partition(bureau.random, group.households, group.persons, 2);
  return sizes.flatMap((size, index) => {
    const key = `TK${bureau.plan.prefix}${String(from + index).padStart(4, '0')}`;
    const life = makeLife();
    const place = bureau.random.pick(bureau.places);
    return range(size).map(() => makePerson(bureau, key, life, place));
  });
}

/** Ends the support of so many persons who live alone. */
function stopSome({ random, plan }: Bureau, rows: readonly Destitute[], count: number): void {
  const alone = rows.filter(({ key }) => rows.filter((other) => other.key === key).length === 1);
  for (const row of random.shuffle(alone).slice(0, count)) {
    row.until = dateBetween(random, plan.year, 2, 11);
    row.reason = random.pick(['死亡', '死亡', '不再符合条件']);
  }
}

function makeRows(bureau: Bureau): Destitute[] {
  const { random, plan } = bureau;
  const { before, started, stopped, past } = plan.destitute;
  const open = { until: null, reason: '' };
  const old = (): string => dateBetween(random, random.int(2010, plan.year - 2), 1, 12);
  const ended = (): string => dateBetween(random, plan.year - 1, 1, 11);
  const rows = makeGroup(bureau, before, 1, () => ({ since: old(), ...open }));
  stopSome(bureau, rows, stopped);
  const gone = { households: past, persons: past };
  return [
    ...rows,
    ...makeGroup(bureau, gone, 2001, () => ({ since: old(), until: ended(), reason: '死亡' })),
    ...makeGroup(bureau, started, 3001, () => ({ since: dateBetween(random, plan.year, 1, 12), ...open })),
  ];
}

function countDestitute(rows: readonly Destitute[], year: number): Figures {
  const started = rows.filter(({ since }) => since.startsWith(`${year}-`));
  const stopped = rows.filter(({ until }) => until?.startsWith(`${year}-`));
  const atEnd = rows.filter(({ until }) => until === null);
  const key = (row: Destitute): string => row.key;
  return {
    '特困.新增户数': countDistinct(started, key),
    '特困.新增人数': countRows(started),
    '特困.取消户数': countDistinct(stopped, key),
    '特困.取消人数': countRows(stopped),
    '特困.期末户数': countDistinct(atEnd, key),
    '特困.期末人数': countRows(atEnd),
    '特困.集中供养人数': countRows(atEnd, ({ way }) => way === '集中供养'),
    '特困.分散供养人数': countRows(atEnd, ({ way }) => way === '分散供养'),
  };
}

/** 特困: one row per person ever on the roll. */
export function makeDestitute(bureau: Bureau): Business {
  const rows = makeRows(bureau);
  const grid = lay(bureau, { sheet: '特困', title: '特困人员救助供养名册', unit: '人', columns, rows });
  return toBusiness([grid], countDestitute(rows, bureau.plan.year));
}
