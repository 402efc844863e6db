import type { Run, Table } from '../model.ts';
import { measureText, toPlainText } from './text.ts';

/** How a column of a table is set. */
export interface Column {
  /** True where every cell below the head is a number: those are set to the right. */
  numeric: boolean;
  /** Part of the table's width, all columns together 1. */
  share: number;
}

/** 字 that a column has at least, and what its borders take. */
const [LEAST, BORDER] = [2, 1];
/** A head of more 字 may take two lines. */
const HEAD = 6;
/** A cell of more 字 takes several lines: one long text must not squeeze the short columns. */
const CELL = 12;

/** Columns by what stands in them. */
export function toColumns({ head, rows }: Table): Column[] {
  const widths = head.map((cell, index) => {
    const cells = rows.map((row) => measure(row[index] ?? []));
    const widest = Math.min(Math.max(0, ...cells), CELL);
    return Math.max(LEAST, Math.min(measure(cell), HEAD), measure(cell) / 2, widest) + BORDER;
  });
  const total = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width, index) => ({
    numeric: rows.every((row) => isNumber(row[index] ?? [])),
    share: width / total,
  }));
}

const measure = (runs: readonly Run[]): number => measureText(toPlainText(runs), 0);

const isNumber = (runs: readonly Run[]): boolean =>
  runs.length === 0 || runs.every((run) => run.type !== 'text' || /^[\d.,%—－-]*$/.test(run.text.trim()));
