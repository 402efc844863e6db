import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { CsvDialect, Source } from '../model.ts';

/** Keys of what a member's source holds beside its data: symbols go into no JSON, so no cell can leave the run this way. */
const CONTENT = Symbol('content');
const FILE = Symbol('file');
const ENCODING = Symbol('encoding');

/** What one pass over a text file's bytes tells. */
export type Encoding = Pick<CsvDialect, 'encoding' | 'lineFeeds'>;

/** A member of a zip: it has bytes, but no file of its own. */
interface MemberSource extends Source {
  [CONTENT]: Buffer;
  /** Path by which readers that need a file can open it; null when it is of no type that has such a reader. */
  [FILE]: string | null;
}

interface TextSource extends Source {
  [ENCODING]: Encoding;
}

/** A source whose bytes are held in memory. */
export function withContent(source: Source, content: Buffer, file: string | null): Source {
  const member: MemberSource = { ...source, [CONTENT]: content, [FILE]: file };
  return member;
}

/** Lets go of a member's bytes once it is read: a report keeps its sources to the end. */
export function dropContent(source: Source): void {
  if (isMember(source)) Object.assign(source, { [CONTENT]: Buffer.alloc(0), [FILE]: null });
}

/** The bytes of a member of a zip; null for a file of its own. */
export function contentOf(source: Source): Buffer | null {
  return isMember(source) ? source[CONTENT] : null;
}

/** The path to open a source by. */
export function pathOf(source: Source): string {
  return (isMember(source) ? source[FILE] : null) ?? source.path;
}

/** A source whose bytes have been looked at for their encoding. */
export function withEncoding(source: Source, encoding: Encoding): Source {
  const text: TextSource = { ...source, [ENCODING]: encoding };
  return text;
}

/** The encoding where it is known. */
export const encodingOf = (source: Source): Encoding | null =>
  (source as Partial<TextSource>)[ENCODING] ?? null;

const isMember = (source: Source): source is MemberSource => CONTENT in source;

/** Streams a source's bytes in chunks of `chunk` bytes, the last of them being `end` when it is given. */
export function streamBytes(source: Source, chunk: number, end?: number): AsyncIterable<Buffer> {
  const content = contentOf(source);
  if (content === null)
    return createReadStream(source.path, {
      highWaterMark: chunk,
      ...(end === undefined ? {} : { end }),
    });
  return Readable.from(cut(content.subarray(0, end === undefined ? undefined : end + 1), chunk));
}

function* cut(content: Buffer, chunk: number): Iterable<Buffer> {
  for (let at = 0; at < content.length; at += chunk) yield content.subarray(at, at + chunk);
}

/** All bytes of a source. */
export async function readBytes(source: Source): Promise<Buffer> {
  return contentOf(source) ?? (await readFile(source.path));
}
