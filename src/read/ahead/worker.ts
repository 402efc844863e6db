import { once } from 'node:events';
import { basename } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../failure.ts';
import { fingerprint } from '../fingerprint.ts';
import { outlineXlsx, type SharedStrings, type SheetOutline, scanSheet } from '../xlsx/index.ts';
import { AHEAD_BYTES, type Report } from './report.ts';

/**
 * In a thread of readAhead: reads file after file. Whatever goes wrong before rows are read is left to the main thread, which
 * then reads by itself.
 */
export async function serveAhead(): Promise<void> {
  if (parentPort) await serve(parentPort, workerData as string[]);
}

async function serve(port: MessagePort, paths: string[]): Promise<void> {
  let ahead = 0;
  port.on('message', (taken: number) => {
    ahead -= taken;
  });
  const send = async (report: Report): Promise<void> => {
    if (report.type !== 'batch') return port.postMessage(report);
    while (ahead >= AHEAD_BYTES) await once(port, 'message');
    ahead += report.batch.buffer.byteLength;
    port.postMessage(report, [report.batch.buffer]);
  };
  try {
    for (const [file, path] of paths.entries()) {
      await readFile(file, path, send);
      await send({ type: 'left', file });
    }
  } finally {
    port.close();
  }
}

async function readFile(file: number, path: string, send: (report: Report) => Promise<void>): Promise<void> {
  let outline: SheetOutline[];
  let strings: SharedStrings | undefined;
  try {
    await send({ type: 'fingerprint', file, fingerprint: await fingerprint(path) });
    ({ outline, strings } = await outlineXlsx(path, basename(path)));
  } catch {
    return;
  }
  await send({ type: 'outline', file, outline });
  for (const [sheet, { plan }] of outline.entries()) {
    try {
      const batches = scanSheet(plan, strings);
      let next = await batches.next();
      for (; !next.done; next = await batches.next())
        await send({ type: 'batch', file, sheet, batch: next.value });
      await send({ type: 'end', file, sheet, merges: next.value });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await send({ type: 'failure', file, sheet, code: error.code, message: error.message });
    }
  }
}
