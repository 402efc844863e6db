import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { glob } from 'tinyglobby';
import { Failure } from '../failure.ts';

/** A file that is not read. */
export interface Skipped {
  name: string;
  reason: string;
}

/** Files to read, and those that were passed over with the reason. */
export interface Inputs {
  files: string[];
  /** Those that were given as last year's. */
  lastYear: string[];
  skipped: Skipped[];
}

const TABLES = /\.(csv|txt|tsv|xlsx|xlsm|xltx|xls|xlt|et|ett|xlsb|ods|html?|zip)$/i;
const FACTS = /\.facts\.json$/i;
/** Townships hand in folders of folders. */
const FOLDER_LEVELS = 2;

/** True for names under which tables are looked for in folders and zips; what a file is, its content says. */
export const isTableName = (name: string): boolean => TABLES.test(name) || FACTS.test(name);

/**
 * Expands files, folders and globs (Windows shells do not) in sorted order; `isOwn` knows what earlier runs wrote,
 * `base` is the folder from which relative ones are meant.
 */
export async function findInputs(
  patterns: string[],
  isOwn: (path: string) => boolean,
  lastYear: string[] = [],
  base = '',
): Promise<Inputs> {
  const inputs: Inputs = { files: [], lastYear: [], skipped: [] };
  await addFiles(lastYear, inputs.lastYear, isOwn, inputs, base);
  await addFiles(patterns, inputs.files, isOwn, inputs, base);
  if (inputs.files.length === 0) throw new Failure('no-input', { where: patterns.join(' ') });
  return inputs;
}

async function addFiles(
  patterns: string[],
  files: string[],
  isOwn: (path: string) => boolean,
  inputs: Inputs,
  base: string,
): Promise<void> {
  for (const pattern of patterns) {
    for (const path of await expand(pattern, base)) {
      const name = basename(path);
      if (inputs.lastYear.includes(path) || inputs.files.includes(path)) continue;
      if (name.startsWith('~$')) inputs.skipped.push({ name, reason: '正在编辑的临时文件' });
      else if (isOwn(path) && !FACTS.test(name)) inputs.skipped.push({ name, reason: '本程序写出的文件' });
      else files.push(path);
    }
  }
}

async function expand(given: string, base: string): Promise<string[]> {
  const place = (path: string) => (base === '' || isAbsolute(path) ? path : join(base, path));
  const slashed = existsSync(place(given)) ? given : given.replaceAll('\\', '/');
  const path = place(slashed);
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) return [path];
    const inside = await glob('**/*', {
      cwd: path,
      dot: false,
      deep: FOLDER_LEVELS,
      followSymbolicLinks: false,
    });
    return inside
      .filter(isTableName)
      .sort(byName)
      .map((name) => `${path.replace(/\/+$/, '')}/${name}`);
  }
  if (!/[*?[\]{}]/.test(slashed)) throw new Failure('file-missing', { where: given });
  // The base is no pattern, whatever brackets its name has.
  const options = base === '' ? {} : { cwd: base };
  const found = (await glob(slashed, { onlyFiles: true, ...options })).map(place).sort(byName);
  if (found.length === 0) throw new Failure('file-missing', { where: given });
  return found;
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
