import { Failure } from '../failure.ts';
import type { Batch, CsvDialect, HeadRow, Sheet, Source } from '../model.ts';
import { readBytes } from './bytes.ts';
import { type CsvRecord, findWidth, parseStart, readRecords } from './csv-records.ts';
import { findEncoding, hasPrivateUse, isBig5, readText } from './encoding.ts';

const HEAD_BYTES = 262_143;
const HEAD_ROWS = 60;
const DELIMITERS: CsvDialect['delimiter'][] = [',', '\t', ';', '|'];

/** Opens a delimited text file as one sheet; encoding and delimiter are found from its content. */
export async function readCsv(source: Source): Promise<Sheet> {
  const encoding = await findEncoding(source);
  const start = await readStart(source, encoding.encoding);
  const delimiter = findDelimiter(start);
  const dialect: CsvDialect = { ...encoding, delimiter };
  if (encoding.encoding === 'gb18030' && hasPrivateUse(start)) await refuseBig5(source);
  const records = parseStart(start, delimiter, source.name, source.bytes > HEAD_BYTES);
  const head = toHead(records);
  if (head.length === 0) throw new Failure('sheet-empty', { where: source.name });
  return {
    source,
    name: '',
    hidden: false,
    hiddenColumns: [],
    head,
    csv: dialect,
    read: () => readBatches(source, dialect, findWidth(records)),
    merges: () => [],
  };
}

async function readStart(source: Source, encoding: CsvDialect['encoding']): Promise<string> {
  let text = '';
  for await (const part of readText(source, encoding, HEAD_BYTES)) text += part;
  // The last line may be cut: a cut quoted cell would not parse.
  if (source.bytes <= HEAD_BYTES) return text;
  return text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

/** Big5 decodes as GB18030 without an error, into other characters; no heading would be known again. */
async function refuseBig5(source: Source): Promise<void> {
  if (isBig5(await readBytes(source)))
    throw new Failure('file-encoding', { where: source.name, found: '像是 Big5（繁体中文）' });
}

function toHead(records: CsvRecord[]): HeadRow[] {
  return records
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .slice(0, HEAD_ROWS)
    .map(({ line, cells }) => ({ number: line, cells }));
}

/** The delimiter that gives the most columns in most of the first lines. */
function findDelimiter(text: string): CsvDialect['delimiter'] {
  const lines = text.split(/\r\n|\n|\r/).slice(0, 40);
  const count = (delimiter: string) => lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0);
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

async function* readBatches(source: Source, dialect: CsvDialect, width: number): AsyncIterable<Batch> {
  for await (const records of readRecords(source, dialect, width)) yield toBatch(records);
}

function toBatch(records: CsvRecord[]): Batch {
  const width = records.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  return {
    numbers: records.map(({ line }) => line),
    columns: Array.from({ length: width }, (_, column) => records.map(({ cells }) => cells[column] ?? '')),
    numeric: [],
    packed: null,
  };
}
