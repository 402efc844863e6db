import { on } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '../../failure.ts';
import type { Merge } from '../../model.ts';
import type { RawBatch } from './batch.ts';
import type { Plan } from './plan.ts';

/** What a reading thread sends: batches, and at last the merged ranges or why it could not go on. */
export type Report =
  | { type: 'batch'; batch: RawBatch }
  | { type: 'end'; merges: Merge[] }
  | { type: 'failure'; code: FailureCode; message: string };

/** Inflated size from which a thread gains more than its start and its cold code cost. */
const THREAD_BYTES = 48 * 1024 * 1024;

/** True when the sheet is large, a second core is there, and this is JavaScript: a thread cannot load TypeScript. */
export function isForThread(plan: Plan): boolean {
  return plan.sheet.size > THREAD_BYTES && availableParallelism() > 1 && import.meta.url.endsWith('.js');
}

/** Streams the planned sheet's rows from a thread of its own, a few batches ahead of the reader; returns the merges. */
export async function* scanInThread(plan: Plan): AsyncGenerator<RawBatch, Merge[], void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: plan });
  try {
    for await (const [report] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[Report]>) {
      if (report.type === 'end') return report.merges;
      if (report.type === 'failure') throw toFailure(report.code, report.message, plan.where);
      yield report.batch;
      worker.postMessage('taken');
    }
  } finally {
    await worker.terminate();
  }
  throw new Error('The reading thread ended early.');
}

/** A failure loses its class on the way between threads; its sentence is kept word for word. */
function toFailure(code: FailureCode, message: string, where: string): Failure {
  const failure = new Failure(code, { where });
  failure.message = message;
  return failure;
}
