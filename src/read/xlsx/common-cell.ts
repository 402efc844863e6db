import { type Cell, parseType, STRING, writeCell } from './cell.ts';
import { LIMITS } from './limits.ts';
import { parseColumn, parseInteger } from './reference.ts';
import { readPlainContent } from './text.ts';

const QUOTE = 0x22;
/** What must at least follow, so that looking at fixed positions stays within the bytes. */
const MARGIN = 16;

const VALUE = Buffer.from('><v>');
const VALUE_END = Buffer.from('</v></c>');
const INLINE = Buffer.from('><is><t>');
const INLINE_END = Buffer.from('</t></is></c>');

/**
 * Reads a cell written as nearly every program writes it, `<c r="A1" s="1" t="s"><v>0</v></c>`, in one go. Returns the
 * byte after it, or -1 with nothing done for any other form and where the bytes run short: then `readCell` must be
 * used, which would have done the same, more slowly. Most of the reading time goes into cells.
 */
export function readCommonCell(bytes: Uint8Array, at: number, cell: Cell): number {
  if (bytes.length - at < MARGIN || bytes[at + 1] !== 0x63) return -1;
  const before = cell.column;
  const tagEnd = readShortAttributes(bytes, at + 2, cell);
  let next = -1;
  if (tagEnd >= 0 && cell.column >= 0 && cell.column < LIMITS.columns && bytes.length - tagEnd >= MARGIN)
    next = bytes[tagEnd] === 0x2f ? tagEnd + 2 : readValue(bytes, tagEnd, cell);
  if (next < 0) cell.column = before;
  return next;
}

/** Reads ` r="A1" s="1" t="s"` in any order. Returns where `>` or `/>` begins, -1 for anything else. */
function readShortAttributes(bytes: Uint8Array, from: number, cell: Cell): number {
  let i = from;
  let column = cell.column + 1;
  cell.type = 0;
  cell.style = 0;
  while (bytes[i] === 0x20 && bytes.length - i >= MARGIN) {
    if (bytes[i + 2] !== 0x3d || bytes[i + 3] !== QUOTE) return -1;
    const name = bytes[i + 1];
    const value = i + 4;
    for (i = value; i < bytes.length && bytes[i] !== QUOTE; ) i++;
    if (name === 0x72) column = parseColumn(bytes, value, i);
    else if (name === 0x73) cell.style = parseInteger(bytes, value, i);
    else if (name === 0x74) cell.type = parseType(bytes, value, i);
    else return -1;
    i++;
  }
  cell.column = column;
  return bytes[i] === 0x3e || (bytes[i] === 0x2f && bytes[i + 1] === 0x3e) ? i : -1;
}

/** `<v>0</v></c>` or, as Java's streaming writers have it, `<is><t>甲</t></is></c>`. */
function readValue(bytes: Uint8Array, tagEnd: number, cell: Cell): number {
  const isValue = follows(bytes, tagEnd, VALUE);
  if (!isValue && !follows(bytes, tagEnd, INLINE)) return -1;
  const from = tagEnd + (isValue ? VALUE : INLINE).length;
  const end = readPlainContent(bytes, from, cell.content);
  const tail = isValue ? VALUE_END : INLINE_END;
  if (end < 0 || !follows(bytes, end, tail)) return -1;
  // An inline text is written like a formula's, whatever type the cell says it has.
  if (!isValue) cell.type = STRING;
  cell.hasContent = true;
  cell.hasRich = false;
  return writeCell(bytes, cell) ? end + tail.length : -1;
}

function follows(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  if (bytes.length - at < expected.length) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  return true;
}
