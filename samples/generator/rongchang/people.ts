import { cycle, range } from '../allocate.ts';
import { dateBetween, toMonth } from '../calendar.ts';
import type { Person } from '../persons.ts';
import { type Row, type Scene, toExport, toSheet } from '../scene.ts';
import { ended, homes, leftInJune, monthlySupport, scattered, towns } from './plan.ts';

/** A person on the roll of 特困. */
export interface Supported {
  person: Person;
  town: string;
  ability: string;
  /** Name of the home; '' for those supported at home. */
  home: string;
  since: string;
  until: string | null;
}

const abilities = ['全自理', '半失能', '失能'];

function makeOne(scene: Scene, town: string, ability: string, home: string): Supported {
  const since = dateBetween(scene.random, scene.random.int(2012, 2023), 1, 12);
  return { person: scene.registry.person(1932, 1974), town, ability, home, since, until: null };
}

/** Residents of the homes at the end of the year. */
export function makeResidents(scene: Scene): Supported[] {
  return homes.flatMap(({ name, town, residents }) =>
    residents.flatMap((count, level) =>
      range(count).map(() => makeOne(scene, town, abilities[level] ?? '', name)),
    ),
  );
}

/** Residents who left their home at the end of June. */
export function makeLeavers(scene: Scene): Supported[] {
  return range(leftInJune).map((number) => {
    const { name, town } = cycle(homes, number);
    return { ...makeOne(scene, town, cycle(abilities, number), name), until: '2024-07-01' };
  });
}

/** Those supported at home. */
export function makeScattered(scene: Scene): Supported[] {
  const counts = [scattered.able, scattered.partly, scattered.unable];
  const levels = counts.flatMap((count, level) => range(count).map(() => abilities[level] ?? ''));
  return levels.map((ability, index) => makeOne(scene, cycle(towns, index), ability, ''));
}

/** Support at home that ended before the year or in it. */
export function makeEnded(scene: Scene): Supported[] {
  const stop = (year: number, index: number): Supported => ({
    ...makeOne(scene, cycle(towns, index), cycle(abilities, index), ''),
    since: dateBetween(scene.random, 2015, 1, 12),
    until: dateBetween(scene.random, year, 2, 11),
  });
  return [
    ...range(ended.before).map((index) => stop(2023, index)),
    ...range(ended.within).map((index) => stop(2024, index)),
  ];
}

const ageOf = ({ born }: Person): number => 2024 - born;

/** 特困在册名册: one row per person, those whose support ended too. */
export function laySupported(scene: Scene, people: readonly Supported[]) {
  const rows = people.map(({ person, town, ability, home, since, until }, index) => ({
    乡镇街道: town,
    户编号: `RC${String(index + 1).padStart(5, '0')}`,
    姓名: person.name,
    身份证号: person.id,
    年龄: ageOf(person),
    供养方式: home === '' ? '分散供养' : '集中供养',
    自理能力: ability,
    认定日期: { date: since },
    停止日期: { date: until },
  }));
  const plan = { sheet: '特困在册名册', title: '特困人员救助供养名册', unit: '人' };
  return toSheet(scene, plan, byTown(rows));
}

function byTown<R extends { 乡镇街道: string }>(rows: readonly R[]): R[] {
  return towns.flatMap((town) => rows.filter((row) => row.乡镇街道 === town));
}

/** 敬老院在住名册. */
export function layResidents(scene: Scene, people: readonly Supported[]) {
  const rows = people.map(
    ({ person, ability, home, since, until }): Row => ({
      机构名称: home,
      姓名: person.name,
      身份证号: person.id,
      自理能力: ability,
      入住日期: { date: since },
      退住日期: { date: until },
      入住状态: until === null ? '在住' : '退住',
    }),
  );
  return toSheet(scene, { sheet: '敬老院在住名册', title: '敬老院在住人员名册', unit: '人' }, rows);
}

/** 特困集中供养发放明细: one row per resident and month. */
export function layPayouts(scene: Scene, people: readonly Supported[]) {
  const rows = range(12).flatMap((month) =>
    people
      .filter(({ until }) => until === null || month < Number(until.slice(5, 7)))
      .map(
        ({ person, home }): Row => ({
          发放年月: { month: toMonth(2024, month) },
          机构名称: home,
          姓名: person.name,
          身份证号: person.id,
          供养方式: '集中供养',
          '发放金额（元）': { fen: monthlySupport * 100 },
        }),
      ),
  );
  const plan = { sheet: '特困集中供养金发放明细', title: '特困人员集中供养金发放明细' };
  return toExport(scene, plan, rows);
}
