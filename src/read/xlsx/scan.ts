import type { Merge } from '../../model.ts';
import { type BatchBuilder, beginRow, endBatch, endRow, newBatchBuilder } from './batch.ts';
import { type Book, type Cell, newCell, readCell } from './cell.ts';
import { readCommonCell } from './common-cell.ts';
import { damaged, overLimit } from './faults.ts';
import { LIMITS } from './limits.ts';
import {
  CLOSE,
  EMPTY,
  findAttribute,
  findMarkup,
  isAscii,
  isNamed,
  newTag,
  OPEN,
  readTag,
  type Tag,
} from './markup.ts';
import { parseInteger, parseRange, parseRow } from './reference.ts';
import { skipElement } from './text.ts';

/** One pass over a sheet's XML, fed chunk by chunk. */
export interface Scan {
  where: string;
  builder: BatchBuilder;
  cell: Cell;
  tag: Tag;
  /** Bytes fed and not yet read. */
  rest: Buffer;
  inRows: boolean;
  inRow: boolean;
  /** Number of the latest row. */
  row: number;
  /** False while the row's number is only counted because it has no r. */
  isRowKnown: boolean;
  /** Depth within <extLst>, which may be large and holds elements of the same names that mean something else. */
  extensions: number;
  /** The root element's end has been seen. */
  ended: boolean;
  merges: Merge[];
  /** Indexes of hidden columns. */
  hiddenColumns: Set<number>;
}

const NOTHING = Buffer.alloc(0);

/** A scan at the beginning of a sheet; batches of at most `rowLimit` rows appear in `builder.full`. */
export function newScan(book: Book, rowLimit: number): Scan {
  const builder = newBatchBuilder(book.where, rowLimit);
  const state = {
    rest: NOTHING,
    inRows: false,
    inRow: false,
    row: 0,
    isRowKnown: true,
    extensions: 0,
    ended: false,
  };
  const found = { merges: [], hiddenColumns: new Set<number>() };
  return {
    where: book.where,
    builder,
    cell: newCell(book, builder),
    tag: newTag(book.where),
    ...state,
    ...found,
  };
}

/**
 * Reads as much as `chunk` makes whole. Returns -1, or the index of a shared string that must be loaded first: then call
 * again with an empty chunk. What is not whole at the end of a chunk is kept, so no character is ever cut.
 */
export function feedScan(scan: Scan, chunk: Buffer): number {
  const bytes = scan.rest.length === 0 ? chunk : Buffer.concat([scan.rest, chunk]);
  const at = readMarkup(scan, bytes);
  scan.rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : NOTHING;
  if (scan.cell.wanted >= 0) return scan.cell.wanted;
  if (scan.rest.length > LIMITS.cellBytes) throw overLimit(scan.where, '一个单元格的内容过长', '8 MB');
  return -1;
}

/** Ends the scan after the last chunk; XML that stops before its root element ends is a failure. */
export function endScan(scan: Scan): void {
  if (!scan.ended || scan.inRow) throw damaged(scan.where, '工作表内容不完整');
  endBatch(scan.builder);
}

/** Returns where the first thing that is not whole begins. */
function readMarkup(scan: Scan, bytes: Buffer): number {
  const { tag, cell } = scan;
  cell.wanted = -1;
  for (let at = findMarkup(bytes, 0); at >= 0; ) {
    const after = scan.inRow && scan.isRowKnown ? readCommonCell(bytes, at, cell) : -1;
    if (after >= 0) {
      at = findMarkup(bytes, after);
      continue;
    }
    if (!readTag(bytes, at, tag)) return at;
    const next = scan.inRow ? readInRow(scan, bytes) : readOutside(scan, bytes);
    if (next < 0) return at;
    at = findMarkup(bytes, next);
  }
  return bytes.length;
}

/** Inside <row>. Returns the byte after what was read, -1 when it is not whole. */
function readInRow(scan: Scan, bytes: Buffer): number {
  const { tag, cell } = scan;
  const size = tag.nameEnd - tag.name;
  if (tag.kind === CLOSE) {
    if (!isNamed(bytes, tag, 'row')) throw damaged(scan.where, '工作表结构有误');
    scan.inRow = false;
    endRow(scan.builder);
    return tag.next;
  }
  if (tag.kind !== OPEN && tag.kind !== EMPTY) return tag.next;
  if (size !== 1 || bytes[tag.name] !== 0x63) return skipElement(bytes, tag);
  if (!scan.isRowKnown) correctRow(scan, bytes);
  return readCell(bytes, tag, cell);
}

