import type { Ended, Limits } from './child.ts';
import type { FailedBy, JobResult } from './manifest.ts';

/** What a child says with --json, of both commands. */
export interface Said {
  period?: JobResult['period'];
  sheets?: { read: number; used: number; setAside: { rows: number }[] }[];
  problems?: unknown[];
  doubtful?: boolean;
  written: { path: string; kept: string | null }[];
  /** Of a roll-up: `file` is null where a county handed in nothing. */
  counties?: { place: string; file: string | null }[];
}

/** Why a job failed. */
export type Fault = { code: FailedBy; reason: string };

/** What a child that came to its end said; null when it did not. */
export function toSaid({ exitCode, stdout, stopped }: Ended): Said | null {
  if (stopped !== null || (exitCode !== 0 && exitCode !== 1)) return null;
  try {
    const said = JSON.parse(stdout) as Said;
    return Array.isArray(said.written) ? said : null;
  } catch {
    return null;
  }
}

/** The failure code that the program itself gave; null when it died before it could. */
export function findCode({ stdout }: Ended): string | null {
  try {
    return (JSON.parse(stdout) as { failure?: { code: string } }).failure?.code ?? null;
  } catch {
    return null;
  }
}

/** Why a child did not come to its end, in a sentence that holds nothing of what a dying process may say. */
export function toFault(ended: Ended, { seconds, megabytes, signal: interrupt }: Limits): Fault {
  const { stopped, stderr, exitCode, signal } = ended;
  if (stopped === 'timeout') return { code: 'timeout', reason: `超过时限${seconds}秒，已停止` };
  if (stopped === 'interrupted' || interrupt.aborted)
    return { code: 'interrupted', reason: '批量被中断，没有做完' };
  if (stopped === 'memory' || stderr.includes('heap out of memory'))
    return {
      code: 'memory',
      reason: `占用内存超过${megabytes === null ? '系统所给' : `${megabytes}MB`}，已停止`,
    };
  // Only our own sentences: what else a dying process says may hold anything.
  const own = stderr.split('\n').find((line) => line.startsWith('错误：'));
  if (own !== undefined) return { code: 'run', reason: own.slice('错误：'.length).replace(/\p{Cc}/gu, '') };
  const how = signal === null ? `退出码${exitCode}` : `信号${signal}`;
  return {
    code: 'crash',
    reason: `程序意外结束（${how}）。请单独运行这个任务并加 --debug，把显示的内容发给维护人员`,
  };
}
