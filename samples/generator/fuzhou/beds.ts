import { cycle, range } from '../allocate.ts';
import { dateBetween, dateIn } from '../calendar.ts';
import type { Workshop } from '../elsewhere.ts';
import { numbered } from '../elsewhere.ts';
import type { Grid } from '../grid.ts';
import type { Person } from '../persons.ts';
import type { Column } from '../table.ts';
import { counties, others } from './plan.ts';

export interface Bed {
  county: string;
  person: Person;
  phone: string;
  ability: string;
  state: string;
  built: string | null;
}

const columns: Column<Bed>[] = [
  { heads: ['县区'], value: ({ county }) => county },
  { heads: ['老年人姓名'], value: ({ person }) => person.name },
  { heads: ['身份证号'], value: ({ person }) => person.id },
  { heads: ['联系电话'], value: ({ phone }) => phone },
  { heads: ['自理能力'], value: ({ ability }) => ability },
  { heads: ['建设状态'], value: ({ state }) => state },
  { heads: ['建成日期'], value: ({ built }) => ({ date: built }) },
];

/** A date from October 2022, when the first beds stood, to the end of September 2023. */
function dateInTime({ random }: Workshop): string {
  return random.chance(0.2) ? dateBetween(random, 2022, 10, 12) : dateBetween(random, 2023, 1, 9);
}

function makeBed(workshop: Workshop, county: string, state: string, built: string | null): Bed {
  const { random, registry } = workshop;
  const ability = random.pick(['失能', '部分失能']);
  return { county, person: registry.person(1930, 1961), phone: registry.phone(), ability, state, built };
}

/** One row per bed, gathered by county: built in time, built later, under way. */
export function makeBeds(workshop: Workshop): Bed[] {
  const { random } = workshop;
  const county = (index: number) => cycle(counties, index).county;
  const later = range(others.bedsLater).map((index) =>
    makeBed(workshop, county(index), '已建成', dateIn(random, 2023, 10, 1, 10)),
  );
  const underWay = range(others.bedsUnderWay).map((index) =>
    makeBed(workshop, county(index), '建设中', null),
  );
  const built = counties.flatMap((plan) =>
    range(plan.beds.built).map(() => makeBed(workshop, plan.county, '已建成', dateInTime(workshop))),
  );
  const rows = random.shuffle([...built, ...later, ...underWay]);
  return counties.flatMap((plan) => rows.filter((row) => row.county === plan.county));
}

/** 家庭养老床位台账. */
export function layBeds({ lay }: Workshop, rows: readonly Bed[]): Grid {
  const table = { sheet: '家庭养老床位台账', title: '家庭养老床位建设台账', unit: '张' };
  return lay({ ...table, columns: numbered(columns), rows }, { date: 'dash' });
}
