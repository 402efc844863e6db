import { createHash } from 'node:crypto';
import { Failure } from '../failure.ts';
import type { Source } from '../model.ts';
import { ARCHIVE_LIMITS, type Member, parseArchive, readMember } from './archive.ts';
import { dropContent, readBytes, withContent } from './bytes.ts';
import { holdAsFile } from './held-file.ts';
import { isTableName, type Skipped } from './inputs.ts';
import { overLimit } from './xlsx/faults.ts';
import { findZipKind } from './zip-kind.ts';

const MOST_MEGABYTES = 512;

/**
 * The tables in a zip as sources named "包.zip/成员.xlsx", in the order of their names, each of them only until the next
 * one is asked for. `skipped` hears of all other members.
 */
export async function* readMembers(source: Source, skipped: Skipped[]): AsyncGenerator<Source, void, void> {
  if (source.bytes > MOST_MEGABYTES * 2 ** 20)
    throw overLimit(source.name, `${Math.round(source.bytes / 2 ** 20)} MB`, `${MOST_MEGABYTES} MB`);
  const bytes = await readBytes(source);
  let total = 0;
  for (const member of parseArchive(bytes, source.name).toSorted(byPath)) {
    const name = `${source.name}/${member.path}`;
    const reason = findReason(member);
    if (reason === '') continue;
    if (reason !== null) skipped.push({ name, reason });
    else {
      total += member.size;
      if (total > ARCHIVE_LIMITS.totalBytes) throw overLimit(source.name, '解压后过大', '2 GB');
      yield* readOne(source, name, member.path, readMember(bytes, member, name));
    }
  }
}

const byPath = (a: Member, b: Member): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Why a member is passed over; '' when nobody needs to hear of it, null when it is read. */
function findReason({ path, isFolder, isLink }: Member): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isFolder || /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$)/i.test(path))
    return isOutside(path) ? '路径不安全' : '';
  if (isOutside(path)) return '路径不安全';
  if (isLink) return '符号链接';
  if (name.startsWith('~$')) return '正在编辑的临时文件';
  return isTableName(name) ? null : '不是表格文件';
}

/** A path that would leave the folder into which a zip is unpacked. Nothing is unpacked here, but nobody packs so by chance. */
const isOutside = (path: string): boolean =>
  path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..');

async function* readOne(
  zip: Source,
  name: string,
  path: string,
  content: Buffer,
): AsyncGenerator<Source, void, void> {
  if (content.length === 0) throw new Failure('file-empty', { where: name });
  const sha256 = createHash('sha256').update(content).digest('hex');
  const source: Source = { path: `${zip.path}/${path}`, name, bytes: content.length, sha256 };
  const kind =
    content.subarray(0, 2).toString() === 'PK' ? await findZipKind(withContent(source, content, null)) : null;
  if (kind === 'archive')
    throw new Failure('file-type', { where: name, found: '压缩包里的压缩包，请先解开一层' });
  const file = kind === 'xlsx' ? await holdAsFile(content) : null;
  const member = withContent(source, content, file?.path ?? null);
  try {
    yield member;
  } finally {
    dropContent(member);
    await file?.release();
  }
}
