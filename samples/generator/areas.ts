import { cycle, range } from './allocate.ts';
import { type Bureau, type Business, lay, type Place, toBusiness } from './bureau.ts';
import { dateBetween } from './calendar.ts';
import { countRows, type Figures } from './ledger.ts';
import type { AreaPlan } from './plan.ts';
import type { Random } from './random.ts';
import { type Column, sequence } from './table.ts';

/** A street, town, community or village, with its life. */
export interface Area {
  name: string;
  type: string;
  parent: string;
  founded: string;
  ended: string | null;
  /** How the year changed it; '' when it did not. */
  change: string;
  changed: string | null;
}

type Fate = '' | '管辖调整' | '拆分' | '整合' | '撤并' | '新设';

interface Era {
  random: Random;
  year: number;
}

function makeArea(era: Era, name: string, type: string, parent: string, fate: Fate, ends: boolean): Area {
  const changed = fate === '' ? null : dateBetween(era.random, era.year, 3, 9);
  const founded =
    fate === '新设' && changed ? changed : dateBetween(era.random, era.random.int(1985, 2018), 1, 12);
  return { name, type, parent, founded, ended: ends ? changed : null, change: fate, changed };
}

function makeStreets(era: Era, plan: AreaPlan, place: string): Area[] {
  const kept = plan.streets.map((name, index) =>
    makeArea(era, name, '街道', place, index < plan.adjustedStreets ? '管辖调整' : '', false),
  );
  const gone = plan.abolishedStreets.map((name) => makeArea(era, name, '街道', place, '撤并', true));
  const towns = plan.towns.map((name) => makeArea(era, name, name.slice(-1), place, '', false));
  return [...kept, ...gone, ...towns];
}

function makeFates(era: Era, plan: AreaPlan): { fate: Fate; ends: boolean }[] {
  const repeat = (count: number, fate: Fate, ends = false) => range(count).map(() => ({ fate, ends }));
  const changed = plan.adjusted + plan.split + plan.merged;
  return era.random.shuffle([
    ...repeat(plan.adjusted, '管辖调整'),
    ...repeat(plan.split, '拆分'),
    ...repeat(plan.merged - plan.mergedAway, '整合'),
    ...repeat(plan.mergedAway, '整合', true),
    ...repeat(plan.communitiesBefore - changed, ''),
  ]);
}

function makeCommunities(era: Era, plan: AreaPlan): Area[] {
  const parents = [...plan.streets, ...plan.towns];
  const founded = range(plan.founded).map(() => ({ fate: '新设' as const, ends: false }));
  return [...makeFates(era, plan), ...founded].map(({ fate, ends }, index) =>
    makeArea(era, `${plan.nameOf(index + 1)}社区`, '社区', cycle(parents, index), fate, ends),
  );
}

function makeVillages(era: Era, plan: AreaPlan): Area[] {
  const parents = plan.towns.length > 0 ? plan.towns : plan.streets;
  return range(plan.villages).map((number) =>
    makeArea(era, `${plan.nameOf(number)}村`, '行政村', cycle(parents, number), '', false),
  );
}

/** All areas of a bureau, the ended ones too. */
export function makeAreas(random: Random, plan: AreaPlan, place: string, year: number): Area[] {
  const era = { random, year };
  return [...makeStreets(era, plan, place), ...makeCommunities(era, plan), ...makeVillages(era, plan)];
}

function standsOn(area: Area, date: string): boolean {
  return area.founded <= date && (area.ended === null || area.ended > date);
}

/** Communities and villages that stand at the end of the year, ordered by the area above them. */
export function toPlaces(areas: readonly Area[], year: number): Place[] {
  const places = areas
    .filter((area) => ['社区', '行政村'].includes(area.type) && standsOn(area, `${year}-12-31`))
    .map(({ name, parent }) => ({ town: parent, community: name }));
  const towns = [...new Set(places.map(({ town }) => town))];
  return towns.flatMap((town) => places.filter((place) => place.town === town));
}

const columns: Column<Area>[] = [
  sequence(),
  { heads: ['名称'], value: ({ name }) => name },
  { heads: ['类型'], value: ({ type }) => type },
  { heads: ['上级'], value: ({ parent }) => parent },
  { heads: ['设立日期'], value: ({ founded }) => ({ date: founded }) },
  { heads: ['撤销日期'], value: ({ ended }) => ({ date: ended }) },
  { heads: ['调整方式'], value: ({ change }) => change },
  { heads: ['调整日期'], value: ({ changed }) => ({ date: changed }) },
];

function countAreas(areas: readonly Area[], year: number): Figures {
  const standing = (type: string, date: string) =>
    countRows(areas, (area) => area.type === type && standsOn(area, date));
  const changed = (fate: Fate) => countRows(areas, ({ type, change }) => type === '社区' && change === fate);
  return {
    '区划.街道期初数': standing('街道', `${year - 1}-12-31`),
    '区划.街道期末数': standing('街道', `${year}-12-31`),
    '区划.社区期初数': standing('社区', `${year - 1}-12-31`),
    '区划.社区期末数': standing('社区', `${year}-12-31`),
    '区划.行政村数': standing('行政村', `${year}-12-31`),
    '区划.管辖调整社区数': changed('管辖调整'),
    '区划.拆分社区数': changed('拆分'),
    '区划.整合社区数': changed('整合'),
  };
}

/** 区划. */
export function makeAreaSheet(bureau: Bureau, areas: readonly Area[]): Business {
  const grid = lay(bureau, { sheet: '区划', title: '行政区划调整台账', unit: '个', columns, rows: areas });
  return toBusiness([grid], countAreas(areas, bureau.plan.year));
}
