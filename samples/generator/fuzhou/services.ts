import { cycle, range } from '../allocate.ts';
import { dateBetween, dateIn } from '../calendar.ts';
import type { Grid } from '../grid.ts';
import type { Person } from '../persons.ts';
import { type Scene, toExport } from '../scene.ts';
import type { Bed } from './beds.ts';
import { counties, others } from './plan.ts';

export interface Service {
  number: string;
  county: string;
  person: Person;
  group: string;
  ability: string;
  day: string;
  project: string;
  state: string;
}

const projects = ['助餐', '助浴', '助洁', '助医', '康复护理', '生活照料'];
const done = ['已完成', '已评价', '已回访'];
const old = '60周岁及以上老年人';

type Draft = Omit<Service, 'number'>;

/** A finished service of a person whose bed stands in the county. */
function serve({ random }: Scene, county: string, beds: readonly Bed[]): Draft {
  const { person, ability } = random.pick(beds);
  const day = dateBetween(random, 2023, 2, 9);
  return {
    county,
    person,
    group: old,
    ability,
    day,
    project: random.pick(projects),
    state: random.pick(done),
  };
}

/** Services that do not count, each for one reason. */
function makeOthers(scene: Scene, anywhere: (index: number) => Draft): Draft[] {
  const { random, registry } = scene;
  const young = (): Partial<Draft> => ({
    person: registry.person(1970, 1990),
    group: '未满60周岁重度残疾人',
  });
  const changed = (count: number, change: () => Partial<Draft>): Draft[] =>
    range(count).map((index) => ({ ...anywhere(index), ...change() }));
  return [
    ...changed(others.servicesAble, () => ({ ability: '自理', person: registry.person(1935, 1960) })),
    ...changed(others.servicesYoung, young),
    ...changed(others.servicesCancelled, () => ({ state: random.pick(['已取消', '待改派']) })),
    ...changed(others.servicesLater, () => ({ day: dateIn(random, 2023, 10, 1, 10) })),
  ];
}

/** One row per work order, by date. */
export function makeServices(scene: Scene, beds: readonly Bed[]): Service[] {
  const bedsOf = new Map(counties.map(({ county }) => [county, beds.filter((bed) => bed.county === county)]));
  const serveIn = (county: string): Draft => serve(scene, county, bedsOf.get(county) ?? []);
  const rows = [
    ...counties.flatMap((plan) => range(plan.services.done).map(() => serveIn(plan.county))),
    ...makeOthers(scene, (index) => serveIn(cycle(counties, index).county)),
  ];
  return scene.random
    .shuffle(rows)
    .sort((left, right) => left.day.localeCompare(right.day))
    .map((row, index) => ({ number: `FW2023${String(index + 1).padStart(6, '0')}`, ...row }));
}

/** 上门服务记录, as the service platform exports it. */
export function layServices(scene: Scene, services: readonly Service[]): Grid {
  const rows = services.map(({ number, county, person, group, ability, day, project, state }) => ({
    工单编号: number,
    县区: county,
    老年人姓名: person.name,
    身份证号: person.id,
    年龄: 2023 - person.born,
    对象类别: group,
    自理能力: ability,
    服务日期: { date: day },
    服务项目: project,
    工单状态: state,
  }));
  const plan = { sheet: '上门服务记录', title: '居家上门服务记录', look: { date: 'slash' } } as const;
  return toExport(scene, plan, rows);
}
