import { range } from './allocate.ts';
import { type Bureau, type Business, idHeads, layBare, type Place } from './bureau.ts';
import { toMonth } from './calendar.ts';
import { countDistinct } from './ledger.ts';
import type { Person } from './persons.ts';
import type { Column } from './table.ts';

interface Elder {
  person: Person;
  place: Place;
  band: string;
  since: string;
  until: string | null;
}

/** Youngest and oldest age of each band. */
const bands: Record<string, [number, number]> = {
  '80至89周岁': [80, 89],
  '90至99周岁': [90, 99],
};
const [eighties, nineties] = ['80至89周岁', '90至99周岁'];

const columns: Column<Elder>[] = [
  { heads: idHeads, value: ({ person }) => person.id },
  { heads: ['镇街'], value: ({ place }) => place.town },
  { heads: ['享受类别'], value: ({ band }) => band },
  { heads: ['享受起始年月'], value: ({ since }) => ({ month: since }) },
  { heads: ['停发年月'], value: ({ until }) => ({ month: until }) },
];

function makeElder({ random, registry, plan, places }: Bureau, band: string, ends: boolean): Elder {
  const [youngest, oldest] = bands[band] ?? [80, 99];
  return {
    person: registry.person(plan.year - oldest, plan.year - youngest),
    place: random.pick(places),
    band,
    since: toMonth(plan.year - random.int(1, 5), random.int(1, 12)),
    until: ends ? toMonth(plan.year, random.int(2, 12)) : null,
  };
}

/** 高龄津贴名册: who is entitled at the end of the year, and those who left it in the year. */
export function makeElderRoll(bureau: Bureau): Business {
  const { eighty, ninety, left } = bureau.plan.elders.roll;
  const rows = bureau.random.shuffle([
    ...range(eighty - ninety).map(() => makeElder(bureau, eighties, false)),
    ...range(ninety).map(() => makeElder(bureau, nineties, false)),
    ...range(left).map(() => makeElder(bureau, eighties, true)),
  ]);
  const table = { sheet: '高龄津贴名册', title: '高龄津贴名册', unit: '' };
  const standing = rows.filter(({ until }) => until === null);
  return {
    grids: [],
    csvs: [
      { name: `高龄津贴名册${bureau.plan.year}.csv`, grid: layBare(bureau, { ...table, columns, rows }) },
    ],
    figures: { '高龄津贴.期末人数': countDistinct(standing, ({ person }) => person.id) },
  };
}
