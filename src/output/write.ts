import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
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
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(probe, '');
    await fs.rm(probe);
  } catch (error) {
    throw toFailure(error, folder);
  }
}

/** Names that earlier runs wrote into a folder; they are no inputs. */
export async function readOwnNames(folder: string): Promise<Set<string>> {
  return new Set([RECORD, ...Object.keys(await readRecord(folder))]);
}

/** Writes all files beside their places and then renames them; a file that a person edited is kept and ours gets "(2)". */
export async function writeOutputs(
  outputs: Output[],
  folder: string,
  force: boolean,
  rename: typeof fs.rename = fs.rename,
): Promise<Written[]> {
  const record = await readRecord(folder);
  const planned: { output: Output; name: string; temporary: string }[] = [];
  try {
    for (const output of outputs) {
      const name = force ? output.name : await findFreeName(output.name, folder, record);
      const temporary = join(folder, `.mzreport-${process.pid}-${planned.length}.tmp`);
      planned.push({ output, name, temporary });
      await fs.writeFile(temporary, output.bytes);
    }
    for (const { name, temporary } of planned) await renameTo(temporary, join(folder, name), rename);
  } catch (error) {
    await Promise.all(planned.map(({ temporary }) => fs.rm(temporary, { force: true })));
    throw toFailure(error, folder);
  }
  for (const { output, name } of planned) record[name] = toHash(output.bytes);
  await fs.writeFile(join(folder, RECORD), `${JSON.stringify(record, null, 1)}\n`);
  return planned.map(({ output, name }) => ({
    path: join(folder, name),
    kept: name === output.name ? null : output.name,
  }));
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

function toFailure(error: unknown, where: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error;
  return new Failure('output-unwritable', { where, found: String(error.code) }, error);
}
