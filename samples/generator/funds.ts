import { type Bureau, type Business, lay, toBusiness } from './bureau.ts';
import { addMoney } from './ledger.ts';
import { type Column, sequence } from './table.ts';

interface Fund {
  project: string;
  source: string;
  year: number;
  town: string | null;
  community: string | null;
  budgetFen: number;
  spentFen: number;
}

const columns: Column<Fund>[] = [
  sequence(),
  { heads: ['项目'], value: ({ project }) => project },
  { heads: ['资金来源'], value: ({ source }) => source },
  { heads: ['乡镇街道'], value: ({ town }) => town },
  { heads: ['村（社区）'], value: ({ community }) => community },
  { heads: ['年度'], value: ({ year }) => year },
  { heads: ['预算金额（元）'], value: ({ budgetFen }) => ({ fen: budgetFen }), summed: true },
  { heads: ['支出金额（元）'], value: ({ spentFen }) => ({ fen: spentFen }), summed: true },
];

const treasury = '区级财政';
const lottery = '上级福彩公益金';
const wanYuan = 1_000_000;

function toFund(project: string, source: string, year: number, budget: number, spent: number): Fund {
  const money = { budgetFen: budget * wanYuan, spentFen: spent * wanYuan };
  return { project, source, year, town: null, community: null, ...money };
}

function makeRows({ plan, places }: Bureau, communities: number): Fund[] {
  const each = places.slice(0, communities).map(({ town, community }) => ({
    ...toFund('暖心实事', treasury, plan.year, 10, 10),
    town,
    community,
  }));
  return [
    ...each,
    toFund('精康融合行动', lottery, plan.year, 45, 45),
    toFund('精康融合行动', lottery, plan.year, 25, 18),
    toFund('精康融合行动', treasury, plan.year, 12, 12),
    toFund('居家适老化改造', lottery, plan.year, 60, 57),
    toFund('婚姻登记档案电子化', treasury, plan.year + 1, 80, 0),
  ];
}

/** 资金台账: budget and spending by project, the coming year's too; only the committed bureau keeps one. */
export function makeFunds(bureau: Bureau): Business {
  const { own } = bureau.plan;
  if (own === null) return toBusiness([], {});
  const rows = makeRows(bureau, own.fundedCommunities);
  const table = { sheet: '资金台账', title: '资金台账', unit: '元' };
  const budget = (...projects: string[]) =>
    addMoney(
      rows.filter(({ project }) => projects.includes(project)),
      ({ budgetFen }) => budgetFen,
    );
  return toBusiness([lay(bureau, { ...table, columns, rows })], {
    '暖心实事.财政投入': budget('暖心实事'),
    '下年计划.档案电子化投入': budget('婚姻登记档案电子化'),
  });
}
