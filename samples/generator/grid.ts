import { sum } from './allocate.ts';
import { writeDate, writeMonth } from './calendar.ts';
import type { Layout } from './layout.ts';
import { type Column, type Table, toYuan, type Value } from './table.ts';

export type Cell = string | number | Date | null;
export type RowKind = 'head' | 'data' | 'total' | 'footer';

/** A sheet as it will stand in the file. */
export interface Grid {
  sheet: string;
  hidden: boolean;
  rows: { kind: RowKind; cells: Cell[] }[];
  /** Top, left, bottom, right, all from 1. */
  merges: [number, number, number, number][];
  /** Number format of each column, null where it needs none. */
  formats: (string | null)[];
}

/** Who fills the tables in, and for when. */
export interface Stamp {
  place: string;
  bureau: string;
  year: number;
  /** 填表日期 as printed. */
  filled: string;
}

interface Frame<R> {
  table: Table<R>;
  layout: Layout;
  columns: Column<R>[];
  grid: Grid;
}

function withCommas(yuan: string): string {
  const [whole = '0', cents = ''] = yuan.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.padEnd(2, '0')}`;
}

function writeMoney(fen: number, layout: Layout): Cell {
  if (layout.money === 'text') return withCommas(toYuan(fen));
  return Number(layout.money === 'wan' ? `${fen}e-6` : `${fen}e-2`);
}

function writeCell(value: Value, layout: Layout, index: number): Cell {
  if (value === null || typeof value !== 'object') return value === '' ? null : value;
  if ('fen' in value) return writeMoney(value.fen, layout);
  if ('month' in value) return value.month === null ? null : writeMonth(value.month, layout.month, index);
  return value.date === null ? null : writeDate(value.date, layout.date);
}

/** Cells of one row that is empty but for some columns. */
function sparse(width: number, filled: Record<number, Cell>): Cell[] {
  return Array.from({ length: width }, (_, index) => filled[index] ?? null);
}

function push<R>(frame: Frame<R>, kind: RowKind, cells: Cell[]): number {
  return frame.grid.rows.push({ kind, cells });
}

function addTitle<R>(frame: Frame<R>, stamp: Stamp): void {
  if (!frame.layout.title) return;
  const width = frame.columns.length;
  const row = push(frame, 'head', sparse(width, { 0: `${stamp.place}${stamp.year}年${frame.table.title}` }));
  frame.grid.merges.push([row, 1, row, width]);
}

function addUnitRow<R>(frame: Frame<R>, stamp: Stamp): void {
  if (frame.layout.unitRow === 'none' || frame.table.unit === '') return;
  const width = frame.columns.length;
  const unit = frame.layout.money === 'wan' ? frame.table.unit.replace('元', '万元') : frame.table.unit;
  const texts = [`填报单位：${stamp.bureau}`, `单位：${unit}`, `填表日期：${stamp.filled}`] as const;
  if (frame.layout.unitRow === 'cells') {
    push(
      frame,
      'head',
      sparse(width, { 0: texts[0], [Math.floor(width / 2)]: texts[1], [width - 1]: texts[2] }),
    );
    return;
  }
  const row = push(frame, 'head', sparse(width, { 0: texts.join('    ') }));
  frame.grid.merges.push([row, 1, row, width]);
}

/** The head of one column from top to bottom; null continues the cell above. */
function headPath<R>(column: Column<R>, layout: Layout, rows: number): (string | null)[] {
  const rename = (name: string): string =>
    layout.money === 'wan' ? name.replace('（元）', '（万元）') : name;
  const name = rename(layout.nameOf(column.heads));
  if (rows === 1) return [name];
  const lower = column.group ? [column.group, rename(column.leaf ?? name)] : [name, null];
  return rows === 2 ? lower : [column.band ?? '基本情况', ...lower];
}

function mergeHeads<R>(frame: Frame<R>, paths: (string | null)[][], top: number): void {
  const rows = paths[0]?.length ?? 0;
  for (let level = 0; level < rows - 1; level += 1) {
    for (let left = 0; left < paths.length; ) {
      const text = paths[left]?.[level];
      let right = left;
      while (text && paths[right + 1]?.[level] === text) right += 1;
      const down = paths[left]?.[level + 1] === null ? 1 : 0;
      if (right > left || down)
        frame.grid.merges.push([top + level, left + 1, top + level + down, right + 1]);
      left = right + 1;
    }
  }
}

function addHead<R>(frame: Frame<R>): void {
  const hasGroups = frame.columns.some((column) => column.group);
  const hasBands = frame.columns.some((column) => column.band);
  const rows = Math.min(frame.layout.headRows, hasBands ? 3 : hasGroups ? 2 : 1);
  const paths = frame.columns.map((column) => headPath(column, frame.layout, rows));
  const top = frame.grid.rows.length + 1;
  for (let level = 0; level < rows; level += 1) {
    const isCovered = (index: number): boolean =>
      level < rows - 1 && index > 0 && paths[index]?.[level] === paths[index - 1]?.[level];
    const cells = paths.map((path, index) => (isCovered(index) ? null : (path[level] ?? null)));
    push(frame, 'head', cells);
  }
  mergeHeads(frame, paths, top);
}

function addUp<R>(column: Column<R>, rows: readonly R[]): Value {
  const values = rows.map((row, index) => column.value(row, index));
  const fens = values.map((value) =>
    value !== null && typeof value === 'object' && 'fen' in value ? value.fen : 0,
  );
  const counts = values.map((value) => (typeof value === 'number' ? value : 0));
  return values.some((value) => typeof value === 'number') ? sum(counts) : { fen: sum(fens) };
}

function addTotal<R>(frame: Frame<R>, rows: readonly R[], label: string, labelColumn: number): void {
  const cells = frame.columns.map((column, index) => {
    if (index === labelColumn) return label;
    return column.summed ? writeCell(addUp(column, rows), frame.layout, 0) : null;
  });
  push(frame, 'total', cells);
}

function addData<R>(frame: Frame<R>, rows: readonly R[], from: number): void {
  rows.forEach((row, index) => {
    const cells = frame.columns.map((column) =>
      writeCell(column.value(row, from + index), frame.layout, from + index),
    );
    push(frame, 'data', cells);
  });
}

/** Keeps an area's name in its first row only and merges the cells below it. */
function mergeArea<R>(frame: Frame<R>, first: number, column: number): void {
  const last = frame.grid.rows.length;
  if (last <= first) return;
  for (const row of frame.grid.rows.slice(first)) row.cells[column] = null;
  frame.grid.merges.push([first, column + 1, last, column + 1]);
}

function gather<R>(table: Table<R>): R[][] {
  const byArea = new Map<string, R[]>();
  for (const row of table.rows) {
    const area = table.area?.(row) ?? '';
    const rows = byArea.get(area);
    if (rows) rows.push(row);
    else byArea.set(area, [row]);
  }
  return [...byArea.values()];
}

function addByArea<R>(frame: Frame<R>): void {
  const column = frame.columns.findIndex(({ isArea }) => isArea);
  let from = 0;
  for (const rows of gather(frame.table)) {
    const first = frame.grid.rows.length + 1;
    addData(frame, rows, from);
    if (frame.layout.mergeAreas) mergeArea(frame, first, column);
    if (frame.layout.subtotals) addTotal(frame, rows, '小计', column);
    from += rows.length;
  }
}

function addFooter<R>(frame: Frame<R>, stamp: Stamp): void {
  const width = frame.columns.length;
  const signs = {
    0: '填表人：样例填表人',
    [Math.floor(width / 2)]: '审核人：样例审核人',
    [width - 1]: '单位负责人：',
  };
  const note = { 0: `注：本表由${stamp.bureau}汇总，数据截至${stamp.year}年12月31日。` };
  const footers: Record<number, Cell>[] = [signs, note];
  for (const footer of footers.slice(0, frame.layout.footerRows))
    push(frame, 'footer', sparse(width, footer));
}

/** Number format of a column, by its first value that is not empty. */
function formatOf<R>(
  { table, layout }: Pick<Frame<R>, 'table' | 'layout'>,
  column: Column<R>,
): string | null {
  for (const row of table.rows) {
    const value = column.value(row, 0);
    if (value === null || typeof value !== 'object') return null;
    if ('fen' in value) return layout.money === 'number' ? '#,##0.00' : null;
    if ('date' in value && value.date !== null) return layout.date === 'excel' ? 'yyyy-mm-dd' : null;
  }
  return null;
}

/** Lays a table out as a sheet. */
export function layTable<R>(table: Table<R>, layout: Layout, stamp: Stamp): Grid {
  const columns = layout.order(table.columns);
  const formats = columns.map((column) => formatOf({ table, layout }, column));
  const grid: Grid = { sheet: table.sheet, hidden: table.hidden ?? false, rows: [], merges: [], formats };
  const frame: Frame<R> = { table, layout, columns, grid };
  const canSum = columns.some(({ summed }) => summed);
  addTitle(frame, stamp);
  addUnitRow(frame, stamp);
  addHead(frame);
  if (canSum && layout.totals === 'top') addTotal(frame, table.rows, layout.totalLabel, 0);
  if (table.area && (layout.mergeAreas || layout.subtotals)) addByArea(frame);
  else addData(frame, table.rows, 0);
  if (canSum && layout.totals === 'bottom') addTotal(frame, table.rows, layout.totalLabel, 0);
  addFooter(frame, stamp);
  return grid;
}
