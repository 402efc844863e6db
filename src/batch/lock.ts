import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { isCode, isGone, toOwner } from '../output/disk.ts';
import { prepareFolder } from '../output/write.ts';

/** Not the lock of src/output/, which a job's own processes hold while they write: this one is held as long as the job. */
const LOCK = '.mzreport-batch-lock';
/** A lock is written in one go; one that is still empty after this was left behind by a crash. */
const HALF_WRITTEN_MS = 500;

/** A folder that no other batch writes to until it is released. */
export interface Lock {
  /** Adds a process that writes for us: it may outlive us, and while it does the folder is taken. */
  add(pid: number): Promise<void>;
  release(): Promise<void>;
}

/** Takes a folder for this process, makes it where it is not there; throws when somebody who lives has it. */
export async function lockFolder(folder: string): Promise<Lock> {
  await prepareFolder(folder);
  const path = join(folder, LOCK);
  // One line per process: the run itself, then those that it started.
  const owners = [toOwner(process.pid)];
  while (!(await tryCreate(path, owners))) await removeStale(path, folder);
  return {
    add: async (pid) => {
      owners.push(toOwner(pid));
      const beside = `${path}.${process.pid}.tmp`;
      await writeFile(beside, owners.join('\n'));
      await rename(beside, path);
    },
    release: async () => {
      const [first] = ((await readIfThere(path).catch(() => null)) ?? '').split('\n');
      if (first === owners[0]) await rm(path, { force: true });
    },
  };
}

async function tryCreate(path: string, owners: string[]): Promise<boolean> {
  try {
    await writeFile(path, owners.join('\n'), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Removes a lock whose processes are all dead; throws when one of them lives. */
async function removeStale(path: string, folder: string): Promise<void> {
  const text = await readIfThere(path);
  if (text === null) return;
  if (text === '') await wait(HALF_WRITTEN_MS);
  const alive = text.split('\n').find((owner) => owner.includes('#') && !isGone(owner));
  if (alive !== undefined) throw toBusy(folder, alive);
  // Renamed first: of two that find the same stale lock only one gets it, and what it got it looks at again.
  const aside = `${path}.${process.pid}.tmp`;
  await rename(path, aside).catch(ignoreMissing);
  if ((await readIfThere(aside)) === text) await rm(aside, { force: true });
  else await rename(aside, path).catch(ignoreMissing);
}

function toBusy(folder: string, owner: string): Failure {
  const [, pid = '', host = ''] = /^(\d+)@(.*)#/.exec(owner) ?? [];
  const where = host === hostname() ? '' : `，在计算机“${host}”上`;
  return new Failure('folder-busy', { where: folder, found: `进程 ${pid}${where}` });
}

const readIfThere = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(ignoreMissing);

function ignoreMissing(error: unknown): null {
  if (isCode(error, 'ENOENT')) return null;
  throw error;
}
