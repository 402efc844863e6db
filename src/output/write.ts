import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Failure } from '../failure.ts';

/** A file to be written. */
export interface Output {
  name: string;
  bytes: Uint8Array;
}

/** A file that was written; `kept` is the name of the edited file that it did not overwrite. */
export interface Written {
  path: string;
  kept: string | null;
}

/** In each output folder: name → SHA-256 of what we wrote there, so that a person's edit is noticed. */
const RECORD = '.mzreport-outputs.json';

/** Makes the folder and proves that it can be written to, before any work is done. */
export async function prepareFolder(folder: string): Promise<void> {
  const probe = join(folder, `.mzreport-${process.pid}.tmp`);
  try {
    await makeFolder(resolve(folder));
    await fs.writeFile(probe, '');
    await fs.rm(probe);
  } catch (error) {
    throw toFailure(error, folder);
  }
}

/** Tells whether an earlier run wrote a file into the output folder; such files are no inputs. */
export async function readOwn(folder: string): Promise<(path: string) => boolean> {
  const names = new Set([RECORD, ...Object.keys(await readRecord(folder))]);
  return (path) => resolve(dirname(path)) === resolve(folder) && names.has(basename(path));
}

/**
 * Writes all files beside their places and then renames them; a file that a person edited is kept and ours gets "(2)".
 * When one cannot be renamed those before it are put back: the folder holds the old set or the new one.
 */
export async function writeOutputs(
  outputs: Output[],
  folder: string,
  force: boolean,
  rename: typeof fs.rename = fs.rename,
): Promise<Written[]> {
  const record = await readRecord(folder);
  const plans: Plan[] = [];
  try {
    for (const output of outputs) {
      const name = force ? output.name : await findFreeName(output.name, folder, record);
      const beside = join(folder, `.mzreport-${process.pid}-${plans.length}`);
      plans.push({
        output,
        name,
        temporary: `${beside}.tmp`,
        former: `${beside}.old`,
        path: join(folder, name),
      });
      await fs.writeFile(`${beside}.tmp`, output.bytes);
    }
    await replaceAll(plans, rename);
  } catch (error) {
    throw toFailure(error, folder);
  } finally {
    await Promise.all(
      plans.flatMap(({ temporary, former }) => [
        fs.rm(temporary, { force: true }),
        fs.rm(former, { force: true }),
      ]),
    );
  }
  for (const { output, name } of plans) record[name] = toHash(output.bytes);
  await fs.writeFile(join(folder, RECORD), `${JSON.stringify(record, null, 1)}\n`);
  return plans.map(({ output, name, path }) => ({ path, kept: name === output.name ? null : output.name }));
}

interface Plan {
  output: Output;
  name: string;
  path: string;
  temporary: string;
  /** A copy of what stood there before, while the set is being replaced. */
  former: string;
}

async function replaceAll(plans: Plan[], rename: typeof fs.rename): Promise<void> {
  const replaced: Plan[] = [];
  try {
    for (const plan of plans) {
      await copyIfThere(plan.path, plan.former);
      await renameTo(plan.temporary, plan.path, rename);
      replaced.push(plan);
    }
  } catch (error) {
    for (const { former, path } of replaced) await putBack(former, path);
    throw error;
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await fs.copyFile(from, to).catch((error) => {
    if (!isCode(error, 'ENOENT')) throw error;
  });
}

async function putBack(former: string, path: string): Promise<void> {
  await fs.copyFile(former, path).catch(async (error) => {
    if (!isCode(error, 'ENOENT')) throw error;
    await fs.rm(path, { force: true });
  });
}

/** Level by level: node's recursive mkdir never ends where the system says that a parent is missing though it is there. */
async function makeFolder(folder: string): Promise<void> {
  const kind = await fs.stat(folder).catch(() => null);
  if (kind?.isDirectory()) return;
  if (kind === null && dirname(folder) !== folder) await makeFolder(dirname(folder));
  await fs.mkdir(folder);
}

async function renameTo(from: string, to: string, rename: typeof fs.rename): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (isCode(error, 'EBUSY', 'EPERM', 'EACCES'))
      throw new Failure('output-locked', { where: basename(to) }, error);
    throw error;
  }
}

async function findFreeName(name: string, folder: string, record: Record<string, string>): Promise<string> {
  // "x.facts.json" is one suffix to people.
  const suffix = name.endsWith('.facts.json') ? '.facts.json' : extname(name);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name.slice(0, -suffix.length)}(${number})${suffix}`;
    const existing = await readIfThere(join(folder, candidate));
    if (existing === null || record[candidate] === toHash(existing)) return candidate;
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function readRecord(folder: string): Promise<Record<string, string>> {
  const bytes = await readIfThere(join(folder, RECORD)).catch(() => null);
  if (bytes === null) return {};
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, string>;
  } catch {
    // A record that cannot be read means that nothing is known to be ours: everything there is kept.
    return {};
  }
}

const toHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

const REASONS: Record<string, string> = {
  EEXIST: '已有同名的文件，不是文件夹',
  ENOTDIR: '路径中有一段是文件，不是文件夹',
  ENOENT: '上级文件夹不存在',
  EACCES: '没有写入权限',
  EPERM: '没有写入权限',
  EROFS: '磁盘是只读的',
  ENOSPC: '磁盘已满',
  ENAMETOOLONG: '路径太长',
};

function toFailure(error: unknown, where: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  return new Failure('output-unwritable', { where, found: REASONS[code] ?? `系统错误 ${code}` }, error);
}
