import { apportion, partition, range, sum } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import {
  dayIn,
  forkScene,
  monthsBetween,
  type Row,
  type Scene,
  spotCells,
  toExport,
  toSheet,
} from '../scene.ts';
import { communities } from './places.ts';

interface Household {
  key: string;
  spot: Row;
  members: Row[];
  covered: number;
  since: string;
  /** Last month that counts; null while it is covered. */
  until: string | null;
  found: string | null;
}

const half = monthsBetween('2024-01', '2024-06');
/** 1398.75万元 in 元. */
const paid = 13_987_500;

type Group = {
  households: number;
  persons: number;
  from: string;
  to: string;
  found?: string;
  left?: boolean;
};

/** 2059 households with 2911 persons stand at the end of June; the last three groups do not count there. */
const groups: Group[] = [
  { households: 1941, persons: 2742, from: '2012-01', to: '2023-12' },
  { households: 102, persons: 147, from: '2024-01', to: '2024-06', found: '主动发现' },
  { households: 16, persons: 22, from: '2024-01', to: '2024-06', found: '本人申请' },
  { households: 46, persons: 61, from: '2014-01', to: '2022-12', left: true },
  { households: 7, persons: 9, from: '2024-07', to: '2024-07', found: '主动发现' },
];

const relations: [relation: string, from: number, to: number][] = [
  ['本人', 1950, 1985],
  ['配偶', 1950, 1985],
  ['子女', 2006, 2018],
  ['父母', 1934, 1948],
];

function makeMember(scene: Scene, index: number, covered: number): Row {
  const [relation, from, to] = relations[index] ?? ['子女', 2006, 2018];
  const person = scene.registry.person(from, to);
  return {
    姓名: person.name,
    身份证号: person.id,
    与户主关系: relation,
    是否保障对象: index < covered ? '是' : '否',
  };
}

function makeHouseholds(scene: Scene): Household[] {
  const { random } = scene;
  const sized = groups.flatMap((group) =>
    partition(random, group.households, group.persons, 3).map((covered) => ({ group, covered })),
  );
  return sized.map(({ group, covered }, index) => ({
    key: `DB990103${String(index + 1).padStart(5, '0')}`,
    spot: spotCells(random.pick(communities)),
    members: range(covered + (random.chance(0.12) ? 1 : 0)).map((number) =>
      makeMember(scene, number - 1, covered),
    ),
    covered,
    since: random.pick(monthsBetween(group.from, group.to)),
    until: group.left ? random.pick(half.slice(0, 5)) : null,
    found: group.found ?? null,
  }));
}

function makeRoll(scene: Scene, households: readonly Household[]): Grid {
  const rows = households.flatMap(({ spot, key, members, since, until }) =>
    members.map((member) => ({
      ...spot,
      户编号: key,
      ...member,
      起始保障年月: { month: since },
      截止保障年月: { month: until },
    })),
  );
  return toSheet(scene, { sheet: '低保家庭成员名册', title: '城市低保家庭成员名册', unit: '人' }, rows);
}

const isPaid = ({ since, until }: Household, month: string): boolean =>
  since <= month && (until === null || until >= month);

/** Six months that add up to the published sum; December before and July after them are paid too. */
function makePayments(scene: Scene, households: readonly Household[]): Grid {
  const due = half.flatMap((month) =>
    households.filter((household) => isPaid(household, month)).map((household) => ({ month, household })),
  );
  const fen = apportion(
    paid,
    due.map(({ household }) => household.covered * 20 + (household.members.length % 3)),
  );
  const pay = ({ key, spot, members, covered }: Household, month: string, yuan: number): Row => ({
    乡镇街道: spot.乡镇街道 ?? null,
    户编号: key,
    户主姓名: members[0]?.姓名 ?? null,
    发放年月: { month },
    保障人数: covered,
    '发放金额（元）': { fen: yuan * 100 },
  });
  const others = ['2023-12', '2024-07'].flatMap((month) =>
    households
      .filter((household) => isPaid(household, month))
      .slice(0, 60)
      .map((household) => pay(household, month, 790 * household.covered)),
  );
  const rows = [
    ...due.map(({ month, household }, index) => pay(household, month, fen[index] ?? 0)),
    ...others,
  ];
  const look = { month: 'compact' as const };
  return toExport(scene, { sheet: '低保发放明细', title: '低保金发放明细表', look }, rows);
}

/** Starts are dated in their first month, stops in their last one; some rows change money only. */
function makeChanges(scene: Scene, households: readonly Household[]): Grid {
  const change = (household: Household, kind: string, month: string): Row => ({
    ...household.spot,
    户编号: household.key,
    户主身份证号: household.members[0]?.身份证号 ?? null,
    变动类型: kind,
    发现方式: kind === '新增' ? household.found : null,
    保障人数: household.covered,
    变动日期: { date: dayIn(scene, month) },
  });
  const rows = [
    ...households.filter(({ found }) => found !== null).map((each) => change(each, '新增', each.since)),
    ...households.flatMap((each) => (each.until === null ? [] : [change(each, '停保', each.until)])),
    ...households.slice(0, 25).map((each) => change(each, '调增', scene.random.pick(half))),
  ];
  return toSheet(scene, { sheet: '低保动态变更', title: '低保动态变更台账', unit: '户、人' }, rows);
}

/** 低保: roll, monthly payments and changes. */
export function makeLivingSheets(scene: Scene): Grid[] {
  const chance = forkScene(scene, '低保');
  const households = makeHouseholds(chance);
  const standing = sum(
    households
      .filter(({ until, since }) => until === null && since < '2024-07')
      .map(({ covered }) => covered),
  );
  if (standing !== 2911) throw new RangeError(`低保 has ${standing} persons`);
  return [makeRoll(chance, households), makePayments(chance, households), makeChanges(chance, households)];
}
