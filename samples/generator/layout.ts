import type { DateStyle, MonthStyle } from './calendar.ts';
import type { Random } from './random.ts';
import type { Column } from './table.ts';

/** How one sheet looks. */
export interface Layout {
  title: boolean;
  /** 填报单位／单位／填表日期 row: three cells, one merged cell, or none. */
  unitRow: 'cells' | 'merged' | 'none';
  headRows: 1 | 2 | 3;
  totals: 'top' | 'bottom' | 'none';
  totalLabel: string;
  subtotals: boolean;
  mergeAreas: boolean;
  /** Number of 填表人／审核人／注 rows under the table. */
  footerRows: 0 | 1 | 2;
  month: MonthStyle;
  date: DateStyle;
  /** Numbers, text with thousands commas, or numbers in 万元. */
  money: 'number' | 'text' | 'wan';
  /** Which of a column's names the sheet uses. */
  nameOf: (heads: readonly [string, ...string[]]) => string;
  /** The columns in the order of the sheet. */
  order: <R>(columns: readonly Column<R>[]) => Column<R>[];
}

/** Gives the layout of a sheet by its name. */
export type LayoutOf = (sheet: string) => Layout;

const plain: Layout = {
  title: true,
  unitRow: 'cells',
  headRows: 1,
  totals: 'none',
  totalLabel: '合计',
  subtotals: false,
  mergeAreas: false,
  footerRows: 1,
  month: 'dash',
  date: 'dash',
  money: 'number',
  nameOf: (heads) => heads[0],
  order: (columns) => [...columns],
};

const bare: Partial<Layout> = { title: false, unitRow: 'none', footerRows: 0 };

const committed: Record<string, Partial<Layout>> = {
  低保家庭成员名册: { footerRows: 1 },
  低保发放明细: { headRows: 2, totals: 'bottom', month: 'compact' },
  低保一次性生活补贴发放: {
    totals: 'bottom',
    totalLabel: '合 计',
    month: 'chinese',
    money: 'text',
    unitRow: 'merged',
  },
  低保物价补贴发放: { totals: 'bottom', totalLabel: '总计', month: 'dash' },
  低保动态变更: { date: 'chinese' },
  特困: { date: 'chinese', footerRows: 2 },
  临时救助: { headRows: 2, totals: 'top', date: 'excel', footerRows: 2 },
  高龄津贴: { totals: 'bottom', subtotals: true, mergeAreas: true, month: 'chinese' },
  残疾人两项补贴: { month: 'compact', totals: 'bottom' },
  孤儿和事实无人抚养儿童: { month: 'mixed', totals: 'bottom' },
  婚姻登记: { date: 'dash' },
  家庭经济状况核对: { date: 'slash' },
  适老化改造: { date: 'excel' },
  家庭养老床位: { ...bare, date: 'compact' },
  居家养老服务对象: { month: 'chinese' },
  上门服务工单: { ...bare, date: 'dash' },
  婚姻家庭辅导与颁证: { date: 'slash' },
  社会组织: { date: 'dash', footerRows: 0 },
  社会组织年检: { date: 'chinese', footerRows: 0 },
  资金台账: { totals: 'bottom' },
  走访巡查记录: { date: 'chinese' },
  综合业务办理登记: { date: 'slash', footerRows: 2 },
  民政设施: { ...bare, date: 'chinese' },
  暖心实事项目: { date: 'compact', footerRows: 0 },
  高龄津贴名册: { month: 'compact' },
  养老机构: { date: 'dash', totals: 'bottom', unitRow: 'merged' },
  区划: { date: 'chinese', footerRows: 2 },
  字典: bare,
};

/** The layouts of the committed bureau. */
export const committedLayout: LayoutOf = (sheet) => ({ ...plain, ...committed[sheet] });

/** A machine's own export: head in the first row, nothing around it. */
export function toBare(layout: Layout): Layout {
  return { ...layout, ...bare, headRows: 1, totals: 'none', subtotals: false, mergeAreas: false };
}

function shuffleColumns<R>(random: Random, columns: readonly Column<R>[]): Column<R>[] {
  const [first, ...others] = columns;
  const groups = new Map<string, Column<R>[]>();
  for (const column of others) {
    const key = column.group ?? column.heads[0];
    groups.set(key, [...(groups.get(key) ?? []), column]);
  }
  const blocks = random.shuffle([...groups.values()]).map((block) => random.shuffle(block));
  const bandOf = (block: Column<R>[]): string => block[0]?.band ?? '';
  const firstBand = first?.band ?? '';
  blocks.sort((left, right) => Number(bandOf(left) !== firstBand) - Number(bandOf(right) !== firstBand));
  return [...(first ? [first] : []), ...blocks.flat()];
}

/** A layout of its own for a sheet of another bureau. */
function drawLayout(random: Random, sheet: string): Layout {
  return {
    title: random.chance(0.8),
    unitRow: random.pick(['cells', 'merged', 'none']),
    headRows: random.pick([1, 2, 3]),
    totals: random.pick(['top', 'bottom', 'bottom', 'none']),
    totalLabel: random.pick(['合计', '总计', '合  计', '总 计']),
    subtotals: random.chance(0.5),
    mergeAreas: random.chance(0.5),
    footerRows: random.pick([0, 1, 2]),
    month: random.pick(['compact', 'dash', 'chinese', 'mixed']),
    date: random.pick(['dash', 'slash', 'chinese', 'compact', 'excel']),
    money: random.pick(sheet === '高龄津贴' ? ['number', 'text', 'wan'] : ['number', 'number', 'text']),
    nameOf: (heads) => random.pick(heads),
    order: (columns) => shuffleColumns(random, columns),
  };
}

/** The layouts of another bureau; asked twice for one sheet, the same look comes back. */
export function makeLayouts(random: Random): LayoutOf {
  return (sheet) => {
    const layout = drawLayout(random.fork(`layout ${sheet}`), sheet);
    return sheet === '字典' ? toBare(layout) : layout;
  };
}
