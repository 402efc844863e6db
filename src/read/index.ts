import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../failure.ts';
import type { Sheet, Source } from '../model.ts';
import { readCsv } from './csv.ts';
import { sniff } from './sniff.ts';
import { readXlsx } from './xlsx/index.ts';

export { openUtf8Pipe } from './pipe.ts';

/** Fingerprints a file without keeping it; throws when it is missing, empty or unreadable. */
export async function readSource(path: string): Promise<Source> {
  const name = basename(path);
  try {
    const { size } = await stat(path);
    if (size === 0) throw new Failure('file-empty', { where: name });
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return { path, name, bytes: size, sha256: hash.digest('hex') };
  } catch (error) {
    throw toFailure(error, path);
  }
}

/** Opens a source as its sheets, by what its first bytes are, never by its suffix. */
export async function read(source: Source): Promise<Sheet[]> {
  try {
    const type = sniff(await readHead(source.path));
    switch (type) {
      case 'zip':
        return await readXlsx(source);
      case 'text':
        return [await readCsv(source)];
      case 'ole-encrypted':
        throw new Failure('file-protected', { where: source.name });
      default:
        throw new Failure('file-type', { where: source.name, found: type });
    }
  } catch (error) {
    throw toFailure(error, source.path);
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function toFailure(error: unknown, path: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT') return new Failure('file-missing', { where: path }, error);
  return new Failure('file-unreadable', { where: basename(path), found: String(error.code) }, error);
}
