import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import type { Failure } from '../failure.ts';
import type { CsvDialect, Source } from '../model.ts';
import { readText } from './encoding.ts';
import { damaged } from './xlsx/faults.ts';

/** One record of a delimited text. */
export interface CsvRecord {
  cells: string[];
  /** The line on which it begins, from 1. */
  line: number;
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** A quote that nobody closes swallows the rest of the file: it must not be held in memory for that. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const RECORDS = 8192;

const options = (delimiter: string) => ({
  delimiter,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  record_delimiter: ['\r\n', '\n', '\r'],
  max_record_size: MOST_CHARACTERS,
  info: true as const,
});

/** The first 400 records of a text; `isCut` says that the text ends somewhere, perhaps within quotes. */
export function parseStart(text: string, delimiter: string, where: string, isCut: boolean): CsvRecord[] {
  const records: CsvRecord[] = [];
  try {
    parseSync(text, {
      ...options(delimiter),
      to: 400,
      on_record: (parsed: unknown) => {
        records.push(toRecord(parsed as Parsed));
        return null;
      },
    });
  } catch (error) {
    if (!isCut) throw toFailure(error, where, records.at(-1));
  }
  checkQuotes(records, delimiter, where);
  return records;
}

/** Streams all records, many at a time; a quote that is not closed is a 'file-damaged' failure with its line. */
export async function* readRecords(
  source: Source,
  { encoding, delimiter }: CsvDialect,
  width: number,
): AsyncIterable<CsvRecord[]> {
  // pipeline, not pipe: text that does not decode must reach the one who reads the records.
  const parser = pipeline(Readable.from(readText(source, encoding)), parse(options(delimiter)), () => {});
  let records: CsvRecord[] = [];
  let last: CsvRecord | undefined;
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      last = toRecord(parsed);
      if (isSwallowed(last, delimiter, width)) throw toQuoteFailure(source.name, last.line);
      records.push(last);
      if (records.length < RECORDS) continue;
      yield records;
      records = [];
    }
  } catch (error) {
    throw toFailure(error, source.name, last);
  }
  if (records.length > 0) yield records;
}

/** How many cells most of the records have. */
export function findWidth(records: CsvRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0])[0];
}

/** csv-parse counts the line on which a record ends; people look for the one on which it begins. */
const toRecord = ({ record, info }: Parsed): CsvRecord => ({
  cells: record,
  line: info.lines - record.reduce((sum, cell) => sum + countBreaks(cell), 0),
});

const countBreaks = (cell: string): number =>
  cell.includes('\n') || cell.includes('\r') ? cell.split(/\r\n|\n|\r/).length - 1 : 0;

function checkQuotes(records: CsvRecord[], delimiter: string, where: string): void {
  const width = findWidth(records);
  const swallowed = records.find((record) => isSwallowed(record, delimiter, width));
  if (swallowed) throw toQuoteFailure(where, swallowed.line);
}

/**
 * True when a cell holds the rest of its own line and the lines after it, because a quote was opened by mistake and a
 * later one closed it: whole rows would be lost in a name.
 */
function isSwallowed({ cells }: CsvRecord, delimiter: string, width: number): boolean {
  return cells.some((cell, i) => {
    const end = cell.search(/[\r\n]/);
    if (end < 0) return false;
    const delimiters = cell.slice(0, end).split(delimiter).length - 1;
    return delimiters >= 2 && i + delimiters === width - 1;
  });
}

const toQuoteFailure = (where: string, line: number, cause?: unknown): Failure =>
  damaged(where, `第${line}行起的引号没有配对`, cause);

function toFailure(error: unknown, where: string, last: CsvRecord | undefined): unknown {
  const code = error instanceof Error && 'code' in error ? (error as CsvError).code : '';
  if (!/^CSV_/.test(code)) return error;
  const line =
    last === undefined ? 1 : last.line + last.cells.reduce((sum, cell) => sum + countBreaks(cell), 1);
  return toQuoteFailure(where, line, error);
}
