import { apportion } from '../allocate.ts';
import type { Grid } from '../grid.ts';
import { type Row, type Scene, toSheet } from '../scene.ts';
import { counties, lottery } from './plan.ts';

/** Shares an amount in whole 元. */
const share = (fen: number, weights: number[]): number[] =>
  apportion(fen / 100, weights).map((yuan) => yuan * 100);

const part = (fen: number, by: number): number => Math.floor(fen / by / 100) * 100;

const moneyHeads = ['预算金额（元）', '到位金额（元）', '支出金额（元）'];

/** 资金台账: the lottery money by county and project, and the counties' own money, which is no part of it. */
export function layFunds(scene: Scene): Grid {
  const budgets = share(
    lottery.budget,
    counties.flatMap(({ beds, services }) => [beds.target * 6, services.target]),
  );
  const spent = share(
    lottery.spent,
    counties.flatMap(({ beds, services }) => [beds.built * 6, services.done]),
  );
  const row = (index: number, source: string, fens: number[]): Row => ({
    县区: counties[Math.floor(index / 2)]?.county ?? '',
    项目: index % 2 === 0 ? '家庭养老床位' : '居家上门服务',
    资金来源: source,
    ...Object.fromEntries(moneyHeads.map((head, column) => [head, { fen: fens[column] ?? 0 }])),
  });
  const rows = budgets.flatMap((budget, index) => [
    row(index, '中央专项彩票公益金', [budget, budget, spent[index] ?? 0]),
    row(index, '县级配套资金', [part(budget, 8), part(budget, 10), part(spent[index] ?? 0, 12)]),
  ]);
  const plan = { sheet: '资金台账', title: '居家和社区基本养老服务提升行动资金台账', unit: '元' };
  return toSheet(scene, { ...plan, summed: moneyHeads }, rows);
}

/** 任务指标: the ministry's, the prefecture's own, and what it handed down to each county. */
export function layTargets(scene: Scene): Grid {
  const target = (county: string, name: string, value: number, unit: string, setter: string): Row => ({
    县区: county,
    指标名称: name,
    目标值: value,
    计量单位: unit,
    下达单位: setter,
    期间: '2023年',
  });
  const both = (county: string, setter: string, beds: number, services: number): Row[] => [
    target(county, '家庭养老床位累计建成数', beds, '张', setter),
    target(county, '失能老年人上门服务人次', services, '人次', setter),
  ];
  const rows = [
    ...both('', '民政部', 4000, 8000),
    ...both('', '抚州市', 5000, 8000),
    ...counties.flatMap(({ county, beds, services }) => both(county, '抚州市', beds.target, services.target)),
  ];
  return toSheet(scene, { sheet: '任务指标', title: '居家和社区基本养老服务提升行动任务指标' }, rows);
}

const facts: [indicator: string, value: number, unit: string, source: string][] = [
  ['养老服务.上门服务年龄门槛', 60, '周岁', '提升行动项目实施方案'],
  ['养老服务.家庭养老床位年龄门槛', 60, '周岁', '提升行动项目实施方案'],
  ['养老服务.居家养老补助年龄门槛', 60, '周岁', '提升行动补助标准文件'],
  ['养老服务.家庭养老床位补助上限', 6000, '元/户', '提升行动补助标准文件'],
  ['养老服务.服务圈时间', 15, '分钟', '提升行动项目实施方案'],
  ['专项工作.每周调度次数', 1, '次/周', '市民政局养老服务科'],
  ['专项工作.每季通报次数', 1, '次/季', '市民政局养老服务科'],
  ['区划.县区数', 13, '个', '市民政局区划地名科'],
];

/** 手工填报. */
export function layFacts(scene: Scene): Grid {
  const rows = facts.map(([indicator, value, unit, source]) => ({
    指标: indicator,
    值: value,
    单位: unit,
    期间: '2023年',
    来源: source,
  }));
  return toSheet(scene, { sheet: '手工填报', title: '手工填报指标' }, rows);
}
