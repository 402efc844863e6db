import Big from 'big.js';
import type { Catalogue } from '../catalogue/index.ts';
import { toMomentText, toPeriodText, toRounded } from '../format.ts';
import type { Figure, Report } from '../model.ts';
import { type Grid, isDistinct, toGrid } from './grid.ts';
import { type Layout, readLayouts } from './layout.ts';
import { type List, toComparison, toFigureList, toFundList, toTaskList } from './lists.ts';
import { type Cell, type Sheet, WITHHELD } from './table.ts';
import { findWithheld, nothingWithheld, type Withheld } from './withheld.ts';

/** The 附表 of a report, and the layouts of which nothing was given, with the reason. */
export interface Tables {
  sheets: Sheet[];
  leftOut: { name: string; reason: string }[];
  withheld: Withheld;
}

/** Fills the layouts; `hide` withholds counts of one or two persons. */
export function toTables(layouts: Layout[], report: Report, catalogue: Catalogue, hide: boolean): Tables {
  const isHidden = hide && layouts.length > 0;
  const withheld = isHidden
    ? findWithheld(readLayouts(null, catalogue), report, catalogue)
    : nothingWithheld();
  const tables: Tables = { sheets: [], leftOut: [], withheld };
  for (const layout of layouts) {
    const sheet = toSheet(layout, report, catalogue, withheld);
    if (sheet) tables.sheets.push(sheet);
    else tables.leftOut.push({ name: layout.name, reason: REASONS[layout.方式] });
  }
  return tables;
}

const REASONS: Record<Layout['方式'], string> = {
  地区: '没有分地区的数',
  月份: '没有分月的数',
  指标: '各项数都没有来源',
  对比: '没有可比的数',
  任务: '没有任务表',
  资金: '没有资金表',
};

function toSheet(layout: Layout, report: Report, catalogue: Catalogue, withheld: Withheld): Sheet | null {
  const { 名称: title, 横排: landscape, 说明, name } = layout;
  const figures = new Map(report.figures.map((figure) => [figure.id, figure]));
  const head = {
    name,
    title,
    landscape,
    organisation: report.organisation,
    when: `${toPeriodText(report.period)}，${toMomentText(report.period)}`,
  };
  if (layout.方式 === '地区' || layout.方式 === '月份') {
    const grid = toGrid(layout, figures, catalogue, report.period, withheld);
    if (grid === null) return null;
    const first = { group: '', name: layout.方式, unit: '' };
    const columns = grid.columns.map(({ group, name: word, unit }) => ({ group, name: word, unit }));
    return { ...head, columns: [first, ...columns], rows: grid.rows, notes: [...说明, ...toGridNotes(grid)] };
  }
  const list = withoutWithheld(toList(layout, report, figures), withheld);
  if (list.rows.length === 0) return null;
  const first = { group: '', name: '项目', unit: '' };
  return {
    ...head,
    columns: [first, ...list.columns],
    rows: list.rows,
    notes: [
      ...说明,
      ...(list.rows.some(({ cells }) => cells.some(({ type }) => type === 'suppressed')) ? [WITHHELD] : []),
      ...toLeftOut(list.empty),
      ...toReasons(list.rows),
    ],
  };
}

/** Numbers of a withheld figure, those that follow from it and those that it follows from: 本期 is 上年同期 and 增减. */
function withoutWithheld(list: List, { wholes }: Withheld): List {
  const isHidden = (cell: Cell) => cell.type === 'number' && wholes.has(cell.figure.replace(/#.*$/, ''));
  const toShown = (cell: Cell): Cell => (isHidden(cell) ? { type: 'suppressed' } : cell);
  return { ...list, rows: list.rows.map((row) => ({ ...row, cells: row.cells.map(toShown) })) };
}

function toList(layout: Layout, report: Report, figures: Map<string, Figure>): List {
  switch (layout.方式) {
    case '对比':
      return toComparison(layout, figures);
    case '任务':
      return toTaskList(layout.表头, report);
    case '资金':
      return toFundList(layout, figures);
    default:
      return toFigureList(layout, figures);
  }
}

/** What the reader of a grid must know: 口径, why columns do not add up, what is withheld or doubtful. */
function toGridNotes({ columns, rows, suppressed, empty }: Grid): string[] {
  const name = ({ group, name: word }: { group: string; name: string }) =>
    group === '' ? word : `${group}${word}`;
  const distinct = columns.filter(({ indicator }) => isDistinct(indicator)).map(name);
  const explained = columns.filter(({ indicator }) => indicator.说明 !== '');
  const rounded = columns.filter((_, index) => isRounded(rows.map(({ cells }) => cells[index + 1])));
  return [
    ...explained.map((column) => `${name(column)}：${column.indicator.说明}。`),
    ...(distinct.length > 0 ? [`${distinct.join('、')}按人（户）去重，各行之和不一定等于合计。`] : []),
    ...(rounded.length > 0 ? [`${rounded.map(name).join('、')}因四舍五入，各行之和与合计略有出入。`] : []),
    ...(suppressed ? [WITHHELD] : []),
    ...(columns.some((_, index) => isEntered(rows.map(({ cells }) => cells[index + 1])))
      ? ['有*的列，合计直接填写，不由各行相加。']
      : []),
    ...toLeftOut(empty),
    ...toReasons(rows),
  ];
}

/** One line for all columns that lack the same. */
const toLeftOut = (empty: Grid['empty']): string[] =>
  [...new Set(empty.map(({ reason }) => reason))].map((reason) => {
    const names = empty.filter((each) => each.reason === reason).map(({ name }) => name);
    return `未列${names.join('、')}：${reason}。`;
  });

const toReasons = (rows: Grid['rows']): string[] => [
  ...new Set(
    rows.flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell.type === 'pending' ? [`待核：${cell.reason}。`] : [])),
    ),
  ),
];

/** True when 合计 is shown above a withheld row. */
const isEntered = ([total, ...parts]: (Cell | undefined)[]): boolean =>
  total?.type === 'number' && parts.some((cell) => cell?.type === 'suppressed');

/** True when a 合计 that is the exact sum of its column is not the sum of what is printed. */
function isRounded([total, ...parts]: (Cell | undefined)[]): boolean {
  if (total?.type !== 'number' || total.formula?.type !== 'sum') return false;
  const printed = parts.reduce(
    (sum, cell) => (cell?.type === 'number' ? sum.plus(toRounded(new Big(cell.value), cell.decimals)) : sum),
    new Big(0),
  );
  return !printed.eq(toRounded(new Big(total.value), total.decimals));
}
