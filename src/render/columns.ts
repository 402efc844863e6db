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
/** A text of no more 字 is a name. */
const NAME = 5;
/** A head of more 字 may take two lines. */
const HEAD = 6;
/** A 〔待核：…〕 of more 字 takes several lines, for it stands among numbers, which never do. */
const OPEN = 8;

/** Columns by what stands in them, in a table `room` 字 wide: where that is too little the widest texts take more lines. */
export function toColumns({ head, rows }: Table, room: number): Column[] {
  const columns = head.map((cell, index) => {
    const cells = rows.map((row) => row[index] ?? []);
    const numeric = cells.every(isNumber);
    const own = Math.max(LEAST, ...cells.map(measureCell));
    const wanted = Math.max(own, Math.min(measure(cell), HEAD), measure(cell) / 2);
    return { numeric, width: wanted + BORDER, least: (numeric ? own : Math.min(own, NAME)) + BORDER };
  });
  const cap = findCap(columns, room);
  const widths = columns.map((column) => toCapped(column, cap));
  const total = widths.reduce((sum, width) => sum + width, 0);
  return columns.map(({ numeric }, index) => ({ numeric, share: (widths[index] ?? 0) / total }));
}

interface Wanted {
  numeric: boolean;
  width: number;
  least: number;
}

/** A number and the name of a township are never broken; heads and longer texts are. */
const toCapped = ({ width, least }: Wanted, cap: number): number => Math.max(least, Math.min(width, cap));

/** The greatest width of a column with which all fit, by whole 字. */
function findCap(columns: readonly Wanted[], room: number): number {
  const fits = (cap: number) => columns.reduce((sum, column) => sum + toCapped(column, cap), 0) <= room;
  let cap = Math.max(...columns.map(({ width }) => width));
  while (cap > LEAST + BORDER && !fits(cap)) cap -= 1;
  return cap;
}

const measure = (runs: readonly Run[]): number => measureText(toPlainText(runs), 0);

const measureCell = (runs: readonly Run[]): number =>
  runs.some(({ type }) => type === 'placeholder') ? Math.min(measure(runs), OPEN) : measure(runs);

const isNumber = (runs: readonly Run[]): boolean =>
  runs.length === 0 || runs.every((run) => run.type !== 'text' || /^[\d.,%*—－-]*$/.test(run.text.trim()));
