import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { type Disk, isCode, isGone } from './disk.ts';

const LOCK = '.mzreport-lock';
const POLL_MS = 50;
/** A set is written in far less than a second; who holds the lock longer than this is not about to let go. */
const PATIENCE_MS = 30_000;
/** The owner writes its name right after it made the file: a lock that stays empty was left by a run that was killed. */
const NAMELESS_MS = 2_000;
/** Nobody can tell whether a process of another machine lives. */
const FOREIGN_MS = 600_000;

/** Does the work while no other run writes into the folder; the lock of a run that was killed is taken over. */
export async function withLock<T>(folder: string, disk: Disk, work: () => Promise<T>): Promise<T> {
  const path = join(folder, LOCK);
  await take(path, disk);
  try {
    return await work();
  } finally {
    // A lock that cannot be removed is taken over by the next run.
    await release(path, disk).catch(() => {});
  }
}

async function release(path: string, disk: Disk): Promise<void> {
  if ((await readOwner(path)) === disk.owner) await disk.remove(path);
}

async function take(path: string, disk: Disk): Promise<void> {
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      return await disk.claim(path, disk.owner);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const owner = await readOwner(path);
    if (owner !== null && (await isLeft(path, owner, waited))) await takeAway(path, owner, disk);
    else if (waited >= PATIENCE_MS) throw toBusy(path, owner ?? '');
    else await setTimeout(POLL_MS);
  }
}

/** Null when there is no lock any more. */
async function readOwner(path: string): Promise<string | null> {
  try {
    return (await fs.lstat(path)).isFile() ? await fs.readFile(path, 'utf8') : '';
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function isLeft(path: string, owner: string, waited: number): Promise<boolean> {
  if (!owner.includes('#')) return waited >= NAMELESS_MS;
  if (isGone(owner)) return true;
  return waited >= NAMELESS_MS && (await findAge(path)) > FOREIGN_MS;
}

/** By the clock of the disk: that of a server need not be ours. */
async function findAge(path: string): Promise<number> {
  const probe = join(dirname(path), `.mzreport-${process.pid}-clock.tmp`);
  try {
    await fs.writeFile(probe, '', { flag: 'wx' });
    const [now, then] = await Promise.all([fs.stat(probe), fs.stat(path)]);
    return now.mtimeMs - then.mtimeMs;
  } catch {
    return 0;
  } finally {
    await fs.rm(probe, { force: true });
  }
}

/** Two runs may find the same old lock: what was moved away is looked at again, and put back when it is a new one. */
async function takeAway(path: string, owner: string, disk: Disk): Promise<void> {
  const aside = join(dirname(path), `.mzreport-${process.pid}-lock.tmp`);
  try {
    await disk.rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await readOwner(aside)) !== owner) await fs.link(aside, path).catch(() => {});
  await disk.remove(aside);
}

function toBusy(path: string, owner: string): Failure {
  const pid = /^\d+/.exec(owner)?.[0];
  return new Failure('output-busy', {
    where: basename(dirname(path)) || dirname(path),
    found: pid ? `进程 ${pid}` : '进程不详',
  });
}
