import { CELL_END } from '../../model.ts';
import { overLimit } from './faults.ts';
import { LIMITS } from './limits.ts';

/**
 * The texts of one column in the batch being read, as one run of UTF-8: a string per cell is made only where somebody asks
 * for it, and from few large decodings.
 */
export interface Column {
  index: number;
  bytes: Buffer;
  /** Bytes written. */
  length: number;
  /** Characters (UTF-16 units) written. */
  characters: number;
  /** ends[i]: characters written after row i, without the CELL_END that follows. */
  ends: Uint32Array;
  /** Rows with an entry in `ends`. */
  rows: number;
  /** Where the latest cell begins. */
  lastLength: number;
  numeric: Uint8Array | undefined;
  tally: Tally;
}

/** What is told of the rows and cells of a batch together. */
export interface Tally {
  /** The current row has a cell whose first character can be seen: then it is surely not blank. */
  visible: boolean;
  /** Some row has none. */
  mayBeBlank: boolean;
  /** Characters of the longest cell. */
  longest: number;
}

const SEPARATOR = CELL_END.charCodeAt(0);

/** By byte: the same, but for the separator, which no XML allows in a text. */
const SAFE_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => (byte === SEPARATOR ? 0x20 : byte));

/** By first byte: printable ASCII and nearly all of Chinese; spaces of all kinds are elsewhere. */
const VISIBLE_BYTES = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte > 0x20 && byte < 0x7f) || (byte >= 0xe4 && byte <= 0xe9) ? 1 : 0,
);

/** By byte: a continuation byte is no character of its own, and a four-byte sequence is two (UTF-16 units). */
const EXTRA_CHARACTERS = Int8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xc0 ? -1 : byte >= 0xf0 ? 1 : 0,
);

/** A column without cells. */
export function newColumn(index: number, tally: Tally): Column {
  const ends = new Uint32Array(64);
  const bytes = Buffer.allocUnsafeSlow(256);
  const state = { length: 0, characters: 0, rows: 0, lastLength: 0, numeric: undefined };
  return { index, bytes, ends, tally, ...state };
}

/** Makes the column ready for another batch and keeps its memory. */
export function clearColumn(column: Column): void {
  column.length = column.characters = column.rows = column.lastLength = 0;
  column.numeric = undefined;
}

/** Writes bytes[from, to), which are UTF-8, as the text of row `row`; a second text for a cell replaces the first. */
export function writeBytes(column: Column, row: number, bytes: Uint8Array, from: number, to: number): void {
  const size = to - from;
  beginCell(column, row, size);
  endCell(column, row, size, copyText(bytes, from, to, column.bytes, column.length));
}

/** The same of a text that copyText has written before and found to have so many characters. */
export function writeCopied(
  column: Column,
  row: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  characters: number,
): void {
  const size = to - from;
  beginCell(column, row, size);
  const target = column.bytes;
  for (let i = from, at = column.length; i < to; i++, at++) target[at] = bytes[i] ?? 0;
  endCell(column, row, size, characters);
}

/** Copies a text into `target`, where no cell may hold a CELL_END; returns its characters. */
export function copyText(
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  start: number,
): number {
  let characters = to - from;
  for (let i = from, at = start; i < to; i++, at++) {
    const byte = bytes[i] ?? 0;
    target[at] = SAFE_BYTES[byte] ?? 0;
    characters += EXTRA_CHARACTERS[byte] ?? 0;
  }
  return characters;
}

/** Writes a text as that of row `row`. */
export function writeText(column: Column, row: number, given: string): void {
  const text = given.includes(CELL_END) ? given.replaceAll(CELL_END, ' ') : given;
  beginCell(column, row, text.length * 3);
  let size = 0;
  while (size < text.length && text.charCodeAt(size) < 0x80) {
    column.bytes[column.length + size] = text.charCodeAt(size);
    size++;
  }
  if (size < text.length) size = column.bytes.write(text, column.length, 'utf8');
  endCell(column, row, size, text.length);
}

/** Flags row `row` as holding a number. */
export function flagNumeric(column: Column, row: number): void {
  column.numeric ??= new Uint8Array(column.ends.length);
  if (row >= column.numeric.length)
    column.numeric = widen(column.numeric, new Uint8Array(column.ends.length));
  column.numeric[row] = 1;
}

/** True when the text of a cell is longer than any cell may be. */
export function checkCharacters(characters: number, where: string): void {
  if (characters > LIMITS.cellCharacters)
    throw overLimit(where, '一个单元格的文字超过 100 万字', `${LIMITS.cellCharacters} 字`);
}

function beginCell(column: Column, row: number, size: number): void {
  if (column.rows > row) {
    column.length = column.lastLength;
    column.rows = row;
    column.characters = row > 0 ? (column.ends[row - 1] ?? 0) + 1 : 0;
    if (column.numeric) column.numeric[row] = 0;
    // What could be seen may be what is replaced.
    column.tally.mayBeBlank = true;
    makeRoom(column, size);
    return;
  }
  if (row >= column.ends.length) {
    const capacity = Math.max(row + 1, column.ends.length * 2);
    column.ends = widen(column.ends, new Uint32Array(capacity));
  }
  makeRoom(column, row - column.rows + 1 + size);
  while (column.rows < row) {
    endText(column);
    column.ends[column.rows++] = column.characters;
  }
  endText(column);
}

/** Ends the cell before, if there is one. */
function endText(column: Column): void {
  if (column.rows === 0) return;
  column.bytes[column.length++] = SEPARATOR;
  column.characters++;
}

function makeRoom(column: Column, size: number): void {
  if (column.length + size <= column.bytes.length) return;
  const wider = Buffer.allocUnsafeSlow(Math.max(column.length + size, column.bytes.length * 2));
  column.bytes.copy(wider, 0, 0, column.length);
  column.bytes = wider;
}

function endCell(column: Column, row: number, size: number, characters: number): void {
  column.lastLength = column.length;
  column.length += size;
  column.characters += characters;
  column.ends[row] = column.characters;
  column.rows = row + 1;
  if (characters > column.tally.longest) column.tally.longest = characters;
  if (VISIBLE_BYTES[column.bytes[column.lastLength] ?? 0] === 1) column.tally.visible = true;
}

function widen<A extends Uint8Array | Uint32Array>(narrow: A, wide: A): A {
  wide.set(narrow);
  return wide;
}
