import { type Bureau, lay } from './bureau.ts';
import type { Grid } from './grid.ts';
import type { Fact } from './ledger.ts';
import type { Target } from './plan.ts';
import { type Column, sequence } from './table.ts';

const dictionary: [kind: string, code: string, name: string][] = [
  ['变动类型', '01', '新增'],
  ['变动类型', '02', '停保'],
  ['供养方式', '1', '集中供养'],
  ['供养方式', '2', '分散供养'],
  ['业务类型', 'J', '结婚登记'],
  ['业务类型', 'L', '离婚登记'],
  ['业务类型', 'BJ', '补领结婚证'],
  ['业务类型', 'BL', '补领离婚证'],
  ['性别', '1', '男'],
  ['性别', '2', '女'],
];

/** The hidden sheet with code lists that systems leave in their exports. */
export function makeDictionary(bureau: Bureau): Grid {
  const columns: Column<(typeof dictionary)[number]>[] = [
    { heads: ['字典类型'], value: ([kind]) => kind },
    { heads: ['编码'], value: ([, code]) => code },
    { heads: ['名称'], value: ([, , name]) => name },
  ];
  return lay(bureau, { sheet: '字典', title: '字典', unit: '', columns, rows: dictionary, hidden: true });
}

/** 任务指标: what the year was to reach. */
export function makeTargets(bureau: Bureau): Grid {
  const { targets, year } = bureau.plan;
  const columns: Column<Target>[] = [
    sequence(),
    { heads: ['指标名称'], value: ({ name }) => name },
    { heads: ['目标值'], value: ({ value }) => value },
    { heads: ['单位'], value: ({ unit }) => unit },
    { heads: ['下达单位'], value: ({ issuer }) => issuer },
    { heads: ['责任单位'], value: ({ office }) => office },
    { heads: ['期间'], value: () => `${year}年` },
    { heads: ['备注'], value: ({ remark }) => remark },
  ];
  return lay(bureau, { sheet: '任务指标', title: '民政工作任务指标', unit: '', columns, rows: targets });
}

const offices: Record<string, string> = {
  低保: '区民政局社会救助科文件',
  特困: '区民政局社会救助科文件',
  人口: '区公安分局人口统计',
  暖心实事: '暖心实事工程实施方案',
  疫情防控: '区疫情防控指挥部通报',
  下年计划: '下年工作安排',
  养老服务: '养老服务科文件',
};

function sourceOf({ id }: Fact): string {
  return offices[id.split('.')[0] ?? ''] ?? '基层政权科工作台账';
}

/** 手工填报: figures that no export holds. */
export function makeFacts(bureau: Bureau): Grid {
  const columns: Column<Fact>[] = [
    { heads: ['指标'], value: ({ id }) => id },
    { heads: ['值'], value: ({ value }) => Number(value) },
    { heads: ['单位'], value: ({ unit }) => unit },
    { heads: ['期间'], value: ({ period }) => period },
    { heads: ['来源'], value: sourceOf },
  ];
  const table = { sheet: '手工填报', title: '手工填报指标', unit: '' };
  return lay(bureau, { ...table, columns, rows: bureau.plan.facts });
}
