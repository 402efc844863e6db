import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { hostname } from 'node:os';

/** The steps of which a write is made: each either happens or does not. Tests end a run after any one of them. */
export interface Disk {
  /** Who writes: process, machine and start of the process, by which a lock of a dead run is known. */
  owner: string;
  /** Creates a file of this text; fails with EEXIST when there is one. */
  claim(path: string, text: string): Promise<void>;
  /** Creates a file that was not there and waits until it is on the disk. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Copies a file, or a link as a link, to a place where nothing is, and waits until it is on the disk. */
  copy(from: string, to: string): Promise<void>;
  /** Puts a file in the place of another, all at once; never goes through a link that stands there. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or link; nothing to remove is no fault. */
  remove(path: string): Promise<void>;
  /** Waits until the names of a folder are on the disk. */
  settle(folder: string): Promise<void>;
}

/** The real disk. */
export const DISK: Disk = {
  owner: toOwner(process.pid),
  claim: async (path, text) => {
    try {
      await fs.writeFile(path, text, { flag: 'wx' });
    } catch (error) {
      // There was room for the name, but not for the text.
      if (!isCode(error, 'EEXIST')) await fs.rm(path, { force: true });
      throw error;
    }
  },
  write: async (path, bytes) => {
    const file = await fs.open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  copy: async (from, to) => {
    if ((await fs.lstat(from)).isSymbolicLink()) return fs.symlink(await fs.readlink(from), to);
    await fs.copyFile(from, to, fs.constants.COPYFILE_EXCL);
    await sync(to, 'r+');
  },
  rename: fs.rename,
  remove: (path) => fs.rm(path, { force: true }),
  // Windows opens no folders; there the names are on the disk when rename has returned.
  settle: (folder) => sync(folder, 'r').catch(() => {}),
};

async function sync(path: string, flags: string): Promise<void> {
  const file = await fs.open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What stands under a name, without following a link; a file by its SHA-256. */
export type Standing = { type: 'nothing' | 'link' | 'other' } | { type: 'file'; sha256: string };

/** Looks at a path. */
export async function look(path: string): Promise<Standing> {
  try {
    const found = await fs.lstat(path);
    if (found.isSymbolicLink()) return { type: 'link' };
    if (!found.isFile()) return { type: 'other' };
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return { type: 'file', sha256: hash.digest('hex') };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return { type: 'nothing' };
    throw error;
  }
}

/** A process as a lock names it: number, machine and start. */
export function toOwner(pid: number): string {
  return `${pid}@${hostname()}#${findStart(pid) ?? ''}`;
}

/** True when a lock's owner is certainly gone; false when it lives or is of another machine. */
export function isGone(owner: string): boolean {
  const [, pid = '', host = '', start = ''] = /^(\d+)@(.*)#(\d*)$/s.exec(owner) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return isCode(error, 'ESRCH');
  }
  const now = findStart(Number(pid));
  return start !== '' && now !== null && now !== start;
}

/** When a process began, in ticks since the machine did: numbers of processes come again. Null where the system does not say. */
function findStart(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

export const toHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
