import { apportion, range, splitRates } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import {
  byDate,
  datesBetween,
  dayIn,
  forkScene,
  monthsBetween,
  personCells,
  type Row,
  type Scene,
  spotCells,
  toExport,
  toSheet,
} from '../scene.ts';
import { communities } from './places.ts';

const half = monthsBetween('2024-01', '2024-06');

interface Destitute {
  row: Row;
  since: string;
  until: string | null;
  weight: number;
}

/** 164 stand at the end of June, 13 of them found in the half-year; 3 left in it, 4 before it. */
function makeDestitutePersons(scene: Scene): Destitute[] {
  const { random } = scene;
  const make = (from: string, to: string, until: string | null, found: string | null): Destitute => {
    const ability = random.pick(['全自理', '全自理', '半护理', '全护理']);
    const way = random.chance(0.4) ? '集中供养' : '分散供养';
    const since = dayIn(scene, random.pick(monthsBetween(from, to)));
    const row = {
      ...spotCells(random.pick(communities)),
      户编号: null,
      ...personCells(scene, 1934, 1963),
      供养方式: way,
      生活自理能力: ability,
      认定日期: { date: since },
      停止日期: { date: until },
      发现方式: found,
    };
    return { row, since, until, weight: ability === '全护理' ? 5 : ability === '半护理' ? 3 : 1 };
  };
  const persons = [
    ...range(149).map(() => make('2010-01', '2022-12', null, null)),
    ...range(13).map(() => make('2024-01', '2024-06', null, '主动发现')),
    ...range(2).map(() => make('2024-02', '2024-04', null, '本人申请')),
    ...['2024-02', '2024-04', '2024-05'].map((month) => make('2012-01', '2020-12', `${month}-20`, null)),
    ...range(4).map(() => make('2010-01', '2018-12', '2023-08-11', null)),
  ];
  persons.forEach(({ row }, index) => {
    row.户编号 = `TK990103${String(index + 1).padStart(4, '0')}`;
  });
  return persons;
}

function isSupported({ since, until }: Destitute, month: string): boolean {
  return since.slice(0, 7) <= month && (until === null || until.slice(0, 7) > month);
}

/** 187万元: 供养金 and 照料护理费, a row each. */
function makeSupport(scene: Scene, persons: readonly Destitute[]): Grid {
  const due = half.flatMap((month) =>
    persons.filter((person) => isSupported(person, month)).map((person) => ({ month, person })),
  );
  const basic = apportion(
    1_462_000,
    due.map(() => 1),
  );
  const care = apportion(
    408_000,
    due.map(({ person }) => person.weight),
  );
  const pay = (item: string, yuan: readonly number[]) =>
    due.map(
      ({ month, person: { row } }, index): Row => ({
        乡镇街道: row.乡镇街道 ?? null,
        村社区: row.村社区 ?? null,
        姓名: row.姓名 ?? null,
        身份证号: row.身份证号 ?? null,
        发放年月: { month },
        款项: item,
        '发放金额（元）': { fen: (yuan[index] ?? 0) * 100 },
      }),
    );
  const plan = {
    sheet: '特困供养资金发放',
    title: '特困人员供养资金发放明细表',
    unit: '元',
    summed: ['发放金额（元）'],
  };
  return toSheet(scene, plan, [...pay('供养金', basic), ...pay('照料护理费', care)]);
}

/** 特困: roll, payments and changes. */
export function makeDestituteSheets(scene: Scene): Grid[] {
  const chance = forkScene(scene, '特困');
  const persons = makeDestitutePersons(chance);
  const roll = persons.map(({ row: { 发现方式: _, ...row } }) => row);
  const changes = persons.flatMap(({ row, since, until }): Row[] => {
    const cells = { 户编号: row.户编号 ?? null, 身份证号: row.身份证号 ?? null };
    if (since >= '2024')
      return [{ ...cells, 变动类型: '新增', 发现方式: row.发现方式 ?? null, 变动日期: { date: since } }];
    return until === null ? [] : [{ ...cells, 变动类型: '取消', 发现方式: null, 变动日期: { date: until } }];
  });
  return [
    toSheet(
      chance,
      { sheet: '特困人员名册', title: '特困人员救助供养名册', unit: '人', look: { date: 'chinese' } },
      roll,
    ),
    makeSupport(chance, persons),
    toSheet(
      chance,
      { sheet: '特困动态变更', title: '特困人员动态变更台账', unit: '人' },
      byDate(changes, '变动日期'),
    ),
  ];
}

