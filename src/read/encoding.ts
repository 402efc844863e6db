import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { Failure } from '../failure.ts';
import type { CsvDialect, Source } from '../model.ts';

/** What one pass over a text file's bytes tells. */
export type Encoding = Pick<CsvDialect, 'encoding' | 'lineFeeds'>;

const CHUNK = 1 << 20;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Byte order mark, else strict UTF-8, else GB18030 (whose strictness `readText` keeps while streaming): detectors that
 * guess are wrong on Chinese, and GB18030 tried first accepts nearly anything.
 */
export async function findEncoding(source: Source): Promise<Encoding> {
  let first: Buffer | undefined;
  let carry: Buffer = Buffer.alloc(0);
  let lineFeeds = 0;
  let trailing = 0;
  for await (const part of createReadStream(source.path, { highWaterMark: CHUNK })) {
    const chunk = part as Buffer;
    if (first === undefined) {
      first = chunk;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) return { encoding: 'utf-16le', lineFeeds: null };
      if (chunk[0] === 0xfe && chunk[1] === 0xff) return { encoding: 'utf-16be', lineFeeds: null };
    }
    const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    const whole = toWholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return { encoding: 'gb18030', lineFeeds: null };
    carry = bytes.subarray(whole);
    const end = toEndOfText(chunk);
    lineFeeds += end > 0 ? trailing + countLineFeeds(chunk.subarray(0, end)) : 0;
    const after = countLineFeeds(chunk.subarray(end));
    trailing = end > 0 ? after : trailing + after;
  }
  return carry.length > 0 ? { encoding: 'gb18030', lineFeeds: null } : { encoding: 'utf-8', lineFeeds };
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

/** Streams a text file decoded, without its byte order mark; malformed input throws a Failure unless only a part is read. */
export async function* readText(
  source: Source,
  encoding: CsvDialect['encoding'],
  end?: number,
): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding, { fatal: end === undefined });
  try {
    const options = end === undefined ? { highWaterMark: CHUNK } : { end };
    for await (const chunk of createReadStream(source.path, options))
      yield decoder.decode(chunk as Buffer, { stream: true });
    if (end === undefined) yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Failure('file-encoding', { where: source.name }, error);
    throw error;
  }
}
