import { existsSync } from 'node:fs';
import { mkdtemp, rmdir, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Finding, toFit } from './finding.ts';

const MIB = 2 ** 20;
/** Documents and tables of a run take a few MB. */
const ENOUGH = 200 * MIB;

const REASONS: Record<string, string> = {
  EACCES: '没有写入权限',
  EPERM: '没有写入权限',
  EROFS: '磁盘是只读的',
  ENOSPC: '磁盘已满',
  ENOTDIR: '路径中有一段是文件，不是文件夹',
};

/** Whether a folder, or the one in which it would be made, can be written to; leaves nothing behind. */
export async function examineFolder(name: string, folder: string): Promise<Finding> {
  const there = findExisting(resolve(folder));
  try {
    await rmdir(await mkdtemp(join(there, '.mzreport-')));
    return toSpaceFinding(name, folder, await readSpace(there));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const found = `“${folder}”不能写入（${REASONS[code] ?? code}）`;
    const advice = `请检查文件夹权限和剩余空间，或${name === '输出文件夹' ? '用 --out 换一个文件夹' : '把环境变量 TMPDIR（Windows 为 TEMP）设为能写的文件夹'}。`;
    return { name, state: '错误', found, advice };
  }
}

/** The folder itself, or the nearest one above it that there is. */
function findExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : findExisting(dirname(folder));
}

async function readSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Says how much room is left. */
export function toSpaceFinding(name: string, folder: string, bytes: number): Finding {
  const found = `“${folder}”可以写入，剩余 ${Math.floor(bytes / MIB)} MB`;
  if (bytes >= ENOUGH) return toFit(name, found);
  return { name, state: '注意', found, advice: '空间不多了，请清理磁盘。' };
}
