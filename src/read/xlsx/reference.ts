import type { Merge } from '../../model.ts';
import { LIMITS } from './limits.ts';

/** The column index from 0 of a reference such as "AB12" in bytes[from, to); -1 when it names none, else not capped. */
export function parseColumn(bytes: Uint8Array, from: number, to: number): number {
  let column = 0;
  for (let i = from; i < to && i < from + 4; i++) {
    const letter = (bytes[i] ?? 0) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return column - 1;
}

/** The unsigned integer spelt by bytes[from, to); -1 when it is anything else or longer than nine digits. */
export function parseInteger(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to || to - from > 9) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** The row number of a reference such as "AB12"; -1 when it names none. */
export function parseRow(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  while (i < to && (bytes[i] ?? 0) > 0x39) i++;
  return parseInteger(bytes, i, to);
}

/** A range such as "A1:C3"; null when it is none, lies outside any sheet or is a single cell. */
export function parseRange(text: string): Merge | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(text);
  if (!match) return null;
  const [, fromColumn = '', fromRow, toColumn = '', toRow] = match;
  const columns = [toIndex(fromColumn), toIndex(toColumn)];
  const rows = [Number(fromRow), Number(toRow)];
  const merge = {
    top: Math.min(...rows),
    left: Math.min(...columns),
    bottom: Math.max(...rows),
    right: Math.max(...columns),
  };
  const isInside = merge.top > 0 && merge.bottom <= LIMITS.rows && merge.right < LIMITS.columns;
  return isInside && (merge.top < merge.bottom || merge.left < merge.right) ? merge : null;
}

function toIndex(letters: string): number {
  const bytes = Buffer.from(letters);
  return parseColumn(bytes, 0, bytes.length);
}
