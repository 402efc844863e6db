import type { Grid, GridRow } from './grid.ts';
import { damaged, overLimit } from './xlsx/faults.ts';
import { LIMITS } from './xlsx/limits.ts';

/** Grids being read from one file. */
export interface GridBuilder {
  where: string;
  grids: Grid[];
  /** Cells that may still be stored: a few bytes can say that a cell repeats a thousand million times. */
  cellsLeft: number;
}

/** A row being read. */
export type Row = GridRow;

const MOST_CELLS = 20_000_000;

/** A builder without any sheet yet. */
export function newGridBuilder(where: string): GridBuilder {
  return { where, grids: [], cellsLeft: MOST_CELLS };
}

/** Begins a sheet, to which rows are added from then on. */
export function beginGrid({ grids }: GridBuilder, name: string, hidden: boolean): Grid {
  const grid: Grid = { name, hidden, hiddenColumns: [], rows: [], merges: [] };
  grids.push(grid);
  return grid;
}

/** A row without cells. */
export const newRow = (number: number, hidden: boolean): Row => ({ number, hidden, texts: [], numeric: [] });

/** Writes a text `times` times from `column` on. */
export function putText(
  builder: GridBuilder,
  row: Row,
  column: number,
  text: string,
  isNumeric = false,
  times = 1,
): void {
  const end = column + times;
  if (end > LIMITS.columns) throw overLimit(builder.where, `列数 ${end}`, `${LIMITS.columns} 列`);
  if (text.length > LIMITS.cellCharacters) throw overLimit(builder.where, '一个单元格的内容过长', '1 MB');
  spend(builder, end - row.texts.length);
  while (row.texts.length < end) row.texts.push('');
  for (let i = column; i < end; i++) {
    row.texts[i] = text;
    if (isNumeric) row.numeric.push(i);
  }
}

/** Adds a row `times` times; a row without any text is only counted by its number. */
export function addRow(builder: GridBuilder, grid: Grid, row: Row, times = 1): void {
  if (!row.texts.some((text) => text !== '')) return;
  const last = row.number + times - 1;
  if (row.number <= (grid.rows.at(-1)?.number ?? 0)) throw damaged(builder.where, '行号有误');
  if (last > LIMITS.rows) throw overLimit(builder.where, `行号 ${last}`, `${LIMITS.rows} 行`);
  spend(builder, (times - 1) * row.texts.length);
  for (let i = 0; i < times; i++) grid.rows.push({ ...row, number: row.number + i });
}

/** Adds a merged range of at least two cells; `top` counts from 1. */
export function addMerge(
  builder: GridBuilder,
  grid: Grid,
  top: number,
  left: number,
  height: number,
  width: number,
): void {
  if (!(height * width > 1)) return;
  if (grid.merges.length >= LIMITS.merges)
    throw overLimit(builder.where, '合并单元格过多', `${LIMITS.merges} 处`);
  grid.merges.push({ top, left, bottom: top + height - 1, right: left + width - 1 });
}

function spend(builder: GridBuilder, cells: number): void {
  builder.cellsLeft -= Math.max(0, cells);
  if (builder.cellsLeft < 0)
    throw overLimit(builder.where, '单元格过多，或重复的单元格过多', `${MOST_CELLS} 个`);
}
