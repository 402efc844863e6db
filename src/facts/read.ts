import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failure } from '../failure.ts';
import type { Facts, Source } from '../model.ts';
import { FactsSpec, SCHEMA_VERSION } from './schema.ts';
import { toChecksum } from './write.ts';

/** A *.facts.json as it was found. */
export interface FactsFile {
  source: Source;
  facts: Facts;
  /** True when a person changed it since it was written. */
  edited: boolean;
}

/** A county's facts are a few hundred kilobytes. */
const MOST_BYTES = 64 * 2 ** 20;

/** Reads a *.facts.json of this version; throws when it is none, or, unless `allowEdited`, was changed by hand. */
export async function readFacts(path: string, allowEdited: boolean): Promise<FactsFile> {
  const source = await readSource(path);
  const file = toChecked(parseJson(source.text), source.name);
  const edited = file.checksum !== toChecksum(file);
  if (edited && !allowEdited) throw new Failure('facts-edited', { where: source.name });
  const { text: _, ...rest } = source;
  return { source: rest, facts: file, edited };
}

async function readSource(path: string): Promise<Source & { text: string }> {
  if (!existsSync(path)) throw new Failure('file-missing', { where: path });
  const name = basename(path);
  const stat = statSync(path);
  if (stat.isDirectory()) throw new Failure('file-type', { where: name, found: '文件夹' });
  if (stat.size > MOST_BYTES)
    throw new Failure('file-limit', {
      where: name,
      found: `${stat.size}字节`,
      expected: `${MOST_BYTES}字节`,
    });
  try {
    const bytes = await readFile(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path, name, bytes: bytes.length, sha256, text: bytes.toString('utf8') };
  } catch (error) {
    throw new Failure('file-unreadable', { where: name }, error);
  }
}

/** An editor on Windows may put a mark before the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

function toChecked(value: unknown, where: string): Facts {
  const version = toVersion(value);
  if (version !== null && version !== SCHEMA_VERSION)
    throw new Failure('facts-version', { where, found: String(version), expected: String(SCHEMA_VERSION) });
  const checked = FactsSpec.safeParse(value);
  if (!checked.success)
    throw new Failure(
      'facts-invalid',
      { where, found: toPlace(checked.error.issues[0]?.path) },
      checked.error,
    );
  // As it was read: the checksum is over the keys in their order.
  return value as Facts;
}

const toVersion = (value: unknown): number | null =>
  typeof value === 'object' &&
  value !== null &&
  'schemaVersion' in value &&
  Number.isInteger(value.schemaVersion)
    ? Number(value.schemaVersion)
    : null;

/** Only where, never what: a file of another sort may hold anything. */
const toPlace = (path: PropertyKey[] | undefined): string =>
  path === undefined || path.length === 0 ? '不是 JSON' : `${path.slice(0, 4).map(String).join('.')} 不对`;
