import { isUtf8 } from 'node:buffer';
import { type Batch, CELL_END, type PackedColumns } from '../../model.ts';
import { type Column, clearColumn, newColumn, type Tally } from './column.ts';
import { damaged, overLimit } from './faults.ts';
import { LIMITS } from './limits.ts';

/** A batch as bytes, all views of one buffer: handing over one is cheaper for threads than copying or than many. */
export interface RawBatch {
  buffer: ArrayBuffer;
  numbers: Uint32Array;
  hidden: Uint8Array | undefined;
  /** Only columns with a cell. */
  columns: RawColumn[];
  /** Some row may have no text but white space. */
  mayBeBlank: boolean;
  /** Characters of the longest cell. */
  longest: number;
}

export interface RawColumn {
  index: number;
  /** UTF-8 of the texts of all rows, joined by CELL_END. */
  bytes: Uint8Array;
  characters: number;
  /** ends[i]: characters up to the end of row i's text; rows beyond its length are empty. */
  ends: Uint32Array;
  numeric: Uint8Array | undefined;
}

/** The batch being read. */
export interface BatchBuilder {
  where: string;
  /** Rows after which a batch is full. */
  rowLimit: number;
  numbers: number[];
  hidden: number[];
  anyHidden: boolean;
  /** By column index; made when a column first has a cell, kept for the next batches. */
  columns: (Column | undefined)[];
  used: Column[];
  /** Bytes of text in this batch. */
  bytes: number;
  /** Bytes of text in all batches before it. */
  bytesBefore: number;
  full: RawBatch[];
  tally: Tally;
}

/** Rows × columns of one batch: what a wide sheet is cut by. */
const BATCH_CELLS = 512 * 1024;
const BATCH_BYTES = 8 * 1024 * 1024;
const ROW_BYTES = 128 * 1024 * 1024;

/** An empty builder whose batches have at most `rowLimit` rows, fewer if they are wide. */
export function newBatchBuilder(where: string, rowLimit: number): BatchBuilder {
  const builder = { where, rowLimit, numbers: [], hidden: [], anyHidden: false, columns: [] };
  return { ...builder, used: [], bytes: 0, bytesBefore: 0, full: [], tally: newTally() };
}

const newTally = (): Tally => ({ visible: false, mayBeBlank: false, longest: 0 });

/** Begins a row, which may stay without cells. */
export function beginRow(builder: BatchBuilder, number: number, hidden: boolean): void {
  builder.numbers.push(number);
  builder.hidden.push(hidden ? 1 : 0);
  builder.anyHidden ||= hidden;
}

/** The column to write the current row's cell to; `size` is about what will be written. */
export function useColumn(builder: BatchBuilder, index: number, size: number): Column {
  let column = builder.columns[index];
  if (column === undefined) {
    column = newColumn(index, builder.tally);
    builder.columns[index] = column;
  }
  if (column.rows === 0) builder.used.push(column);
  builder.bytes += size;
  if (builder.bytes > ROW_BYTES) throw overLimit(builder.where, '一行文字超过 120 MB', '120 MB');
  return column;
}

/** Ends the current row, and the batch if it is full. */
export function endRow(builder: BatchBuilder): void {
  if (!builder.tally.visible) builder.tally.mayBeBlank = true;
  builder.tally.visible = false;
  const rows = builder.numbers.length;
  const isFull = rows >= builder.rowLimit || rows * builder.used.length >= BATCH_CELLS;
  if (isFull || builder.bytes >= BATCH_BYTES) endBatch(builder);
}

/** Moves the rows read so far to `full`. */
export function endBatch(builder: BatchBuilder): void {
  if (builder.numbers.length === 0) return;
  builder.full.push(pack(builder));
  builder.bytesBefore += builder.bytes;
  if (builder.bytesBefore > LIMITS.sheetTextBytes)
    throw overLimit(builder.where, '一个工作表的文字超过 8 GB', '8 GB');
  for (const column of builder.used) clearColumn(column);
  builder.used = [];
  builder.numbers = [];
  builder.hidden = [];
  builder.anyHidden = false;
  builder.bytes = 0;
  Object.assign(builder.tally, newTally());
}

