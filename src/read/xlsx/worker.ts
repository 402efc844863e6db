import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../failure.ts';
import { BATCH_ROWS, openScan, type Plan, runScan } from './plan.ts';
import type { Report } from './thread.ts';

/** Batches that may wait for the reader, so that a slow one does not fill the memory. */
const AHEAD = 4;

if (parentPort) await serve(parentPort, workerData as Plan);

async function serve(port: MessagePort, plan: Plan): Promise<void> {
  const send = (report: Report, buffers: ArrayBuffer[] = []) => port.postMessage(report, buffers);
  let waiting = 0;
  port.on('message', () => waiting--);
  try {
    const scan = openScan(plan, BATCH_ROWS);
    for await (const batch of runScan(plan, scan)) {
      while (waiting >= AHEAD) await once(port, 'message');
      waiting++;
      send({ type: 'batch', batch }, [batch.buffer]);
    }
    send({ type: 'end', merges: scan.merges });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    send({ type: 'failure', code: error.code, message: error.message });
  } finally {
    port.close();
  }
}
