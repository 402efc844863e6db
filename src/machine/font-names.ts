import { closeSync, openSync, readSync } from 'node:fs';

/** Name records that hold what a font is called: family, full name, typographic family. */
const CALLED = new Set([1, 4, 16]);
/** Larger counts are no font. */
const LIMIT = 1000;

/** What a font file calls its fonts, in all its languages; none for a file that is no font. */
export function readFontNames(path: string): string[] {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const read = toReader(file);
    return findFonts(read).flatMap((offset) => readNames(read, offset));
  } catch {
    return [];
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

type Reader = (offset: number, length: number) => Buffer;

function toReader(file: number): Reader {
  return (offset, length) => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
  };
}

/** Offsets of the fonts: a collection (.ttc) holds several. */
function findFonts(read: Reader): number[] {
  const head = read(0, 12);
  if (head.toString('latin1', 0, 4) !== 'ttcf') return [0];
  const count = Math.min(head.readUInt32BE(8), LIMIT);
  const offsets = read(12, count * 4);
  return Array.from({ length: count }, (_, index) => offsets.readUInt32BE(index * 4));
}

function readNames(read: Reader, font: number): string[] {
  const tables = Math.min(read(font + 4, 2).readUInt16BE(0), LIMIT);
  const directory = read(font + 12, tables * 16);
  for (let at = 0; at < directory.length; at += 16)
    if (directory.toString('latin1', at, at + 4) === 'name')
      return toNames(
        read(directory.readUInt32BE(at + 8), Math.min(directory.readUInt32BE(at + 12), 1 << 20)),
      );
  return [];
}

function toNames(table: Buffer): string[] {
  const count = Math.min(table.readUInt16BE(2), LIMIT);
  const texts = table.readUInt16BE(4);
  const names: string[] = [];
  for (let at = 6; at < 6 + count * 12; at += 12) {
    const [platform, id] = [table.readUInt16BE(at), table.readUInt16BE(at + 6)];
    const from = texts + table.readUInt16BE(at + 10);
    const bytes = table.subarray(from, from + table.readUInt16BE(at + 8));
    // The Macintosh's own encodings are left out: its fonts carry the same names in Unicode.
    if (CALLED.has(id) && platform !== 1) names.push(new TextDecoder('utf-16be').decode(bytes));
  }
  return names;
}
