import { cycle, range } from '../allocate.ts';
import { dateBetween, dateIn } from '../calendar.ts';
import type { Workshop } from '../elsewhere.ts';
import type { Grid } from '../grid.ts';
import type { Person } from '../persons.ts';
import type { Column } from '../table.ts';
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

const columns: Column<Service>[] = [
  { heads: ['工单编号'], value: ({ number }) => number },
  { heads: ['县区'], value: ({ county }) => county },
  { heads: ['老年人姓名'], value: ({ person }) => person.name },
  { heads: ['身份证号'], value: ({ person }) => person.id },
  { heads: ['年龄'], value: ({ person }) => 2023 - person.born },
  { heads: ['对象类别'], value: ({ group }) => group },
  { heads: ['自理能力'], value: ({ ability }) => ability },
  { heads: ['服务日期'], value: ({ day }) => ({ date: day }) },
  { heads: ['服务项目'], value: ({ project }) => project },
  { heads: ['工单状态'], value: ({ state }) => state },
];

const projects = ['助餐', '助浴', '助洁', '助医', '康复护理', '生活照料'];
const done = ['已完成', '已评价', '已回访'];
const old = '60周岁及以上老年人';

type Draft = Omit<Service, 'number'>;

/** A finished service of a person whose bed stands in the county. */
function serve({ random }: Workshop, county: string, beds: readonly Bed[]): Draft {
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
function makeOthers(workshop: Workshop, anywhere: (index: number) => Draft): Draft[] {
  const { random, registry } = workshop;
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
export function makeServices(workshop: Workshop, beds: readonly Bed[]): Service[] {
  const bedsOf = new Map(counties.map(({ county }) => [county, beds.filter((bed) => bed.county === county)]));
  const serveIn = (county: string): Draft => serve(workshop, county, bedsOf.get(county) ?? []);
  const rows = [
    ...counties.flatMap((plan) => range(plan.services.done).map(() => serveIn(plan.county))),
    ...makeOthers(workshop, (index) => serveIn(cycle(counties, index).county)),
  ];
  return workshop.random
    .shuffle(rows)
    .sort((left, right) => left.day.localeCompare(right.day))
    .map((row, index) => ({ number: `FW2023${String(index + 1).padStart(6, '0')}`, ...row }));
}

/** 上门服务记录, as the service platform exports it. */
export function layServices({ lay }: Workshop, rows: readonly Service[]): Grid {
  const bare = { title: false, unitRow: 'none', footerRows: 0 } as const;
  const table = { sheet: '上门服务记录', title: '居家上门服务记录', unit: '人次' };
  return lay({ ...table, columns, rows }, { ...bare, date: 'slash' });
}
