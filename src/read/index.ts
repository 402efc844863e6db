import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failure } from '../failure.ts';
import type { Problem, Sheet, Source } from '../model.ts';
import { aheadOf, endAhead, readAhead } from './ahead/index.ts';
import { pathOf, readBytes, streamBytes, withEncoding } from './bytes.ts';
import { readCsv } from './csv.ts';
import { hasPrivateUse } from './encoding.ts';
import { fingerprint } from './fingerprint.ts';
import { type Grid, toSheets } from './grid.ts';
import type { Inputs } from './inputs.ts';
import { parseBinaryWorkbook, parseOleWorkbook, parseRecords } from './legacy/read.ts';
import { withShortCells } from './long-cells.ts';
import { parseMarkup } from './markup.ts';
import { parseOpenDocument } from './opendocument.ts';
import { sniff } from './sniff.ts';
import { readXlsx } from './xlsx/index.ts';
import { findZipKind } from './zip-kind.ts';
import { readMembers } from './zip-members.ts';

const HEAD_BYTES = 65_536;

export { openUtf8Pipe } from './pipe.ts';

/** Fingerprints a file without keeping it; throws when it is missing, empty or unreadable. */
export async function readSource(path: string): Promise<Source> {
  const name = basename(path);
  try {
    const { size } = await stat(path);
    if (size === 0) throw new Failure('file-empty', { where: name });
    const { sha256, encoding } = (await aheadOf(path)?.fingerprint()) ?? (await fingerprint(path));
    const source = { path, name, bytes: size, sha256 };
    return encoding ? withEncoding(source, encoding) : source;
  } catch (error) {
    throw toFailure(error, path);
  }
}

/** The files as sources, and the members of zips among them; each is there until the next one is asked for. */
export async function* readSources({
  files,
  skipped,
}: Pick<Inputs, 'files' | 'skipped'>): AsyncGenerator<Source, void, void> {
  readAhead(files);
  try {
    for (const path of files) {
      const source = await readSource(path);
      if (sniff(await readHead(source)) === 'zip' && (await findZipKind(source)) === 'archive')
        yield* readMembers(source, skipped);
      else yield source;
    }
  } finally {
    endAhead();
  }
}

/** Opens a source as its sheets, by what its first bytes are, never by its suffix. */
export async function read(source: Source): Promise<Sheet[]> {
  return (await open(source)).map(withShortCells);
}

async function open(source: Source): Promise<Sheet[]> {
  try {
    const type = sniff(await readHead(source));
    if (type === 'text') return [await readCsv(source)];
    if (type !== 'zip') return toSheets(source, await readWhole(source, type));
    const kind = await findZipKind(source);
    if (kind === 'xlsx') return await readWorkbook(source);
    return toSheets(source, await readWhole(source, kind));
  } catch (error) {
    throw toFailure(error, source.path);
  }
}

/** What is doubtful about how a sheet was read, by its first rows. */
export function findDoubts({ source, name, csv, head }: Sheet): Problem[] {
  const row = csv?.encoding === 'gb18030' ? head.find(({ cells }) => cells.some(hasPrivateUse)) : undefined;
  if (row === undefined) return [];
  const at = { file: source.name, sheet: name, row: row.number, count: 1 };
  return [{ kind: 'encoding-doubt', ...at, detail: {}, figures: [] }];
}

/** Sheets of the model keep the source that was given: a member's file is nobody's business. */
async function readWorkbook(source: Source): Promise<Sheet[]> {
  const sheets = await readXlsx({ ...source, path: pathOf(source) }, aheadOf(source.path));
  return sheets.map((sheet) => ({ ...sheet, source }));
}

/** Formats that cannot be streamed; no export of theirs comes near this size. */
const WHOLE_MEGABYTES = 200;

async function readWhole(source: Source, type: string): Promise<Grid[]> {
  const { name, bytes: size } = source;
  const parse = PARSERS[type];
  if (parse === undefined) throw new Failure('file-type', { where: name, found: TYPES[type] ?? type });
  if (size > WHOLE_MEGABYTES * 2 ** 20)
    throw new Failure('file-limit', {
      where: name,
      found: `${Math.round(size / 2 ** 20)} MB`,
      expected: `${WHOLE_MEGABYTES} MB`,
    });
  return parse(await readBytes(source), name);
}

const PARSERS: Record<string, (bytes: Buffer, where: string) => Promise<Grid[]>> = {
  ole: parseOleWorkbook,
  biff: parseRecords,
  xlsb: parseBinaryWorkbook,
  ods: parseOpenDocument,
  markup: parseMarkup,
};

const TYPES: Record<string, string> = { archive: '压缩包（zip）' };

async function readHead(source: Source): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of streamBytes(source, HEAD_BYTES, HEAD_BYTES - 1)) parts.push(part);
  return Buffer.concat(parts);
}

function toFailure(error: unknown, path: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT') return new Failure('file-missing', { where: path }, error);
  return new Failure(
    'file-unreadable',
    {
      where: basename(path),
      found:
        error.code === 'EACCES' || error.code === 'EPERM'
          ? '没有读取权限'
          : error.code === 'EISDIR'
            ? '它是文件夹'
            : `系统错误 ${String(error.code)}`,
    },
    error,
  );
}
