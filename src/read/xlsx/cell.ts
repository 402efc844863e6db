import { type BatchBuilder, useColumn } from './batch.ts';
import { checkCharacters, flagNumeric, writeBytes, writeText } from './column.ts';
import { NUMBER as PLAIN_NUMBER, toDateText, toIsoText } from './date.ts';
import { damaged } from './faults.ts';
import { LIMITS } from './limits.ts';
import { CLOSE, findMarkup, isAscii, isNamed, newTag, OPEN, readTag, type Tag } from './markup.ts';
import { isPlainNumber, toPlainNumber } from './number.ts';
import { parseColumn, parseInteger } from './reference.ts';
import { newRichText, type RichText, readRichText } from './rich-text.ts';
import { type SharedStrings, sharedStringSize, writeSharedString } from './shared-strings.ts';
import { type Content, readContent, skipElement, toText } from './text.ts';

/** What the cells of a workbook refer to. */
export interface Book {
  where: string;
  strings: SharedStrings;
  /** NUMBER, DATE, TIME or ELAPSED by style index. */
  styles: Uint8Array;
  date1904: boolean;
}

/** The cell being read; one object for all cells of a sheet. */
export interface Cell {
  book: Book;
  builder: BatchBuilder;
  /** Column index from 0 of the latest cell, -1 at the beginning of a row. */
  column: number;
  type: number;
  style: number;
  tag: Tag;
  content: Content;
  rich: RichText;
  hasContent: boolean;
  hasRich: boolean;
  /** The shared string that must be loaded before the cell can be read; -1 when none. */
  wanted: number;
  /** Texts of whole-day serials by serial, by kind: a column of dates has few different ones. */
  days: Map<number, string>[];
}

const NUMBER = 0;
const SHARED = 1;
export const STRING = 2;
const INLINE = 3;
const BOOLEAN = 4;
const ERROR = 5;
const DATE = 6;

const TYPES: [name: string, type: number][] = [
  ['s', SHARED],
  ['n', NUMBER],
  ['str', STRING],
  ['inlineStr', INLINE],
  ['b', BOOLEAN],
  ['e', ERROR],
  ['d', DATE],
];

/** A cell to be filled by `readCell`. */
export function newCell(book: Book, builder: BatchBuilder): Cell {
  const content = { from: 0, to: 0, plain: true, tag: newTag(book.where) };
  const days = [0, 1, 2, 3].map(() => new Map<number, string>());
  const rich = newRichText(book.where);
  const state = { column: -1, type: NUMBER, style: 0, hasContent: false, hasRich: false, wanted: -1 };
  return { book, builder, tag: newTag(book.where), content, rich, days, ...state };
}

/**
 * Reads the cell whose start tag is `start` into the builder's current row and returns the byte after it; -1 when the
 * bytes end within it or, with `wanted` set, when a shared string is missing. Then nothing has been written.
 */
export function readCell(bytes: Uint8Array, start: Tag, cell: Cell): number {
  const before = cell.column;
  cell.wanted = -1;
  readCellAttributes(bytes, start, cell);
  const next = start.kind === OPEN ? readInside(bytes, start.next, cell) : start.next;
  const isWhole = next >= 0 && (start.kind !== OPEN || writeCell(bytes, cell));
  // Read again from its start tag when more has come.
  if (!isWhole) cell.column = before;
  return isWhole ? next : -1;
}

function readCellAttributes(bytes: Uint8Array, tag: Tag, cell: Cell): void {
  const { spans } = tag;
  cell.type = NUMBER;
  cell.style = 0;
  let column = cell.column + 1;
  for (let i = 0; i < tag.count * 4; i += 4) {
    const name = spans[i] ?? 0;
    if ((spans[i + 1] ?? 0) - name !== 1) continue;
    const letter = bytes[name];
    const from = spans[i + 2] ?? 0;
    const to = spans[i + 3] ?? 0;
    if (letter === 0x72) column = parseColumn(bytes, from, to);
    else if (letter === 0x73) cell.style = parseInteger(bytes, from, to);
    else if (letter === 0x74) cell.type = parseType(bytes, from, to);
  }
  if (column < 0) throw damaged(cell.book.where, '单元格地址有误');
  if (column >= LIMITS.columns) throw damaged(cell.book.where, `列数超过 ${LIMITS.columns}`);
  cell.column = column;
}

/** The type of a cell by its t attribute in bytes[from, to); one that nobody defined is text. */
export function parseType(bytes: Uint8Array, from: number, to: number): number {
  if (to - from === 1 && bytes[from] === 0x73) return SHARED;
  for (const [name, type] of TYPES) if (isAscii(bytes, from, to, name)) return type;
  return STRING;
}