/** 临时救助: 19.79万元 in the half-year, and a few grants of July. */
export function makeGrantSheet(scene: Scene): Grid {
  const chance = forkScene(scene, '临时救助');
  const { random } = chance;
  const dates = [
    ...datesBetween(chance, '2024-01', '2024-06', 83),
    ...datesBetween(chance, '2024-07', '2024-07', 6),
  ];
  const amounts = [
    ...apportion(
      1979,
      range(83).map(() => random.int(10, 60)),
    ),
    ...range(6).map(() => 20),
  ];
  const rows = dates.map((date, index) => ({
    ...spotCells(random.pick(communities)),
    ...personCells(chance, 1950, 2000, '申请人姓名'),
    家庭人口: random.int(1, 5),
    救助类型: random.pick(['急难型', '支出型']),
    '救助金额（元）': { fen: (amounts[index] ?? 0) * 10_000 },
    审批日期: { date },
  }));
  return toSheet(
    chance,
    { sheet: '临时救助', title: '临时救助发放台账', unit: '元', summed: ['救助金额（元）'] },
    rows,
  );
}

interface Subsidy {
  kind: string;
  rate: number;
  months: number;
}

/** Pays rates to as many persons as their months need; a row covers `every` months and is dated in the last of them. */
function payRates(
  scene: Scene,
  kinds: readonly Subsidy[],
  every: 1 | 3,
  head: string,
  born: [number, number],
): Row[] {
  return kinds.flatMap(({ kind, rate, months }) =>
    range(Math.ceil(months / 6)).flatMap((number) => {
      const person = { ...spotCells(scene.random.pick(communities)), ...personCells(scene, ...born) };
      const first = Math.max(0, 6 * number - months);
      return half.flatMap((month, index): Row[] => {
        if (index % every !== every - 1 || index < first) return [];
        const paid = Math.min(every, index + 1 - first);
        return [
          { ...person, [head]: kind, 发放年月: { month }, '补贴金额（元）': { fen: rate * paid * 100 } },
        ];
      });
    }),
  );
}

function toKinds(total: number, first: [string, number], second: [string, number], share: number): Subsidy[] {
  const [left, right] = splitRates(total, first[1], second[1], share);
  return [
    { kind: first[0], rate: first[1], months: left },
    { kind: second[0], rate: second[1], months: right },
  ];
}

/** 44.41万元 for children, by month. */
export function makeChildSheet(scene: Scene): Grid {
  const chance = forkScene(scene, '儿童');
  const kinds = toKinds(444_100, ['孤儿', 1900], ['事实无人抚养儿童', 1500], 0.3);
  const plan = {
    sheet: '孤儿和事实无人抚养儿童',
    title: '孤儿和事实无人抚养儿童基本生活费发放表',
    unit: '元',
    summed: ['补贴金额（元）'],
  };
  return toSheet(chance, plan, payRates(chance, kinds, 1, '儿童类别', [2008, 2020]));
}

/** 222.22万元 for disabled persons, by quarter. */
export function makeDisabilitySheet(scene: Scene): Grid {
  const chance = forkScene(scene, '残疾');
  const kinds = toKinds(2_222_200, ['困难残疾人生活补贴', 120], ['重度残疾人护理补贴', 110], 0.4);
  const plan = { sheet: '残疾人两项补贴', title: '残疾人两项补贴发放表' };
  return toExport(chance, plan, payRates(chance, kinds, 3, '补贴类型', [1948, 2012]));
}
