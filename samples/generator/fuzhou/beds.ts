import { cycle, range } from '../allocate.ts';
import { dateBetween, dateIn } from '../calendar.ts';
import type { Grid } from '../grid.ts';
import type { Person } from '../persons.ts';
import { type Scene, toSheet } from '../scene.ts';
import { counties, others } from './plan.ts';

export interface Bed {
  county: string;
  person: Person;
  phone: string;
  ability: string;
  state: string;
  built: string | null;
}

/** A date from October 2022, when the first beds stood, to the end of September 2023. */
function dateInTime({ random }: Scene): string {
  return random.chance(0.2) ? dateBetween(random, 2022, 10, 12) : dateBetween(random, 2023, 1, 9);
}

function makeBed({ random, registry }: Scene, county: string, state: string, built: string | null): Bed {
  const ability = random.pick(['失能', '部分失能']);
  return { county, person: registry.person(1930, 1961), phone: registry.phone(), ability, state, built };
}

/** One row per bed, gathered by county: built in time, built later, under way. */
export function makeBeds(scene: Scene): Bed[] {
  const county = (index: number): string => cycle(counties, index).county;
  const later = range(others.bedsLater).map((index) =>
    makeBed(scene, county(index), '已建成', dateIn(scene.random, 2023, 10, 1, 10)),
  );
  const underWay = range(others.bedsUnderWay).map((index) => makeBed(scene, county(index), '建设中', null));
  const built = counties.flatMap((plan) =>
    range(plan.beds.built).map(() => makeBed(scene, plan.county, '已建成', dateInTime(scene))),
  );
  const rows = scene.random.shuffle([...built, ...later, ...underWay]);
  return counties.flatMap((plan) => rows.filter((row) => row.county === plan.county));
}

/** 家庭养老床位台账. */
export function layBeds(scene: Scene, beds: readonly Bed[]): Grid {
  const rows = beds.map(({ county, person, phone, ability, state, built }) => ({
    县区: county,
    老年人姓名: person.name,
    身份证号: person.id,
    联系电话: phone,
    自理能力: ability,
    建设状态: state,
    建成日期: { date: built },
  }));
  return toSheet(scene, { sheet: '家庭养老床位台账', title: '家庭养老床位建设台账', unit: '张' }, rows);
}
