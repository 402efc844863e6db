import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Failure } from '../../../src/failure.ts';
import { type Batch, CELL_END, type Sheet, type Source } from '../../../src/model.ts';
import { readXlsx } from '../../../src/read/xlsx/index.ts';
import { type BookSpec, partsOf, zipOf } from './zip-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-xlsx-'));
let files = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes bytes to a file of its own. */
export function sourceOf(bytes: Buffer): Source {
  const path = join(folder, `${++files}.xlsx`);
  writeFileSync(path, bytes);
  return { path, name: '名册.xlsx', bytes: bytes.length, sha256: '' };
}

/** The sheets of a workbook given as XML. */
export function openBook(spec: BookSpec): Promise<Sheet[]> {
  return readXlsx(sourceOf(zipOf(partsOf(spec))));
}

/** A sheet read to its end. */
export interface Grid {
  /** Texts by "row:column", row from 1 and column from 0; empty cells are absent. */
  texts: Record<string, string>;
  /** "row:column" of cells that hold a number. */
  numeric: string[];
  /** Numbers of all rows, and of the hidden ones. */
  rows: number[];
  hidden: number[];
}

/** Reads a sheet to its end. */
export async function gridOf(sheet: Sheet): Promise<Grid> {
  const grid: Grid = { texts: {}, numeric: [], rows: [], hidden: [] };
  for await (const batch of sheet.read()) {
    checkPacked(batch);
    for (const [i, number] of batch.numbers.entries()) {
      grid.rows.push(number);
      if (batch.hidden?.[i] === 1) grid.hidden.push(number);
      for (const [c, column] of batch.columns.entries()) {
        if (column.length !== batch.numbers.length) throw new Error('Columns of a batch differ in length.');
        if (column[i] !== '') grid.texts[`${number}:${c}`] = column[i] ?? '';
        if (batch.numeric[c]?.[i] === 1) grid.numeric.push(`${number}:${c}`);
      }
    }
  }
  return grid;
}

/** What a batch gives the store without making texts of it are the same cells, and no row of theirs is blank. */
export function checkPacked({ numbers, columns, packed }: Batch): void {
  if (packed === null) return;
  for (const [c, column] of columns.entries()) {
    const cells = Buffer.from(packed.bytes(c) ?? CELL_END.repeat(numbers.length - 1)).toString();
    if (cells !== column.join(CELL_END))
      throw new Error(`Column ${c} is packed as ${JSON.stringify(cells)}.`);
    if (column.some((cell) => cell.length > packed.longest)) throw new Error('A cell is longer than said.');
  }
  for (const [i, number] of numbers.entries())
    if (columns.every((column) => (column[i] ?? '').trim() === ''))
      throw new Error(`Row ${number} is blank.`);
}

/** The grid of the first sheet of a workbook given as XML. */
export async function readGrid(spec: BookSpec): Promise<Grid> {
  const [sheet] = await openBook(spec);
  if (!sheet) throw new Error('No sheet.');
  return gridOf(sheet);
}

/** The texts of the first row of a sheet whose rows are given as XML, joined by '|'. */
export async function readRow(cells: string, spec: Partial<BookSpec> = {}): Promise<string> {
  const { texts } = await readGrid({ sheet: `<sheetData><row r="1">${cells}</row></sheetData>`, ...spec });
  const width = Math.max(-1, ...Object.keys(texts).map((key) => Number(key.split(':')[1]))) + 1;
  return Array.from({ length: width }, (_, c) => texts[`1:${c}`] ?? '').join('|');
}

/** The failure that a promise ends in; anything else is returned or thrown as it is. */
export async function failureOf(promise: Promise<unknown>): Promise<Pick<Failure, 'code' | 'message'>> {
  try {
    return { code: 'usage', message: `no failure but ${JSON.stringify(await promise)}` };
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') return error as Failure;
    throw error;
  }
}
