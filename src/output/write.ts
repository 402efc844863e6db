import * as fs from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { DISK, type Disk, look, toHash } from './disk.ts';
import { toFailure } from './faults.ts';
import { withLock } from './lock.ts';
import { type FolderRecord, RECORD, readRecord } from './record.ts';
import { type Replacement, recover, replaceOne, replaceSet } from './replace.ts';

/** A file to be written. */
export interface Output {
  name: string;
  bytes: Uint8Array;
}

/** A file that was written. */
export interface Written {
  path: string;
  /** Name of the edited file that it did not overwrite; null when there was none. */
  kept: string | null;
  /** Name under which the edited file that it did overwrite was kept; null when there was none. */
  backup: string | null;
}

/** Makes the folder, proves that it can be written to before any work is done, and finishes what a killed run began there. */
export async function prepareFolder(folder: string, disk: Disk = DISK): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    await withLock(folder, disk, () => recover(folder, disk));
  } catch (error) {
    throw toFailure(error, folder);
  }
}

/** Tells whether an earlier run wrote a file into the output folder; such files are no inputs. */
export async function readOwn(folder: string): Promise<(path: string) => boolean> {
  const { files, pending } = await readRecord(folder);
  const names = new Set([RECORD, ...files.keys(), ...pending.map(({ name }) => name)]);
  return (path) => resolve(dirname(path)) === resolve(folder) && names.has(basename(path));
}

/**
 * Writes all files or none (see replace.ts). A file that a person edited is kept and ours gets "(2)"; with `force` it is
 * overwritten and kept as "（备份）". A link is never followed: it is kept like an edited file, with `force` replaced.
 */
export async function writeOutputs(
  outputs: Output[],
  folder: string,
  force: boolean,
  disk: Disk = DISK,
): Promise<Written[]> {
  requireDistinct(outputs);
  try {
    return await withLock(folder, disk, async () => {
      const record = await recover(folder, disk);
      const plans: Plan[] = [];
      for (const output of outputs) plans.push(await toPlan(output, folder, force, record));
      await replaceSet(
        plans.flatMap(({ set }) => set),
        folder,
        record,
        disk,
      );
      return plans.map(({ written }) => written);
    });
  } catch (error) {
    throw toFailure(error, folder);
  }
}

/** Writes one file that is a person's own, such as mzreport.yaml, whole or not at all; it does not become ours. */
export async function replaceFile(path: string, bytes: Uint8Array, disk: Disk = DISK): Promise<void> {
  const folder = dirname(path);
  try {
    await withLock(folder, disk, async () => {
      await recover(folder, disk);
      await findOld(basename(path), folder);
      await replaceOne(basename(path), bytes, folder, disk);
    });
  } catch (error) {
    throw toFailure(error, folder);
  }
}

interface Plan {
  set: Replacement[];
  written: Written;
}

async function toPlan(
  { name: wished, bytes }: Output,
  folder: string,
  force: boolean,
  record: FolderRecord,
): Promise<Plan> {
  const name = toFileName(wished);
  const own = force ? name : await findFreeName(name, folder, record);
  const old = await findOld(own, folder);
  const edited =
    force && old !== null && old !== 'link' && old !== record.files.get(own) && old !== toHash(bytes);
  const set = [{ name: own, bytes, old }];
  const written = { path: join(folder, own), kept: own === name ? null : name, backup: null };
  if (!edited) return { set, written };
  const backup = await toBackup(own, folder);
  return { set: [backup, ...set], written: { ...written, backup: backup.name } };
}

/** The file as it is, under the first free name "…（备份）.docx", "…（备份2）.docx" … */
async function toBackup(name: string, folder: string): Promise<Replacement> {
  const bytes = await fs.readFile(join(folder, name));
  for (let number = 1; ; number++) {
    const backup = withMark(name, `（备份${number === 1 ? '' : number}）`);
    const found = await look(join(folder, backup));
    if (found.type === 'nothing') return { name: backup, bytes, old: null };
    // The same edit was kept before.
    if (found.type === 'file' && found.sha256 === toHash(bytes))
      return { name: backup, bytes, old: found.sha256 };
  }
}

async function findFreeName(name: string, folder: string, record: FolderRecord): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : withMark(name, `(${number})`);
    const old = await findOld(candidate, folder);
    if (old === null || old === record.files.get(candidate)) return candidate;
  }
}

/** What stands under a name: SHA-256, "link", or null for nothing. A folder there is a failure. */
async function findOld(name: string, folder: string): Promise<string | null> {
  const found = await look(join(folder, name));
  if (found.type === 'other')
    throw new Failure('output-name', {
      where: name,
      found: '已有同名的文件夹',
      expected: '把那个文件夹改名或移走，或用 --out 换一个文件夹',
    });
  return found.type === 'file' ? found.sha256 : found.type === 'link' ? 'link' : null;
}

/** "x.facts.json" is one suffix to people. */
function withMark(name: string, mark: string): string {
  const suffix = name.endsWith('.facts.json') ? '.facts.json' : extname(name);
  return `${name.slice(0, name.length - suffix.length)}${mark}${suffix}`;
}

const WIDE: Record<string, string> = {
  '/': '／',
  '\\': '＼',
  ':': '：',
  '*': '＊',
  '?': '？',
  '"': '＂',
  '<': '＜',
  '>': '＞',
  '|': '｜',
};

/** A name that every system takes and that leads out of no folder: it is made of words of tables and settings. */
const toFileName = (name: string): string =>
  name
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[/\\:*?"<>|]/g, (character) => WIDE[character] ?? '')
    .replace(/^\.+|[. ]+$/g, '');

/** Two outputs of one name would be one; names that differ in case alone are one on Windows. */
function requireDistinct(outputs: Output[]): void {
  const seen = new Set<string>();
  for (const { name } of outputs) {
    const key = toFileName(name).normalize('NFC').toLowerCase();
    if (seen.has(key))
      throw new Failure('output-name', {
        where: name,
        found: '有两份内容都要写成这个名字',
        expected: '在附表版式或模板里给它们不同的名称',
      });
    seen.add(key);
  }
}

/** Level by level: node's recursive mkdir never ends where the system says that a parent is missing though it is there. */
async function makeFolder(folder: string): Promise<void> {
  const kind = await fs.stat(folder).catch(() => null);
  if (kind?.isDirectory()) return;
  if (kind === null && dirname(folder) !== folder) await makeFolder(dirname(folder));
  await fs.mkdir(folder).catch(async (error) => {
    // Of several runs side by side another one may have made it meanwhile.
    if (!(await fs.stat(folder).catch(() => null))?.isDirectory()) throw error;
  });
}
