import { apportion, range } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import {
  byDate,
  datesBetween,
  forkScene,
  personCells,
  type Row,
  type Scene,
  type Spot,
  spotCells,
  toExport,
  toSheet,
} from '../scene.ts';
import { communities, villages } from './places.ts';

const spots: readonly Spot[] = [...communities, ...villages];

interface Elder {
  cells: Row;
  rate: number;
  /** Months of 2019 in which it is paid. */
  months: number;
}

/** 50 元 a month from 80 on, 500 from 100 on, 100 more for those of 低保 families: 186.47万元 in 2019. */
function makeElders(scene: Scene): Elder[] {
  const elder = (from: number, to: number, rate: number, months: number): Elder => ({
    cells: { ...spotCells(scene.random.pick(spots)), ...personCells(scene, from, to, '老年人姓名') },
    rate,
    months,
  });
  return [
    ...range(12).map(() => elder(1914, 1919, 500, 12)),
    ...range(120).map(() => elder(1922, 1938, 150, 12)),
    ...range(2627).map(() => elder(1922, 1938, 50, 12)),
    elder(1922, 1938, 50, 10),
  ];
}

/** 高龄补贴 paid by half-years; 2018 and 2020 are there too. */
export function makeElderAllowance(scene: Scene): Grid {
  const chance = forkScene(scene, '高龄补贴');
  const elders = makeElders(chance);
  const pay = (year: number, { cells, rate, months }: Elder): Row[] =>
    (months === 12 ? ['06', '12'] : ['12']).map((month, _, { length }) => ({
      ...cells,
      发放年月: { month: `${year}-${month}` },
      计发月数: months / length,
      '补贴金额（元）': { fen: (rate * months * 100) / length },
    }));
  const rows = [
    ...elders.slice(0, 400).flatMap((elder) => pay(2018, elder)),
    ...elders.flatMap((elder) => pay(2019, elder)),
    ...elders.slice(0, 400).flatMap((elder) => pay(2020, elder)),
  ];
  return toExport(chance, { sheet: '高龄补贴发放', title: '高龄补贴发放明细表' }, rows);
}

/** 意外伤害保险: premiums of 50 元 by village and year, and claims; 2016 was before the county paid. */
export function makeInsurance(scene: Scene): Grid[] {
  const chance = forkScene(scene, '意外险');
  const insured = (year: number, persons: number): Row[] =>
    apportion(
      persons,
      spots.map(() => chance.random.int(5, 15)),
    ).map((count, index) => ({
      ...spotCells(spots[index] ?? { town: '', village: '' }),
      投保日期: { date: `${year}-04-01` },
      投保人次: count,
      '保费（元）': { fen: count * 5000 },
    }));
  const claim = (date: string, yuan: number): Row => ({
    ...spotCells(chance.random.pick(spots)),
    ...personCells(chance, 1926, 1939, '老年人姓名'),
    理赔日期: { date },
    '理赔金额（元）': { fen: yuan * 100 },
  });
  const amounts = apportion(
    5140,
    range(172).map(() => chance.random.int(5, 60)),
  );
  const claims = [
    ...datesBetween(chance, '2017-06', '2020-03', 172).map((date, index) =>
      claim(date, (amounts[index] ?? 0) * 100),
    ),
    ...datesBetween(chance, '2016-02', '2016-11', 9).map((date) => claim(date, 2000)),
  ];
  const premiums = [
    ...insured(2016, 900),
    ...insured(2017, 3980),
    ...insured(2018, 4130),
    ...insured(2019, 4250),
  ];
  return [
    toSheet(
      chance,
      { sheet: '意外险投保', title: '老年人意外伤害保险投保台账', unit: '元', summed: ['保费（元）'] },
      premiums,
    ),
    toSheet(
      chance,
      { sheet: '意外险理赔', title: '老年人意外伤害保险理赔台账', unit: '元' },
      byDate(claims, '理赔日期'),
    ),
  ];
}

/** 资金: what the county spent on bought services, 123.6万元 since 2017, and other projects. */
export function makeFunds(scene: Scene): Grid {
  const spent: [year: number, project: string, budget: number, spent: number][] = [
    [2016, '购买居家养老服务', 200_000, 198_000],
    [2017, '购买居家养老服务', 400_000, 386_000],
    [2018, '购买居家养老服务', 420_000, 415_000],
    [2019, '购买居家养老服务', 440_000, 435_000],
    [2018, '农村幸福院建设', 900_000, 880_000],
    [2019, '农村幸福院建设', 700_000, 700_000],
  ];
  const rows = spent.map(
    ([year, project, budget, paid]): Row => ({
      项目: project,
      资金来源: '县级财政',
      支出日期: { date: `${year}-11-30` },
      '预算金额（元）': { fen: budget * 100 },
      '支出金额（元）': { fen: paid * 100 },
    }),
  );
  return toSheet(scene, { sheet: '养老资金', title: '养老服务资金台账', unit: '元' }, rows);
}