/**
 * The batch with a string per cell, made when it is asked for. Columns without any cell share one array, so that a cell at
 * XFD1 costs little.
 */
export function toBatch(raw: RawBatch, where: string): Batch {
  const rows = raw.numbers.length;
  const width = (raw.columns.at(-1)?.index ?? -1) + 1;
  for (const column of raw.columns) checkUtf8(column, where);
  const numeric = new Array<Uint8Array | undefined>(width).fill(undefined);
  for (const column of raw.columns) numeric[column.index] = column.numeric;
  let columns: string[][] | undefined;
  return {
    numbers: Array.from(raw.numbers),
    get columns() {
      columns ??= toColumns(raw, rows, width);
      return columns;
    },
    numeric,
    ...(raw.hidden ? { hidden: raw.hidden } : {}),
    packed: raw.mayBeBlank ? null : toPacked(raw),
  };
}

function toPacked({ columns, longest }: RawBatch): PackedColumns {
  const bytes = new Map(columns.map((column) => [column.index, column.bytes]));
  return { bytes: (column) => bytes.get(column), longest };
}

function toColumns(raw: RawBatch, rows: number, width: number): string[][] {
  const empty = new Array<string>(rows).fill('');
  const columns = new Array<string[]>(width).fill(empty);
  for (const column of raw.columns) columns[column.index] = toTexts(column, rows);
  return columns;
}

function pack({ numbers, hidden, anyHidden, used, tally }: BatchBuilder): RawBatch {
  const rows = numbers.length;
  const words = used.reduce((sum, column) => sum + column.rows, rows);
  const bytes = used.reduce(
    (sum, column) => sum + column.length + rows - column.rows + (column.numeric ? rows : 0),
    anyHidden ? rows : 0,
  );
  const buffer = new ArrayBuffer(words * 4 + bytes);
  let word = 0;
  let byte = words * 4;
  const putWords = (values: ArrayLike<number>) => {
    const view = new Uint32Array(buffer, word, values.length);
    view.set(values);
    word += values.length * 4;
    return view;
  };
  const putBytes = (values: ArrayLike<number>, length: number) => {
    const view = new Uint8Array(buffer, byte, length);
    view.set(values);
    byte += length;
    return view;
  };
  /** The cells of a column, and as many empty ones. */
  const putCells = (cells: Uint8Array, more: number) => {
    const view = new Uint8Array(buffer, byte, cells.length + more);
    view.set(cells);
    view.fill(CELL_END.charCodeAt(0), cells.length);
    byte += view.length;
    return view;
  };
  const columns = used
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, bytes, length, characters, ends, rows: filled, numeric }) => ({
      index,
      bytes: putCells(bytes.subarray(0, length), rows - filled),
      characters: characters + rows - filled,
      ends: putWords(ends.subarray(0, filled)),
      numeric: numeric && putBytes(numeric.subarray(0, rows), rows),
    }));
  return {
    buffer,
    numbers: putWords(numbers),
    hidden: anyHidden ? putBytes(hidden, rows) : undefined,
    columns,
    mayBeBlank: tally.mayBeBlank,
    longest: tally.longest,
  };
}

const toBuffer = ({ bytes }: RawColumn): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** UTF-8 of as many characters as bytes is ASCII. */
const isAscii = ({ characters, bytes }: RawColumn): boolean => characters === bytes.length;

function checkUtf8(column: RawColumn, where: string): void {
  if (!isUtf8(toBuffer(column))) throw damaged(where, '文字不是有效的 UTF-8');
}

function toTexts(column: RawColumn, rows: number): string[] {
  const { ends } = column;
  // In memory, ASCII is half as large.
  const text = toBuffer(column).toString(isAscii(column) ? 'latin1' : 'utf8');
  const texts = new Array<string>(rows).fill('');
  let from = 0;
  for (let i = 0; i < ends.length; i++) {
    const to = ends[i] ?? from;
    if (to > from) texts[i] = text.substring(from, to);
    from = to + 1;
  }
  return texts;
}
