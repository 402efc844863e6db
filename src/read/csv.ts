import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { Failure } from '../failure.ts';
import type { Batch, CsvDialect, HeadRow, Sheet, Source } from '../model.ts';
import { findEncoding, readText } from './encoding.ts';

const HEAD_BYTES = 262_143;
const HEAD_ROWS = 60;
const BATCH_ROWS = 8192;
const DELIMITERS: CsvDialect['delimiter'][] = [',', '\t', ';', '|'];

/** Opens a delimited text file as one sheet; encoding and delimiter are found from its content. */
export async function readCsv(source: Source): Promise<Sheet> {
  const encoding = await findEncoding(source);
  const start = await readStart(source, encoding.encoding);
  const delimiter = findDelimiter(start);
  const dialect: CsvDialect = { ...encoding, delimiter };
  const head = toHead(start, delimiter);
  if (head.length === 0) throw new Failure('sheet-empty', { where: source.name });
  return {
    source,
    name: '',
    hidden: false,
    hiddenColumns: [],
    head,
    csv: dialect,
    read: () => readBatches(source, dialect),
    merges: () => [],
  };
}

async function readStart(source: Source, encoding: CsvDialect['encoding']): Promise<string> {
  let text = '';
  for await (const part of readText(source, encoding, HEAD_BYTES)) text += part;
  // The last line may be cut: a cut quoted cell would not parse.
  const whole = source.bytes > HEAD_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
  return whole.replaceAll('\0', '');
}

/** The delimiter that gives the most columns in most of the first lines. */
function findDelimiter(text: string): CsvDialect['delimiter'] {
  const lines = text.split(/\r\n|\n|\r/).slice(0, 40);
  const count = (delimiter: string) => lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0);
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

const options = (delimiter: string) => ({
  delimiter,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  record_delimiter: ['\r\n', '\n', '\r'],
  info: true as const,
});

function toHead(text: string, delimiter: string): HeadRow[] {
  const parsed = parseSync(text, { ...options(delimiter), to: 400 }) as unknown as Parsed[];
  return parsed
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .slice(0, HEAD_ROWS)
    .map(({ record, info }) => ({ number: toLine(record, info.lines), cells: record }));
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** csv-parse counts the line on which a record ends; people look for the one on which it begins. */
function toLine(record: string[], endLine: number): number {
  return endLine - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

async function* readBatches(source: Source, dialect: CsvDialect): AsyncIterable<Batch> {
  const parser = Readable.from(withoutNul(readText(source, dialect.encoding))).pipe(
    parse(options(dialect.delimiter)),
  );
  let rows: Parsed[] = [];
  for await (const row of parser as AsyncIterable<Parsed>) {
    rows.push(row);
    if (rows.length >= BATCH_ROWS) {
      yield toBatch(rows);
      rows = [];
    }
  }
  if (rows.length > 0) yield toBatch(rows);
}

async function* withoutNul(texts: AsyncIterable<string>): AsyncIterable<string> {
  for await (const text of texts) yield text.replaceAll('\0', '');
}

function toBatch(rows: Parsed[]): Batch {
  const width = rows.reduce((most, { record }) => Math.max(most, record.length), 0);
  return {
    numbers: rows.map(({ record, info }) => toLine(record, info.lines)),
    columns: Array.from({ length: width }, (_, column) => rows.map(({ record }) => record[column] ?? '')),
    numeric: [],
  };
}
