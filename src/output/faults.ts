import { Failure } from '../failure.ts';
import { isCode } from './disk.ts';

const REASONS: Record<string, string> = {
  EEXIST: '已有同名的文件，不是文件夹',
  ENOTDIR: '路径中有一段是文件，不是文件夹',
  ENOENT: '上级文件夹不存在',
  EACCES: '没有写入权限',
  EPERM: '没有写入权限',
  EROFS: '磁盘是只读的',
  ENOSPC: '磁盘已满',
  EDQUOT: '磁盘配额已用完',
  EFBIG: '文件大小超过系统的限额',
  EIO: '磁盘读写出错',
  ELOOP: '链接互相指来指去',
};

/** A system's error while writing, as a sentence; anything else as it is. */
export function toFailure(error: unknown, where: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error;
  if (isCode(error, 'ENAMETOOLONG'))
    return new Failure(
      'output-name',
      { where, found: '路径或文件名太长', expected: '缩短单位名称，或用 --out 换一个名字较短的文件夹' },
      error,
    );
  const code = String(error.code);
  return new Failure('output-unwritable', { where, found: REASONS[code] ?? `系统错误 ${code}` }, error);
}
