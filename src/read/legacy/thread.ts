import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '../../failure.ts';
import type { Grid } from '../grid.ts';
import { overLimit } from '../xlsx/faults.ts';
import { parseWorkbook, type Task } from './workbook.ts';

/** What the thread sends. */
export type Answer = { grids: Grid[] } | { code: FailureCode; message: string };

const BASE_SECONDS = 6;
const SECONDS_PER_MEGABYTE = 4;
const MEMORY_MEGABYTES = 2048;

/**
 * Reads a workbook in a thread that is ended when it takes too long or too much memory, as the library may with a file
 * made to that end. Under TypeScript, which a thread cannot load, it is read here.
 */
export async function parseInThread(task: Task): Promise<Grid[]> {
  if (!import.meta.url.endsWith('.js')) return parseWorkbook(task);
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES },
    stdout: true,
    stderr: true,
  });
  const limit = BASE_SECONDS + Math.ceil((task.bytes.length / 2 ** 20) * SECONDS_PER_MEGABYTE);
  try {
    const [answer] = (await once(worker, 'message', {
      signal: AbortSignal.timeout(limit * 1000),
    })) as [Answer];
    if ('grids' in answer) return answer.grids;
    const failure = new Failure(answer.code, { where: task.where });
    failure.message = answer.message;
    throw failure;
  } catch (error) {
    throw toLimit(error, task.where, limit);
  } finally {
    await worker.terminate();
  }
}

function toLimit(error: unknown, where: string, seconds: number): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error;
  if (error.name === 'AbortError') return overLimit(where, '读取时间过长', `${seconds} 秒`);
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return overLimit(where, '内容过多，内存不足', `${MEMORY_MEGABYTES} MB`);
  return error;
}
