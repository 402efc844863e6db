import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { constants, createWriteStream, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CsvDialect, Source } from '../model.ts';
import { createSpillFolder } from '../store/index.ts';
import { readText } from './encoding.ts';

/** A named pipe through which a file's text flows as UTF-8: nothing of it ever stands on a disk. */
export interface Utf8Pipe {
  path: string;
  /** Ends the flow and removes the pipe; gives the line feeds that went through, but for those at the very end. */
  close(wasRead: boolean): Promise<number>;
}

/** Opens a pipe for a file that is not UTF-8; null where the system has no named pipes (Windows). */
export async function openUtf8Pipe(
  source: Source,
  encoding: CsvDialect['encoding'],
): Promise<Utf8Pipe | null> {
  if (process.platform === 'win32') return null;
  const folder = createSpillFolder();
  const path = join(folder, 'text');
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path]);
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const flow = pour(source, encoding, path);
  flow.catch(() => {});
  return {
    path,
    close: async (wasRead) => {
      try {
        if (!wasRead) await release(path);
        return await flow;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function pour(source: Source, encoding: CsvDialect['encoding'], path: string): Promise<number> {
  const stream = createWriteStream(path);
  let broken: Error | null = null;
  stream.on('error', (error) => {
    broken = error;
  });
  let lineFeeds = 0;
  let trailing = 0;
  try {
    for await (const text of readText(source, encoding)) {
      if (broken) break;
      const end = text.replace(/[\r\n]+$/, '').length;
      const after = countLineFeeds(text, end);
      if (end > 0) {
        lineFeeds += trailing + countLineFeeds(text, 0) - after;
        trailing = after;
      } else trailing += after;
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    }
  } finally {
    stream.end();
  }
  return lineFeeds;
}

function countLineFeeds(text: string, from: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** A writer waits for a reader that never came: open and close the other end. */
async function release(path: string): Promise<void> {
  const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  await reader.close();
}
