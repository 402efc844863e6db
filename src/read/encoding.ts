import { isUtf8 } from 'node:buffer';
import { Failure } from '../failure.ts';
import type { CsvDialect, Source } from '../model.ts';
import { contentOf, type Encoding, encodingOf, streamBytes } from './bytes.ts';

const CHUNK = 1 << 20;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * One pass over a text's bytes: byte order mark, else strict UTF-8, else GB18030 (whose strictness `readText` keeps while
 * streaming): detectors that guess are wrong on Chinese, and GB18030 tried first accepts nearly anything.
 */
export interface EncodingScan {
  /** Null until something other than UTF-8 is found. */
  encoding: CsvDialect['encoding'] | null;
  started: boolean;
  carry: Buffer;
  lineFeeds: number;
  trailing: number;
  isPlain: boolean;
}

/** `isFile`: DuckDB reads a file by its path; what it cannot take goes through readText. */
export const newEncodingScan = (isFile: boolean): EncodingScan => ({
  encoding: null,
  started: false,
  carry: Buffer.alloc(0),
  lineFeeds: 0,
  trailing: 0,
  isPlain: isFile,
});

/** Looks at the next bytes of the text. */
export function feedEncoding(scan: EncodingScan, chunk: Buffer): void {
  if (!scan.started) scan.encoding = findUtf16(chunk);
  scan.started = true;
  if (scan.encoding !== null) return;
  // DuckDB ends a cell at a NUL.
  scan.isPlain &&= !chunk.includes(0);
  const bytes = scan.carry.length > 0 ? Buffer.concat([scan.carry, chunk]) : chunk;
  const whole = toWholeCharacters(bytes);
  if (!isUtf8(bytes.subarray(0, whole))) {
    scan.encoding = 'gb18030';
    return;
  }
  scan.carry = Buffer.from(bytes.subarray(whole));
  const end = toEndOfText(chunk);
  scan.lineFeeds += end > 0 ? scan.trailing + countLineFeeds(chunk.subarray(0, end)) : 0;
  const after = countLineFeeds(chunk.subarray(end));
  scan.trailing = end > 0 ? after : scan.trailing + after;
}

/** What the bytes so far say; a character that is cut at their end is none of UTF-8. */
export function endEncoding({ encoding, carry, isPlain, lineFeeds }: EncodingScan): Encoding {
  if (encoding !== null || carry.length > 0) return { encoding: encoding ?? 'gb18030', lineFeeds: null };
  return { encoding: 'utf-8', lineFeeds: isPlain ? lineFeeds : null };
}

/** The encoding of a source, by a pass of its own where none was made yet. */
export async function findEncoding(source: Source): Promise<Encoding> {
  const known = encodingOf(source);
  if (known) return known;
  const scan = newEncodingScan(contentOf(source) === null);
  for await (const chunk of streamBytes(source, CHUNK)) {
    feedEncoding(scan, chunk);
    if (scan.encoding !== null) break;
  }
  return endEncoding(scan);
}

function findUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : findBareUtf16(bytes);
}

/** UTF-16 without a byte order mark: its digits, commas and line ends have their NUL all on the same side. */
export function findBareUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 65_536);
  let even = 0;
  let odd = 0;
  for (let i = bytes.indexOf(0); i >= 0 && i < length; i = bytes.indexOf(0, i + 1)) {
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (even + odd < length / 20) return null;
  if (odd > even * 20) return 'utf-16le';
  return even > odd * 20 ? 'utf-16be' : null;
}

/** Length without a character that the chunk's end cuts: at most three bytes. */
function toWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0)
      return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where the line ends at the end of a chunk begin. */
function toEndOfText(chunk: Buffer): number {
  let end = chunk.length;
  while (end > 0 && (chunk[end - 1] === LINE_FEED || chunk[end - 1] === CARRIAGE_RETURN)) end--;
  return end;
}

function countLineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}

/** Streams a text file decoded, without its byte order mark and NULs; malformed input throws a Failure unless only a part is read. */
export async function* readText(
  source: Source,
  encoding: CsvDialect['encoding'],
  end?: number,
): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding, { fatal: end === undefined });
  try {
    for await (const chunk of streamBytes(source, CHUNK, end))
      yield decoder.decode(chunk, { stream: true }).replaceAll('\0', '');
    if (end === undefined) yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Failure('file-encoding', { where: source.name }, error);
    throw error;
  }
}

/** True when a text has characters that mean nothing outside the computer that wrote them. */
export const hasPrivateUse = (text: string): boolean => /[\ue000-\uf8ff]/.test(text);

/** True when bytes are Big5 throughout, and hold characters that are common in it. */
export function isBig5(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('big5', { fatal: true }).decode(bytes.subarray(0, CHUNK), { stream: true });
    return /[一的是人月日市年街道]/.test(text) && !hasPrivateUse(text);
  } catch {
    return false;
  }
}
