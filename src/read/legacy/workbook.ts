import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import type { Grid, GridRow } from '../grid.ts';
import { NUMBER, toDateText } from '../xlsx/date.ts';
import { damaged, overLimit } from '../xlsx/faults.ts';
import { LIMITS } from '../xlsx/limits.ts';
import { toPlainText } from '../xlsx/number.ts';
import { parseFormat } from '../xlsx/styles.ts';
import { toFailure } from './biff.ts';

/** What is needed to read a workbook, as plain data: it may be done in another thread. */
export interface Task {
  bytes: Uint8Array;
  where: string;
}

/** Cells of one workbook that are held in memory. */
const MOST_CELLS = 30_000_000;

const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

/** Reads an .xls, .et or .xlsb with SheetJS; what it cannot read is a failure, never a part of the table. */
export async function parseWorkbook({ bytes, where }: Task): Promise<Grid[]> {
  const [{ read, set_cptable }, codepages] = await Promise.all([
    import('@e965/xlsx'),
    import('@e965/xlsx/dist/cpexcel.full.mjs'),
  ]);
  set_cptable(codepages);
  const workbook = attempt(() => read(bytes, OPTIONS), where);
  if (workbook.SheetNames.length === 0) throw damaged(where, '没有工作表');
  const cells = { left: MOST_CELLS };
  return workbook.SheetNames.flatMap((name, i) => toGrid(workbook, name, i, where, cells));
}

/** `password` is the one that Excel itself uses for files that are not meant to be protected. */
const OPTIONS = {
  type: 'array',
  dense: true,
  cellStyles: true,
  cellNF: true,
  cellText: false,
  cellFormula: false,
  cellHTML: false,
  codepage: 936,
  password: 'VelvetSweatshop',
} as const;

function attempt<T>(work: () => T, where: string): T {
  try {
    return work();
  } catch (error) {
    throw toFailure(error, where);
  }
}

function toGrid(
  workbook: WorkBook,
  name: string,
  index: number,
  where: string,
  cells: { left: number },
): Grid[] {
  const sheet = workbook.Sheets[name];
  if (sheet === undefined) throw damaged(where, `缺少第 ${index + 1} 张工作表的内容`);
  // Charts keep a copy of their data; macro and dialogue sheets hold none.
  if (sheet['!type'] !== undefined && sheet['!type'] !== 'sheet') return [];
  const isEpoch1904 = workbook.Workbook?.WBProps?.date1904 === true;
  return [
    {
      name,
      hidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0,
      hiddenColumns: [...(sheet['!cols'] ?? []).keys()].filter((column) => sheet['!cols']?.[column]?.hidden),
      rows: toRows(sheet, isEpoch1904, where, cells),
      merges: (sheet['!merges'] ?? []).map(({ s, e }) => ({
        top: s.r + 1,
        left: s.c,
        bottom: e.r + 1,
        right: e.c,
      })),
    },
  ];
}

function toRows(sheet: WorkSheet, date1904: boolean, where: string, cells: { left: number }): GridRow[] {
  const rows: GridRow[] = [];
  // Rows that the file leaves out are holes.
  (sheet['!data'] ?? []).forEach((row, index) => {
    if (row === undefined) return;
    cells.left -= row.length;
    if (cells.left < 0) throw overLimit(where, '单元格过多', `${MOST_CELLS} 个`);
    const texts: string[] = [];
    const numeric: number[] = [];
    for (let column = 0; column < row.length; column++) {
      const cell = row[column];
      texts.push(cell === undefined ? '' : toText(cell, date1904, where));
      if (cell?.t === 'n' && toKind(cell) === NUMBER) numeric.push(column);
    }
    rows.push({ number: index + 1, hidden: sheet['!rows']?.[index]?.hidden === true, texts, numeric });
  });
  return rows;
}

function toText(cell: CellObject, date1904: boolean, where: string): string {
  const { t: type, v: value } = cell;
  if (value === undefined || value === null) return '';
  if (type === 'b') return value ? 'TRUE' : 'FALSE';
  if (type === 'e') return ERRORS[Number(value)] ?? '#ERROR!';
  if (typeof value === 'number') return toNumberText(value, toKind(cell), date1904);
  const text = String(value);
  if (text.length > LIMITS.cellCharacters) throw overLimit(where, '一个单元格的内容过长', '1 MB');
  return text;
}

function toNumberText(value: number, kind: number, date1904: boolean): string {
  const date = kind === NUMBER ? null : toDateText(value, kind, date1904);
  return date ?? (Number.isFinite(value) ? toPlainText(value) : '#NUM!');
}

const kinds = new Map<string, number>();

function toKind({ z: format }: CellObject): number {
  if (typeof format !== 'string') return NUMBER;
  const known = kinds.get(format) ?? parseFormat(format);
  kinds.set(format, known);
  return known;
}
