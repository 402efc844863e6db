import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../failure.ts';
import type { Answer } from './thread.ts';
import { parseWorkbook, type Task } from './workbook.ts';

if (parentPort) await serve(parentPort, workerData as Task);

async function serve(port: MessagePort, task: Task): Promise<void> {
  const send = (answer: Answer) => port.postMessage(answer);
  try {
    send({ grids: await parseWorkbook(task) });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    send({ code: error.code, message: error.message });
  }
}
