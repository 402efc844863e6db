import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Source } from '../model.ts';

/** Key of a member's bytes on its source: a symbol goes into no JSON, so no cell can leave the run this way. */
const CONTENT = Symbol('content');

/** A member of a zip: it has bytes, but no file of its own. */
export interface MemberSource extends Source {
  [CONTENT]: Buffer;
}

/** A source whose bytes are held in memory. */
export function withContent(source: Source, content: Buffer): MemberSource {
  return { ...source, [CONTENT]: content };
}

/** The bytes of a member of a zip; null for a file of its own. */
export function contentOf(source: Source): Buffer | null {
  return CONTENT in source ? (source as MemberSource)[CONTENT] : null;
}

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
