import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findTemplateFolders } from '../catalogue/index.ts';
import type { Config } from '../config.ts';
import type { Inputs } from '../read/inputs.ts';
import { VERSION } from '../version.ts';
import type { Job } from './plan.ts';

/** An input file as the manifest has it: by name, for a folder may bear a person's name. */
export interface InputFile {
  name: string;
  bytes: number;
  /** Null for what is no file on a disk (a pipe), which is read once and never known again. */
  sha256: string | null;
  /** True for what is only compared with. */
  lastYear: boolean;
}

/** The files that a job reads, with their hashes. */
export async function hashInputs({ files, lastYear }: Inputs): Promise<InputFile[]> {
  const hashed: InputFile[] = [];
  for (const path of [...files, ...lastYear]) {
    const { name, bytes, sha256 } = await hashFile(path);
    hashed.push({ name, bytes, sha256, lastYear: lastYear.includes(path) });
  }
  return hashed;
}

/** Name, size and SHA-256 of a file; opens nothing but regular files, for a pipe may hang for ever. */
export async function hashFile(path: string): Promise<Omit<InputFile, 'lastYear'>> {
  const kind = await stat(path);
  if (!kind.isFile()) return { name: basename(path), bytes: 0, sha256: null };
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name: basename(path), bytes: kind.size, sha256: hash.digest('hex') };
}

/**
 * One hash of everything that a job's outputs depend on: version, settings, inputs, configuration, templates.
 * Null when something of it cannot be known twice. Paths do not count: a folder may be moved.
 */
export async function toFingerprint(job: Job, config: Config, inputs: InputFile[]): Promise<string | null> {
  if (inputs.some(({ sha256 }) => sha256 === null)) return null;
  const { inputs: _, lastYear: _1, out: _2, from: _3, megabytes: _4, ...rest } = config;
  const { templates, template, ...settings } = rest;
  const folders = await Promise.all(findTemplateFolders(templates).map(hashFolder));
  const own = template === null ? null : (await hashFile(template)).sha256;
  return createHash('sha256')
    .update(JSON.stringify([VERSION, settings, job.tables, job.extra, inputs, folders, own]))
    .digest('hex');
}

/** Each file below a folder with its hash, by name. */
async function hashFolder(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const hashed = await Promise.all(
    names.map(async (name) => [name, await hashFile(join(folder, name))] as const),
  );
  return hashed.flatMap(([name, { sha256 }]) => (sha256 === null ? [] : [`${name} ${sha256}`]));
}