/** Reads what is inside <c>: <v>, <is>; a formula or extension is passed over. */
function readInside(bytes: Uint8Array, from: number, cell: Cell): number {
  const { tag, content, rich } = cell;
  cell.hasContent = cell.hasRich = false;
  for (let at = findMarkup(bytes, from); at >= 0; at = findMarkup(bytes, at)) {
    if (!readTag(bytes, at, tag)) return -1;
    at = tag.next;
    const isShort = tag.nameEnd - tag.name === 1;
    if (tag.kind === CLOSE && isShort && bytes[tag.name] === 0x63) return at;
    if (tag.kind !== OPEN) continue;
    if (isShort && bytes[tag.name] === 0x76) {
      if (!readContent(bytes, at, content)) return -1;
      cell.hasContent = true;
      at = content.tag.next;
    } else if (isNamed(bytes, tag, 'is')) {
      if (!readRichText(bytes, at, 'is', rich)) return -1;
      cell.hasRich = true;
      at = rich.next;
    } else {
      at = skipElement(bytes, tag);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** Writes what was read of a cell to the builder; false, with `wanted` set, when its shared string is not loaded. */
export function writeCell(bytes: Uint8Array, cell: Cell): boolean {
  const { content, rich } = cell;
  if (cell.hasRich) {
    if (rich.text !== undefined) write(cell, rich.text);
    else if (rich.to > rich.from) writePlain(bytes, rich.from, rich.to, cell);
    return true;
  }
  if (!cell.hasContent || content.to === content.from) return true;
  if (cell.type === SHARED) return writeShared(bytes, cell);
  if (cell.type === NUMBER) writeNumber(bytes, cell);
  else if (cell.type === BOOLEAN) write(cell, toBoolean(toText(bytes, content)));
  else if (cell.type === DATE) write(cell, toIsoText(toText(bytes, content)));
  else if (content.plain) writePlain(bytes, content.from, content.to, cell);
  else write(cell, toText(bytes, content));
  return true;
}

function writeShared(bytes: Uint8Array, cell: Cell): boolean {
  const { content, book, builder } = cell;
  let index = parseInteger(bytes, content.from, content.to);
  if (index < 0) index = parseIndex(toText(bytes, content), book.where);
  if (index >= book.strings.ready) {
    cell.wanted = index;
    return false;
  }
  const size = sharedStringSize(book.strings, index);
  if (size > 0)
    writeSharedString(book.strings, index, useColumn(builder, cell.column, size), builder.numbers.length - 1);
  return true;
}

function parseIndex(text: string, where: string): number {
  const index = text.trim() === '' ? -1 : Number(text);
  if (!Number.isInteger(index) || index < 0) throw damaged(where, '共享文字序号有误');
  return index;
}

function writeNumber(bytes: Uint8Array, cell: Cell): void {
  const { content, book } = cell;
  const kind = book.styles[cell.style] ?? PLAIN_NUMBER;
  const date = kind === PLAIN_NUMBER ? null : toDate(bytes, cell, kind);
  if (date !== null) write(cell, date);
  else if (content.plain && isPlainNumber(bytes, content.from, content.to))
    writePlain(bytes, content.from, content.to, cell, true);
  else {
    const stored = toText(bytes, content);
    const number = toPlainNumber(stored);
    write(cell, number ?? stored, number !== null);
  }
}

function toDate(bytes: Uint8Array, cell: Cell, kind: number): string | null {
  const { content, book } = cell;
  const day = parseInteger(bytes, content.from, content.to);
  const known = day < 0 ? undefined : cell.days[kind]?.get(day);
  if (known !== undefined) return known;
  const stored = toText(bytes, content);
  const plain = day < 0 ? toPlainNumber(stored) : stored;
  const text = plain === null ? null : toDateText(Number(stored), kind, book.date1904);
  if (text !== null && day >= 0) cell.days[kind]?.set(day, text);
  return text;
}

function toBoolean(stored: string): string {
  const text = stored.trim().toLowerCase();
  return text === '1' || text === 'true' ? 'TRUE' : text === '0' || text === 'false' ? 'FALSE' : stored;
}

function writePlain(bytes: Uint8Array, from: number, to: number, cell: Cell, isNumeric = false): void {
  const { builder, book } = cell;
  const row = builder.numbers.length - 1;
  if (to - from > LIMITS.cellCharacters)
    checkCharacters(Buffer.from(bytes.subarray(from, to)).toString().length, book.where);
  const column = useColumn(builder, cell.column, to - from);
  writeBytes(column, row, bytes, from, to);
  if (isNumeric) flagNumeric(column, row);
}

function write(cell: Cell, text: string, isNumeric = false): void {
  if (text === '') return;
  checkCharacters(text.length, cell.book.where);
  const row = cell.builder.numbers.length - 1;
  const column = useColumn(cell.builder, cell.column, text.length);
  writeText(column, row, text);
  if (isNumeric) flagNumeric(column, row);
}
