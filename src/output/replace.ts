/**
 * How a set of files takes the place of another, as one whole:
 *
 *  1. all new files are written beside their places, and what stands there is copied beside; the disk has them
 *  2. the record is renamed into place that names the set and holds both hashes of each file   ← from here on forward
 *  3. each new file is renamed into its place
 *  4. the record is renamed into place that holds the new hashes alone
 *  5. the copies are removed
 *
 * From step 2 on nothing needs space on the disk. A run that is killed before step 2 has changed nothing; after it the
 * next run over the folder goes on, or goes back where it cannot. Whoever reads the folder sees each file whole, old or
 * new; the files of one set may be of two runs only while the record names a pending set: for the few milliseconds of
 * step 3, or until the next run when one was killed there.
 */
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { type Disk, isCode, look, toHash } from './disk.ts';
import { type Change, type FolderRecord, RECORD, readRecord, toBytes } from './record.ts';

/** A file to be put under a name where `old` stands. */
export interface Replacement {
  name: string;
  bytes: Uint8Array;
  old: string | null;
}

const STRAY = /^\.mzreport-\d+(?:-\w+)?\.(?:tmp|old)$/;

/** Replaces a set of files as one whole; when it throws, the old set stands. To be called under the folder's lock. */
export async function replaceSet(
  set: Replacement[],
  folder: string,
  record: FolderRecord,
  disk: Disk,
): Promise<void> {
  const pending = set.map(toChange);
  const files = new Map([...record.files, ...pending.map((change) => [change.name, change.new] as const)]);
  const begun = join(folder, `.mzreport-${process.pid}-begun.tmp`);
  const done = join(folder, `.mzreport-${process.pid}-done.tmp`);
  try {
    await layOut(set, pending, folder, disk);
    await disk.write(begun, toBytes({ files: record.files, pending }));
    await disk.write(done, toBytes({ files, pending: [] }));
    await disk.settle(folder);
    await disk.rename(begun, join(folder, RECORD));
    await disk.settle(folder);
    await exchange(pending, done, folder, record, disk);
  } finally {
    // What a record still points to is needed by the next run, and what cannot be removed now is removed by it.
    if ((await readRecord(folder)).pending.length === 0) await sweep(folder, disk).catch(() => {});
  }
}

/** Replaces one file that has no record: a single rename happens or does not. To be called under the folder's lock. */
export async function replaceOne(name: string, bytes: Uint8Array, folder: string, disk: Disk): Promise<void> {
  const change = toChange({ name, bytes, old: null }, 0);
  try {
    await disk.write(join(folder, change.temporary), bytes);
    await putNew(change, folder, disk);
    await disk.settle(folder);
  } finally {
    await sweep(folder, disk).catch(() => {});
  }
}

const toChange = ({ name, bytes, old }: Replacement, index: number): Change => ({
  name,
  temporary: `.mzreport-${process.pid}-${index}.tmp`,
  former: `.mzreport-${process.pid}-${index}.old`,
  old,
  new: toHash(bytes),
});

async function layOut(set: Replacement[], pending: Change[], folder: string, disk: Disk): Promise<void> {
  for (const [index, { temporary, former, name, old }] of pending.entries()) {
    await disk.write(join(folder, temporary), set[index]?.bytes ?? new Uint8Array());
    if (old !== null) await disk.copy(join(folder, name), join(folder, former));
  }
}

async function exchange(
  pending: Change[],
  done: string,
  folder: string,
  record: FolderRecord,
  disk: Disk,
): Promise<void> {
  try {
    for (const change of pending) await putNew(change, folder, disk);
    await disk.settle(folder);
    await disk.rename(done, join(folder, RECORD));
    await disk.settle(folder);
  } catch (error) {
    await goBack(pending, folder, disk);
    await writeRecord({ files: record.files, pending: [] }, folder, disk);
    throw error;
  }
}

/** Finishes what a run that was killed began: forward where everything is there, else back. Gives the folder's record. */
export async function recover(folder: string, disk: Disk): Promise<FolderRecord> {
  let record = await readRecord(folder);
  if (record.pending.length > 0) {
    record = { files: await settle(record, folder, disk), pending: [] };
    await disk.settle(folder);
    await writeRecord(record, folder, disk);
    await disk.settle(folder);
  }
  await sweep(folder, disk);
  return record;
}

async function settle(
  { files, pending }: FolderRecord,
  folder: string,
  disk: Disk,
): Promise<Map<string, string>> {
  if (!(await canGoOn(pending, folder)) || !(await tryGoOn(pending, folder, disk))) {
    await goBack(pending, folder, disk);
    return files;
  }
  const own = new Map(files);
  // What is neither old nor new was edited by a person since: it stays, and stays known as edited.
  for (const change of pending)
    if ((await stateOf(change.name, folder)) === change.new) own.set(change.name, change.new);
  return own;
}

async function canGoOn(pending: Change[], folder: string): Promise<boolean> {
  for (const change of pending) {
    if ((await stateOf(change.name, folder)) !== change.old || change.old === change.new) continue;
    if ((await stateOf(change.temporary, folder)) !== change.new) return false;
  }
  return true;
}

/** False when a file is held by another program: then the set goes back. */
async function tryGoOn(pending: Change[], folder: string, disk: Disk): Promise<boolean> {
  try {
    for (const change of pending)
      if ((await stateOf(change.name, folder)) === change.old && change.old !== change.new)
        await putNew(change, folder, disk);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

async function putNew({ temporary, name }: Change, folder: string, disk: Disk): Promise<void> {
  try {
    await disk.rename(join(folder, temporary), join(folder, name));
  } catch (error) {
    if (isCode(error, 'EBUSY', 'EPERM', 'EACCES')) throw new Failure('output-locked', { where: name }, error);
    throw error;
  }
}

/** Puts the old files back where the new ones stand already. */
async function goBack(pending: Change[], folder: string, disk: Disk): Promise<void> {
  for (const { name, former, old, new: own } of pending) {
    if (old === own || (await stateOf(name, folder)) !== own) continue;
    if (old === null) await disk.remove(join(folder, name));
    else if ((await stateOf(former, folder)) === old)
      await disk.rename(join(folder, former), join(folder, name));
  }
  await disk.settle(folder);
}

/** As in Change.old; "other" for what we never write. */
async function stateOf(name: string, folder: string): Promise<string | null> {
  const found = await look(join(folder, name));
  return found.type === 'file' ? found.sha256 : found.type === 'nothing' ? null : found.type;
}

async function writeRecord(record: FolderRecord, folder: string, disk: Disk): Promise<void> {
  const temporary = join(folder, `.mzreport-${process.pid}-record.tmp`);
  await disk.remove(temporary);
  await disk.write(temporary, toBytes(record));
  await disk.rename(temporary, join(folder, RECORD));
}

/** Removes what a write leaves beside; only the holder of the lock has anything there. */
async function sweep(folder: string, disk: Disk): Promise<void> {
  for (const name of await fs.readdir(folder)) if (STRAY.test(name)) await disk.remove(join(folder, name));
}
