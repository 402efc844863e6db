import { apportion, partition, range, sum } from './allocate.ts';
import type { Bureau, Place } from './bureau.ts';
import { toMonth } from './calendar.ts';
import type { Person } from './persons.ts';
import type { Group, LivingPlan } from './plan.ts';

export interface Member {
  person: Person;
  relation: string;
  covered: boolean;
}

/** A household on the 低保 roll. */
export interface Household {
  key: string;
  place: Place;
  head: Person;
  members: Member[];
  /** Number of covered members (保障人数). */
  covered: number;
  alone: boolean;
  fate: 'stay' | 'started' | 'stopped' | 'past';
  /** First and last covered month of its whole life; `until` null while it is covered. */
  since: string;
  until: string | null;
  /** First and last month of the year in which it is paid, 1 to 12; both 0 when it ended before. */
  first: number;
  last: number;
  /** Per month, in 分. */
  basicFen: number;
  classFen: number;
  account: string;
}

const relations: [relation: string, bornFrom: number, bornTo: number][] = [
  ['本人', 1950, 1990],
  ['配偶', 1950, 1990],
  ['子女', 2004, 2018],
  ['子女', 2004, 2018],
  ['父母', 1930, 1948],
];

function makeMembers(bureau: Bureau, covered: number, uncovered: number): Member[] {
  return relations.slice(0, covered + uncovered).map(([relation, from, to], index) => ({
    person: bureau.registry.person(from, to),
    relation,
    covered: index < covered,
  }));
}

function drawClassFen(bureau: Bureau): number {
  const { random, plan } = bureau;
  return random.chance(0.4) ? Math.round(plan.living.standard * random.pick([10, 20, 30])) : 0;
}

function makeHousehold(bureau: Bureau, fate: Household['fate'], covered: number, number: number): Household {
  const { random, plan, registry, places } = bureau;
  const members = makeMembers(bureau, covered, random.chance(0.15) ? 1 : 0);
  const perPerson = random.int(plan.living.standard * 80, plan.living.standard * 93);
  return {
    key: `DB${plan.prefix}${String(number).padStart(5, '0')}`,
    place: random.pick(places),
    head: members[0]?.person ?? registry.person(1950, 1990),
    members,
    covered,
    alone: false,
    fate,
    ...drawMonths(bureau, fate),
    basicFen: perPerson * covered,
    classFen: drawClassFen(bureau),
    account: registry.account(),
  };
}

/** A household starts in any month and stops before December, so that a year's end is never in doubt. */
function drawMonths(
  { random, plan: { year } }: Bureau,
  fate: Household['fate'],
): Pick<Household, 'since' | 'until' | 'first' | 'last'> {
  const since = toMonth(random.int(2008, year - 2), random.int(1, 12));
  if (fate === 'past') return { since, until: toMonth(year - 1, random.int(1, 11)), first: 0, last: 0 };
  if (fate === 'stay') return { since, until: null, first: 1, last: 12 };
  const month = fate === 'started' ? random.int(1, 12) : random.int(1, 11);
  const lived = { since, until: null, first: 1, last: 12 };
  return setMonth(lived, fate, month, year);
}

function setMonth<H extends Pick<Household, 'since' | 'until' | 'first' | 'last'>>(
  household: H,
  fate: 'started' | 'stopped',
  month: number,
  year: number,
): H {
  if (fate === 'started') return Object.assign(household, { first: month, since: toMonth(year, month) });
  return Object.assign(household, { last: month, until: toMonth(year, month) });
}

function makeGroup(bureau: Bureau, fate: Household['fate'], group: Group, from: number): Household[] {
  const sizes = partition(bureau.random, group.households, group.persons, 5);
  return sizes.map((covered, index) => makeHousehold(bureau, fate, covered, from + index));
}

/** Persons paid over all months of the year. */
export function countPersonMonths(households: readonly Household[]): number {
  return sum(households.map(({ covered, first, last }) => (first === 0 ? 0 : covered * (last - first + 1))));
}

/** Moves starts and stops month by month until the persons paid over the year are as many as wanted. */
function tuneMonths(
  { random, plan: { year } }: Bureau,
  households: readonly Household[],
  wanted: number,
): void {
  const movable = households.filter(({ fate }) => fate === 'started' || fate === 'stopped');
  for (let gap = wanted - countPersonMonths(households); gap !== 0; ) {
    const household = random.pick(movable);
    const { fate, covered } = household;
    if ((fate !== 'started' && fate !== 'stopped') || covered > Math.abs(gap)) continue;
    const step = Math.sign(gap) * (fate === 'started' ? -1 : 1);
    const month = (fate === 'started' ? household.first : household.last) + step;
    if (month < 1 || month > (fate === 'started' ? 12 : 11)) continue;
    setMonth(household, fate, month, year);
    gap -= Math.sign(gap) * covered;
  }
}

function monthsPaid({ first, last }: Household): number {
  return first === 0 ? 0 : last - first + 1;
}

/** Stretches 保障金 so that the year's 低保金 comes within a few 元 of the wanted sum. */
function tuneMoney(households: readonly Household[], wanted: number): void {
  const classFen = sum(households.map((household) => household.classFen * monthsPaid(household)));
  const basicFen = sum(households.map((household) => household.basicFen * monthsPaid(household)));
  const factor = (wanted - classFen) / basicFen;
  for (const household of households) household.basicFen = Math.round(household.basicFen * factor);
}

/** Some single persons are covered for their own illness while their family is not. */
function setAlone(bureau: Bureau, households: readonly Household[], count: number): void {
  const single = households.filter(({ covered, fate }) => covered === 1 && fate === 'stay');
  for (const household of bureau.random.shuffle(single).slice(0, count)) {
    household.alone = true;
    if (household.members.length === 1) household.members.push(...makeMembers(bureau, 0, 2).slice(1));
  }
}

/** The whole 低保 roll: months, members and monthly money as the plan wants them. */
export function makeHouseholds(bureau: Bureau, plan: LivingPlan): Household[] {
  const past = { households: plan.past, persons: plan.past };
  const groups: [Household['fate'], Group][] = [
    ['stay', plan.stay],
    ['stopped', plan.stopped],
    ['past', past],
    ['started', plan.started],
  ];
  const households: Household[] = [];
  for (const [fate, group] of groups)
    households.push(...makeGroup(bureau, fate, group, households.length + 1));
  setAlone(bureau, households, plan.alone);
  if (plan.personMonths !== null) tuneMonths(bureau, households, plan.personMonths);
  if (plan.fen !== null) tuneMoney(households, plan.fen);
  return households;
}

/** Households paid in a month, 1 to 12. */
export function paidIn(households: readonly Household[], month: number): Household[] {
  return households.filter(({ first, last }) => first !== 0 && first <= month && month <= last);
}

/** Shares a batch among households by their covered persons, in whole steps. */
export function shareBatch(households: readonly Household[], fen: number, stepFen: number): number[] {
  const weights = households.map(({ covered, classFen }) => covered * 4 + (classFen > 0 ? 1 : 0));
  return apportion(Math.round(fen / stepFen), weights).map((steps) => steps * stepFen);
}

/** Months 1 to 12. */
export const allMonths: readonly number[] = range(12);
