import { apportion } from '../allocate.ts';
import { type Declared, layFacts, numbered, type Workshop } from '../elsewhere.ts';
import type { Grid } from '../grid.ts';
import type { Column } from '../table.ts';
import { counties, lottery } from './plan.ts';

interface Fund {
  county: string;
  project: string;
  source: string;
  budget: number;
  received: number;
  spent: number;
}

const fundColumns: Column<Fund>[] = [
  { heads: ['县区'], value: ({ county }) => county },
  { heads: ['项目'], value: ({ project }) => project },
  { heads: ['资金来源'], value: ({ source }) => source },
  { heads: ['预算金额（元）'], value: ({ budget }) => ({ fen: budget }), summed: true },
  { heads: ['到位金额（元）'], value: ({ received }) => ({ fen: received }), summed: true },
  { heads: ['支出金额（元）'], value: ({ spent }) => ({ fen: spent }), summed: true },
];

/** Shares an amount in whole 元. */
const share = (fen: number, weights: number[]): number[] =>
  apportion(fen / 100, weights).map((yuan) => yuan * 100);

/** 资金台账: the lottery money by county and project, and the counties' own money, which is no part of it. */
export function layFunds({ lay }: Workshop): Grid {
  const weights = counties.flatMap(({ beds, services }) => [beds.target * 6, services.target]);
  const results = counties.flatMap(({ beds, services }) => [beds.built * 6, services.done]);
  const budgets = share(lottery.budget, weights);
  const spent = share(lottery.spent, results);
  const lotteryOf = (index: number): Fund => ({
    county: counties[Math.floor(index / 2)]?.county ?? '',
    project: index % 2 === 0 ? '家庭养老床位' : '居家上门服务',
    source: '中央专项彩票公益金',
    budget: budgets[index] ?? 0,
    received: budgets[index] ?? 0,
    spent: spent[index] ?? 0,
  });
  const funds = weights.map((_, index) => lotteryOf(index));
  const rows = funds.flatMap((fund) => [fund, toOwn(fund)]);
  const table = { sheet: '资金台账', title: '居家和社区基本养老服务提升行动资金台账', unit: '元' };
  return lay({ ...table, columns: numbered(fundColumns), rows }, { totals: 'bottom' });
}

/** A county's own money beside it: an eighth budgeted, less received and spent. */
function toOwn(fund: Fund): Fund {
  const part = (fen: number, by: number): number => Math.floor(fen / by / 100) * 100;
  const { budget, spent } = fund;
  return {
    ...fund,
    source: '县级配套资金',
    budget: part(budget, 8),
    received: part(budget, 10),
    spent: part(spent, 12),
  };
}

interface Target {
  county: string;
  name: string;
  value: number;
  unit: string;
  setter: string;
}

const targetColumns: Column<Target>[] = [
  { heads: ['县区'], value: ({ county }) => county },
  { heads: ['指标名称'], value: ({ name }) => name },
  { heads: ['目标值'], value: ({ value }) => value },
  { heads: ['计量单位'], value: ({ unit }) => unit },
  { heads: ['下达单位'], value: ({ setter }) => setter },
  { heads: ['期间'], value: () => '2023年' },
];

/** 任务指标: the ministry's, the prefecture's own, and what it handed down to each county. */
export function layTargets({ lay }: Workshop): Grid {
  const bed = { name: '家庭养老床位累计建成数', unit: '张' };
  const service = { name: '失能老年人上门服务人次', unit: '人次' };
  const rows: Target[] = [
    { county: '', ...bed, value: 4000, setter: '民政部' },
    { county: '', ...service, value: 8000, setter: '民政部' },
    { county: '', ...bed, value: 5000, setter: '抚州市' },
    { county: '', ...service, value: 8000, setter: '抚州市' },
    ...counties.flatMap(({ county, beds, services }) => [
      { county, ...bed, value: beds.target, setter: '抚州市' },
      { county, ...service, value: services.target, setter: '抚州市' },
    ]),
  ];
  const table = { sheet: '任务指标', title: '居家和社区基本养老服务提升行动任务指标', unit: '' };
  return lay({ ...table, columns: numbered(targetColumns), rows });
}

const facts: Declared[] = [
  ['养老服务.上门服务年龄门槛', 60, '周岁', '2023年', '提升行动项目实施方案'],
  ['养老服务.家庭养老床位年龄门槛', 60, '周岁', '2023年', '提升行动项目实施方案'],
  ['养老服务.居家养老补助年龄门槛', 60, '周岁', '2023年', '提升行动补助标准文件'],
  ['养老服务.家庭养老床位补助上限', 6000, '元/户', '2023年', '提升行动补助标准文件'],
  ['养老服务.服务圈时间', 15, '分钟', '2023年', '提升行动项目实施方案'],
  ['专项工作.每周调度次数', 1, '次/周', '2023年', '市民政局养老服务科'],
  ['专项工作.每季通报次数', 1, '次/季', '2023年', '市民政局养老服务科'],
  ['区划.县区数', 13, '个', '2023年', '市民政局区划地名科'],
];

/** 手工填报. */
export const layFuzhouFacts = (workshop: Workshop): Grid => layFacts(workshop, facts);