/** Outside <row>: all the rest of a sheet, of which little matters. */
function readOutside(scan: Scan, bytes: Buffer): number {
  const { tag } = scan;
  if (isNamed(bytes, tag, 'extLst') && tag.kind !== EMPTY) scan.extensions += tag.kind === CLOSE ? -1 : 1;
  if (scan.extensions > 0) return tag.next;
  if (tag.kind === CLOSE) {
    if (isNamed(bytes, tag, 'sheetData')) scan.inRows = false;
    else if (isNamed(bytes, tag, 'worksheet')) scan.ended = true;
    return tag.next;
  }
  if (tag.kind !== OPEN && tag.kind !== EMPTY) return tag.next;
  if (scan.inRows) {
    if (isNamed(bytes, tag, 'row')) startRow(scan, bytes);
  } else if (isNamed(bytes, tag, 'sheetData')) scan.inRows = tag.kind === OPEN;
  else if (isNamed(bytes, tag, 'mergeCell')) addMerge(scan, bytes);
  else if (isNamed(bytes, tag, 'col')) addHiddenColumns(scan, bytes);
  else if (isNamed(bytes, tag, 'worksheet')) scan.ended = tag.kind === EMPTY;
  return tag.next;
}

function startRow(scan: Scan, bytes: Buffer): void {
  const { tag } = scan;
  const at = findAttribute(bytes, tag, 'r');
  scan.isRowKnown = at >= 0;
  scan.row = at < 0 ? scan.row + 1 : parseInteger(bytes, tag.spans[at + 2] ?? 0, tag.spans[at + 3] ?? 0);
  checkRow(scan);
  scan.cell.column = -1;
  beginRow(scan.builder, scan.row, isTrue(bytes, tag, 'hidden'));
  scan.inRow = tag.kind === OPEN;
  if (!scan.inRow) endRow(scan.builder);
}

/** A row without r whose first cell has one: the cell knows better than counting. */
function correctRow(scan: Scan, bytes: Buffer): void {
  scan.isRowKnown = true;
  const at = findAttribute(bytes, scan.tag, 'r');
  if (at < 0) return;
  const row = parseRow(bytes, scan.tag.spans[at + 2] ?? 0, scan.tag.spans[at + 3] ?? 0);
  if (row < 0) return;
  scan.row = row;
  checkRow(scan);
  scan.builder.numbers[scan.builder.numbers.length - 1] = row;
}

function checkRow(scan: Scan): void {
  if (scan.row < 1) throw damaged(scan.where, '行号有误');
  if (scan.row > LIMITS.rows) throw overLimit(scan.where, `行号 ${scan.row}`, `${LIMITS.rows} 行`);
}

function addMerge(scan: Scan, bytes: Buffer): void {
  const merge = parseRange(attribute(bytes, scan.tag, 'ref') ?? '');
  if (merge) scan.merges.push(merge);
  if (scan.merges.length > LIMITS.merges)
    throw overLimit(scan.where, '合并单元格过多', `${LIMITS.merges} 处`);
}

function addHiddenColumns(scan: Scan, bytes: Buffer): void {
  if (!isTrue(bytes, scan.tag, 'hidden')) return;
  const first = Number(attribute(bytes, scan.tag, 'min') ?? 0);
  const last = Math.min(Number(attribute(bytes, scan.tag, 'max') ?? 0), LIMITS.columns);
  for (let column = Math.max(1, first); column <= last; column++) scan.hiddenColumns.add(column - 1);
}

function attribute(bytes: Buffer, tag: Tag, name: string): string | undefined {
  const at = findAttribute(bytes, tag, name);
  return at < 0 ? undefined : bytes.toString('latin1', tag.spans[at + 2] ?? 0, tag.spans[at + 3] ?? 0);
}

function isTrue(bytes: Buffer, tag: Tag, name: string): boolean {
  const at = findAttribute(bytes, tag, name);
  if (at < 0) return false;
  const from = tag.spans[at + 2] ?? 0;
  const to = tag.spans[at + 3] ?? 0;
  return isAscii(bytes, from, to, '1') || isAscii(bytes, from, to, 'true');
}
