import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { Failure } from '../../failure.ts';
import { crc32 } from './crc32.ts';
import { damaged, overLimit } from './faults.ts';
import { LIMITS } from './limits.ts';

/** One part of a zip, as its central directory describes it. */
export interface Part {
  /** Path inside the zip with forward slashes and no leading one. */
  path: string;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  compressed: number;
  size: number;
  /** Where its local header begins. */
  offset: number;
}

/** Where a zip is; it is opened again for each part. */
export interface ZipFile {
  /** Path. */
  file: string;
  /** The file's name, for failures. */
  where: string;
}

export interface Zip extends ZipFile {
  /** Parts by lower-case path: OPC names ignore case. */
  parts: Map<string, Part>;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** Reads the list of parts of a zip (zip64 too); anything that is not a whole zip is a 'file-damaged' failure. */
export async function readZip(file: string, where: string): Promise<Zip> {
  const handle = await openFile(file, where);
  try {
    const { size } = await handle.stat();
    const { offset, bytes, count } = await findDirectory(handle, size, where);
    if (count > LIMITS.entries) throw overLimit(where, `压缩包内有 ${count} 个文件`, `${LIMITS.entries} 个`);
    if (bytes > LIMITS.directoryBytes) throw overLimit(where, '压缩包目录过大', '32 MB');
    if (offset + bytes > size) throw damaged(where, '压缩包目录不完整');
    return { file, where, parts: parseDirectory(await readAt(handle, offset, bytes, where), count, where) };
  } catch (error) {
    throw toFailure(error, where);
  } finally {
    await handle.close();
  }
}

/** Finds a part whatever the case and slashes of its path; a leading slash means the root all the same. */
export function findPart(zip: Zip, path: string): Part | undefined {
  return zip.parts.get(toPartPath(path).toLowerCase());
}

/** Streams the inflated bytes of a part; a wrong CRC, size or ratio is a failure, at the latest at the end. */
export async function* inflatePart(zip: ZipFile, part: Part): AsyncGenerator<Buffer, void, void> {
  const { where } = zip;
  if (part.size > LIMITS.partBytes) throw overLimit(where, `内含 ${toGigabytes(part.size)} 的部件`, '4 GB');
  const handle = await openFile(zip.file, where);
  let source: Readable | undefined;
  let total = 0;
  let crc = 0;
  try {
    source = await openPart(handle, part, where);
    for await (const chunk of source as AsyncIterable<Buffer>) {
      total += chunk.length;
      checkExpansion(part, total, where);
      crc = crc32(chunk, crc);
      yield chunk;
    }
    if (total !== part.size) throw damaged(where, `${part.path} 的长度与目录不符`);
    if (crc !== part.crc) throw damaged(where, `${part.path} 的校验码不符`);
  } catch (error) {
    throw error instanceof Failure ? error : damaged(where, `${part.path} 无法解压`, error);
  } finally {
    source?.destroy();
    await handle.close();
  }
}

/** Reads a small part whole; more than 64 MB is a 'file-limit' failure. */
export async function readPart(zip: ZipFile, part: Part): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of inflatePart(zip, part)) {
    total += chunk.length;
    if (total > LIMITS.smallPartBytes) throw overLimit(zip.where, `${part.path} 过大`, '64 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}

/** True when an OLE2 file wraps an encrypted workbook: its directory then names a stream "EncryptedPackage". */
export function isEncryptedOle(bytes: Buffer): boolean {
  return (
    bytes.length > 4 &&
    bytes.readUInt32BE(0) === 0xd0cf11e0 &&
    bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  );
}

async function openFile(file: string, where: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (error) {
    throw toFailure(error, where);
  }
}

/** A fault of the file system: gone, locked by another program, a folder. */
function toFailure(error: unknown, where: string): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '未知错误';
  if (code === 'ENOENT') return new Failure('file-missing', { where }, error);
  return new Failure('file-unreadable', { where, found: code }, error);
}

async function readAt(handle: FileHandle, offset: number, length: number, where: string): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  if (bytesRead < length) throw damaged(where, '文件不完整');
  return buffer;
}

