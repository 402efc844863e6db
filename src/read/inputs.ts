import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { glob } from 'tinyglobby';
import { Failure } from '../failure.ts';

/** Files to read, and those that were passed over with the reason. */
export interface Inputs {
  files: string[];
  skipped: { name: string; reason: string }[];
}

const TABLES = /\.(csv|txt|tsv|xlsx|xlsm|xls|et|xlsb|ods)$/i;
const FACTS = /\.facts\.json$/i;

/** Expands files, folders and globs (Windows shells do not) in sorted order; `own` are names that earlier runs wrote. */
export async function findInputs(patterns: string[], own: ReadonlySet<string>): Promise<Inputs> {
  const inputs: Inputs = { files: [], skipped: [] };
  for (const pattern of patterns) {
    for (const path of await expand(pattern)) {
      const name = basename(path);
      if (inputs.files.includes(path)) continue;
      if (name.startsWith('~$')) inputs.skipped.push({ name, reason: '正在编辑的临时文件' });
      else if (own.has(name)) inputs.skipped.push({ name, reason: '本程序写出的文件' });
      else inputs.files.push(path);
    }
  }
  if (inputs.files.length === 0) throw new Failure('no-input', { where: patterns.join(' ') });
  return inputs;
}

async function expand(given: string): Promise<string[]> {
  const path = existsSync(given) ? given : given.replaceAll('\\', '/');
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) return [path];
    const inside = await glob('*', { cwd: path, dot: false });
    return inside
      .filter((name) => TABLES.test(name) || FACTS.test(name))
      .sort(byName)
      .map((name) => `${path.replace(/\/+$/, '')}/${name}`);
  }
  if (!/[*?[\]{}]/.test(path)) throw new Failure('file-missing', { where: given });
  const found = (await glob(path, { onlyFiles: true })).sort(byName);
  if (found.length === 0) throw new Failure('file-missing', { where: given });
  return found;
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
