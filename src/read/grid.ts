import { Failure } from '../failure.ts';
import type { Batch, HeadRow, Merge, Sheet, Source } from '../model.ts';

/** A sheet held whole, as plain data: old and small formats cannot be streamed. */
export interface Grid {
  name: string;
  hidden: boolean;
  /** Indexes of hidden columns, ascending. */
  hiddenColumns: number[];
  /** Rows that have a cell, ascending. */
  rows: GridRow[];
  merges: Merge[];
}

export interface GridRow {
  /** From 1. */
  number: number;
  hidden: boolean;
  /** Texts by column; '' is an empty cell. */
  texts: string[];
  /** Columns whose cell stores a number. */
  numeric: number[];
}

const HEAD_ROWS = 60;
const BATCH_ROWS = 4096;
const BATCH_CELLS = 512 * 1024;

/** Grids as sheets of the model; a file without a single text is a 'sheet-empty' failure, not an empty table. */
export function toSheets(source: Source, grids: Grid[]): Sheet[] {
  if (!grids.some(({ rows }) => rows.some(hasText))) throw new Failure('sheet-empty', { where: source.name });
  return grids.map((grid) => toSheet(source, grid));
}

const hasText = ({ texts }: GridRow): boolean => texts.some((text) => text.trim() !== '');

function toSheet(source: Source, grid: Grid): Sheet {
  const { name, hidden, hiddenColumns, merges } = grid;
  const head = grid.rows.filter(hasText).slice(0, HEAD_ROWS).map(toHeadRow);
  return {
    source,
    name,
    hidden,
    hiddenColumns,
    head,
    csv: null,
    merges: () => merges,
    async *read() {
      yield* toBatches(grid.rows);
    },
  };
}

function toHeadRow({ number, texts }: GridRow): HeadRow {
  let width = texts.length;
  while (width > 0 && texts[width - 1]?.trim() === '') width--;
  return { number, cells: texts.slice(0, width) };
}

function* toBatches(rows: GridRow[]): Iterable<Batch> {
  const width = rows.reduce((most, { texts }) => Math.max(most, texts.length), 1);
  const size = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_CELLS / width)));
  for (let at = 0; at < rows.length; at += size) yield toBatch(rows.slice(at, at + size));
}

function toBatch(rows: GridRow[]): Batch {
  const width = rows.reduce((most, { texts }) => Math.max(most, texts.length), 0);
  const columns = Array.from({ length: width }, (_, column) => rows.map(({ texts }) => texts[column] ?? ''));
  const numeric = new Array<Uint8Array | undefined>(width).fill(undefined);
  rows.forEach((row, i) => {
    for (const column of row.numeric) {
      const flags = numeric[column] ?? new Uint8Array(rows.length);
      flags[i] = 1;
      numeric[column] = flags;
    }
  });
  const batch = { numbers: rows.map(({ number }) => number), columns, numeric, packed: null };
  if (!rows.some(({ hidden }) => hidden)) return batch;
  return { ...batch, hidden: Uint8Array.from(rows, ({ hidden }) => (hidden ? 1 : 0)) };
}