/** The end record is looked for from the back: a comment of up to 64 KB may follow it. */
async function findDirectory(handle: FileHandle, size: number, where: string) {
  const tail = await readAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557), where);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) throw damaged(where, '文件不完整，缺少压缩包结尾');
  const record = {
    count: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const overflow = record.count === 0xffff || record.bytes === 0xffffffff || record.offset === 0xffffffff;
  if (!overflow || at < 20 || tail.readUInt32LE(at - 20) !== END_64_LOCATOR) return record;
  const end = await readAt(handle, toNumber(tail.readBigUInt64LE(at - 12), where), 56, where);
  if (end.readUInt32LE(0) !== END_64) throw damaged(where, '压缩包结尾有误');
  return {
    count: toNumber(end.readBigUInt64LE(32), where),
    bytes: toNumber(end.readBigUInt64LE(40), where),
    offset: toNumber(end.readBigUInt64LE(48), where),
  };
}

function parseDirectory(bytes: Buffer, count: number, where: string): Map<string, Part> {
  const parts = new Map<string, Part>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw damaged(where, '压缩包目录有误');
    const end = at + 46 + bytes.readUInt16LE(at + 28);
    const extra = end + bytes.readUInt16LE(at + 30);
    if (extra > bytes.length) throw damaged(where, '压缩包目录有误');
    // Bit 0: the part itself is encrypted, as WinZip and 7-Zip do.
    if (bytes.readUInt16LE(at + 8) & 1) throw new Failure('file-protected', { where });
    const part: Part = {
      path: toPartPath(bytes.toString('utf8', at + 46, end)),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      compressed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    widen(part, bytes.subarray(end, extra), where);
    parts.set(part.path.toLowerCase(), part);
    at = extra + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** Zip64: fields that are all ones have their value in extra field 1, in this order. */
function widen(part: Part, extra: Buffer, where: string): void {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      let p = at + 4;
      for (const field of ['size', 'compressed', 'offset'] as const) {
        if (part[field] !== 0xffffffff) continue;
        if (p + 8 > Math.min(end, extra.length)) throw damaged(where, '压缩包目录有误');
        part[field] = toNumber(extra.readBigUInt64LE(p), where);
        p += 8;
      }
    }
    at = end;
  }
}

async function openPart(handle: FileHandle, part: Part, where: string): Promise<Readable> {
  const header = await readAt(handle, part.offset, 30, where);
  if (header.readUInt32LE(0) !== LOCAL) throw damaged(where, `${part.path} 的位置有误`);
  const start = part.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const end = start + part.compressed - 1;
  if (part.compressed === 0) throw damaged(where, `${part.path} 是空的`);
  if (end >= (await handle.stat()).size) throw damaged(where, `${part.path} 不完整`);
  const raw = handle.createReadStream({ start, end, autoClose: false, highWaterMark: 256 * 1024 });
  if (part.method === 0) return raw;
  if (part.method !== 8) throw damaged(where, `压缩方式 ${part.method} 不受支持`);
  const inflate = createInflateRaw({ chunkSize: 128 * 1024 });
  // Errors surface where `inflate` is iterated.
  pipeline(raw, inflate, () => {});
  return inflate;
}

function checkExpansion(part: Part, total: number, where: string): void {
  if (total > LIMITS.partBytes) throw overLimit(where, `${part.path} 解压后过大`, '4 GB');
  if (total > LIMITS.ratioFromBytes && total > part.compressed * LIMITS.ratio)
    throw overLimit(where, `${part.path} 的压缩比超过 ${LIMITS.ratio}:1`, `${LIMITS.ratio}:1`);
}

/** WPS and home-made exporters write backslashes; others begin with a slash. */
function toPartPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/+/, '');
}

function toNumber(value: bigint, where: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(where, '压缩包目录有误');
  return Number(value);
}

function toGigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
