import { inflateRawSync } from 'node:zlib';
import { Failure } from '../failure.ts';
import { crc32 } from './xlsx/crc32.ts';
import { damaged, overLimit } from './xlsx/faults.ts';

/** A member of a zip that is held in memory. */
export interface Member {
  /** Path as it stands in the zip, slashes forward; its characters are those that the writer meant. */
  path: string;
  isFolder: boolean;
  /** True for a symbolic link, whose content is a path. */
  isLink: boolean;
  isEncrypted: boolean;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  offset: number;
}

/** What a zip may hold before it is taken for a bomb. */
export const ARCHIVE_LIMITS = {
  members: 2000,
  memberBytes: 512 * 1024 * 1024,
  totalBytes: 2 * 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 32 * 1024 * 1024,
} as const;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const UTF8_NAME = 0x7075;
const SYMBOLIC_LINK = 0o120000;

/** Reads the list of members; anything that is not a whole zip is a 'file-damaged' failure. */
export function parseArchive(bytes: Buffer, where: string): Member[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end--;
  if (end < 0) throw damaged(where, '文件不完整，缺少压缩包结尾');
  const count = bytes.readUInt16LE(end + 10);
  if (count > ARCHIVE_LIMITS.members)
    throw overLimit(where, `压缩包内有 ${count} 个文件`, `${ARCHIVE_LIMITS.members} 个`);
  const members: Member[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== ENTRY) throw damaged(where, '压缩包目录有误');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    if (extraEnd > end) throw damaged(where, '压缩包目录有误');
    members.push(toMember(bytes, at, nameEnd, extraEnd));
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
  return members;
}

function toMember(bytes: Buffer, at: number, nameEnd: number, extraEnd: number): Member {
  const flags = bytes.readUInt16LE(at + 8);
  const extra = bytes.subarray(nameEnd, extraEnd);
  const path = toPath(bytes.subarray(at + 46, nameEnd), extra, (flags & 0x800) !== 0);
  const isUnix = bytes[at + 5] === 3;
  return {
    path,
    isFolder: path.endsWith('/'),
    isLink: isUnix && ((bytes.readUInt32LE(at + 38) >>> 16) & 0o170000) === SYMBOLIC_LINK,
    isEncrypted: (flags & 1) !== 0,
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    compressed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  };
}

/** Windows and WinRAR write names in GBK without saying so; others write UTF-8 without its flag. */
function toPath(raw: Buffer, extra: Buffer, isUtf8: boolean): string {
  const unicode = findExtra(extra, UTF8_NAME);
  if (unicode !== null && unicode.length > 5) return toSlashes(unicode.toString('utf8', 5));
  if (isUtf8) return toSlashes(raw.toString('utf8'));
  try {
    return toSlashes(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return toSlashes(new TextDecoder('gb18030').decode(raw));
  }
}

const toSlashes = (path: string): string => path.replaceAll('\\', '/').replaceAll('\0', '');

function findExtra(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return null;
}

/** The inflated bytes of a member; a wrong length, check sum or ratio is a failure. */
export function readMember(bytes: Buffer, member: Member, where: string): Buffer {
  if (member.isEncrypted) throw new Failure('file-protected', { where });
  if (member.size > ARCHIVE_LIMITS.memberBytes) throw overLimit(where, '解压后过大', '512 MB');
  if (member.size > ARCHIVE_LIMITS.ratioFromBytes && member.size > member.compressed * ARCHIVE_LIMITS.ratio)
    throw overLimit(where, `压缩比超过 ${ARCHIVE_LIMITS.ratio}:1`, `${ARCHIVE_LIMITS.ratio}:1`);
  const content = inflate(toRaw(bytes, member, where), member, where);
  if (content.length !== member.size) throw damaged(where, '长度与目录不符');
  if (crc32(content, 0) !== member.crc) throw damaged(where, '校验码不符');
  return content;
}

function toRaw(bytes: Buffer, { offset, compressed }: Member, where: string): Buffer {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL) throw damaged(where, '位置有误');
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + compressed > bytes.length) throw damaged(where, '内容不完整');
  return bytes.subarray(start, start + compressed);
}

function inflate(raw: Buffer, { method, size }: Member, where: string): Buffer {
  if (method === 0) return raw;
  if (method !== 8) throw damaged(where, `压缩方式 ${method} 不受支持`);
  try {
    // One byte more than promised: a longer content is a fault of its own and must not grow further.
    return inflateRawSync(raw, { maxOutputLength: size + 1 });
  } catch (error) {
    throw damaged(where, '无法解压', error);
  }
}

/** Inflates every part of a zip, one after the other: not every library looks at their lengths and check sums. */
export function* inflateAll(bytes: Buffer, where: string): Iterable<{ path: string; content: Buffer }> {
  let total = 0;
  for (const member of parseArchive(bytes, where).filter(isFile)) {
    total += member.size;
    if (total > ARCHIVE_LIMITS.totalBytes) throw overLimit(where, '解压后过大', '2 GB');
    yield { path: member.path, content: readMember(bytes, member, where) };
  }
}

const isFile = ({ isFolder, size }: Member): boolean => !isFolder && size > 0;
