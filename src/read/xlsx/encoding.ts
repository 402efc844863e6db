import { TextDecoder } from 'node:util';
import { damaged } from './faults.ts';

/**
 * Passes UTF-8 on as it is, without its byte order mark, and turns any other declared encoding into it: OOXML allows
 * UTF-16, and home-made exporters declare GBK.
 */
export async function* toUtf8(
  chunks: AsyncIterable<Buffer>,
  where: string,
): AsyncGenerator<Buffer, void, void> {
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) decoder = findDecoder(chunk, where);
    const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb;
    isFirst = false;
    if (decoder) yield Buffer.from(decode(decoder, where, chunk));
    else yield hasMark ? chunk.subarray(3) : chunk;
  }
  if (decoder) yield Buffer.from(decode(decoder, where));
}

function findDecoder(first: Buffer, where: string): TextDecoder | undefined {
  const label = first[0] === 0xff ? 'utf-16le' : first[0] === 0xfe ? 'utf-16be' : findDeclared(first);
  if (/^(?:utf-?8|us-ascii)$/i.test(label)) return undefined;
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    throw damaged(where, 'XML 声明的编码无法识别', error);
  }
}

function findDeclared(first: Buffer): string {
  const declaration = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/;
  return declaration.exec(first.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
}

function decode(decoder: TextDecoder, where: string, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (error) {
    throw damaged(where, '文字与声明的编码不符', error);
  }
}
