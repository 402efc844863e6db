import { Failure } from '../failure.ts';
import { parseArchive, readMember } from './archive.ts';
import type { Grid } from './grid.ts';
import { damaged } from './xlsx/faults.ts';
import { parseOds } from './xml/ods.ts';
import { toUtf8Bytes } from './xml/walk.ts';

/** Reads an OpenDocument spreadsheet (.ods). */
export async function parseOpenDocument(bytes: Buffer, where: string): Promise<Grid[]> {
  const members = parseArchive(bytes, where);
  const open = (path: string) => {
    const member = members.find((candidate) => candidate.path === path);
    return member && readMember(bytes, member, where);
  };
  if (open('META-INF/manifest.xml')?.includes('encryption-data'))
    throw new Failure('file-protected', { where });
  const content = open('content.xml');
  if (content === undefined) throw damaged(where, '缺少内容部件');
  return parseOds(await toUtf8Bytes(content, where), where);
}
