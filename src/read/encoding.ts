import { createReadStream } from 'node:fs';
import { Failure } from '../failure.ts';
import type { CsvDialect, Source } from '../model.ts';

type Encoding = Pick<CsvDialect, 'encoding' | 'bomBytes'>;

const MARKS: [number[], CsvDialect['encoding']][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Byte order mark, else strict UTF-8, else strict GB18030 over the whole file; detectors that guess are wrong on Chinese. */
export async function findEncoding(source: Source): Promise<Encoding> {
  const first = await readStart(source.path);
  for (const [mark, encoding] of MARKS) {
    if (mark.every((byte, index) => first[index] === byte)) return { encoding, bomBytes: mark.length };
  }
  if (await decodes(source.path, 'utf-8')) return { encoding: 'utf-8', bomBytes: 0 };
  if (await decodes(source.path, 'gb18030')) return { encoding: 'gb18030', bomBytes: 0 };
  throw new Failure('file-encoding', { where: source.name });
}

async function readStart(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 3 })) return chunk as Buffer;
  return Buffer.alloc(0);
}

async function decodes(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Streams a text file decoded, without its byte order mark; malformed input throws a Failure. */
export async function* readText(
  source: Source,
  encoding: CsvDialect['encoding'],
  end?: number,
): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding, { fatal: end === undefined });
  try {
    const options = end === undefined ? { highWaterMark: 1 << 18 } : { end };
    for await (const chunk of createReadStream(source.path, options))
      yield decoder.decode(chunk as Buffer, { stream: true });
    if (end === undefined) yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError)
      throw new Failure('file-encoding', { where: source.name, found: `标称 ${encoding} 而内容不符` }, error);
    throw error;
  }
}
