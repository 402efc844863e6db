import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of runs by the number of their process: mzreport-spill-1234-x7Yw2p. */
const NAME = /^mzreport-spill-(\d+)-/;

/**
 * A folder that only this user may enter, for rows that do not fit into memory: cleaned values and keyed hashes, never a
 * raw cell. The readers keep a pipe or the name of an open file in one of its kind. Whatever a run that was killed has left
 * behind is removed first.
 */
export function createSpillFolder(): string {
  removeLeftOver();
  return mkdtempSync(join(tmpdir(), `mzreport-spill-${process.pid}-`));
}

export const removeSpillFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** One that cannot be removed (another user's) is nobody's business here. */
function removeLeftOver(): void {
  for (const name of readdirSync(tmpdir())) {
    const process = NAME.exec(name)?.[1];
    if (process === undefined || isRunning(Number(process))) continue;
    try {
      removeSpillFolder(join(tmpdir(), name));
    } catch {}
  }
}

/** True also of another user's process, which may not be asked. */
function isRunning(number: number): boolean {
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
