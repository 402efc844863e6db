import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Encoding } from './bytes.ts';
import { endEncoding, feedEncoding, newEncodingScan } from './encoding.ts';
import { sniff } from './sniff.ts';

/** What one pass over a file's bytes tells. */
export interface Fingerprint {
  /** Lower-case hex of the SHA-256. */
  sha256: string;
  /** Null of a file that is no text. */
  encoding: Encoding | null;
}

const CHUNK_BYTES = 1 << 20;

/** Reads a file once, without keeping it; system errors are thrown as they are. */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const hash = createHash('sha256');
  const scan = newEncodingScan(true);
  let isText: boolean | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    hash.update(chunk);
    isText ??= sniff(chunk) === 'text';
    if (isText) feedEncoding(scan, chunk);
  }
  return { sha256: hash.digest('hex'), encoding: isText ? endEncoding(scan) : null };
}
