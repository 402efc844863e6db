import ExcelJS from 'exceljs';
import { toLetters } from '../format.ts';
import type { Cell, Column, Formula, Row, Sheet } from './table.ts';
import { FILLED_BY_HAND, toWord } from './table.ts';

const FONT = { name: '宋体', size: 11 };
const TITLE_FONT = { name: '黑体', size: 16 };
const BORDER = { style: 'thin' as const };
const BORDERS = { top: BORDER, left: BORDER, bottom: BORDER, right: BORDER };
/** Rows above the head: 附表 number, title, unit and date. */
const ABOVE = 3;
const WIDEST = 40;

/** All tables in one workbook behind a contents sheet; formulas carry the values that they give. */
export async function renderWorkbook(sheets: Sheet[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.created = new Date(0);
  workbook.modified = new Date(0);
  addContents(workbook, sheets);
  for (const [index, sheet] of sheets.entries()) addSheet(workbook, sheet, index + 1);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Names of sheets: Excel allows 31 characters and none of : \ / ? * [ ]. */
const toTab = ({ name }: Sheet, number: number): string =>
  `附表${number} ${name.replace(/[:\\/?*[\]]/g, '')}`.slice(0, 31);

function addContents(workbook: ExcelJS.Workbook, sheets: Sheet[]): void {
  const page = workbook.addWorksheet('目录', { pageSetup: { paperSize: 9, orientation: 'portrait' } });
  page.columns = [{ width: 10 }, { width: 50 }];
  const title = page.addRow(['目录']);
  title.font = TITLE_FONT;
  for (const [index, sheet] of sheets.entries()) {
    const row = page.addRow([`附表${index + 1}`]);
    row.font = FONT;
    row.getCell(2).value = { text: toSafe(sheet.title), hyperlink: `#'${toTab(sheet, index + 1)}'!A1` };
    row.getCell(2).font = { ...FONT, underline: true };
  }
}

function addSheet(workbook: ExcelJS.Workbook, sheet: Sheet, number: number): void {
  const grouped = sheet.columns.some(({ group }) => group !== '');
  const headRows = grouped ? 2 : 1;
  const top = ABOVE + headRows;
  const page = workbook.addWorksheet(toTab(sheet, number), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: top }],
    pageSetup: {
      paperSize: 9,
      orientation: sheet.landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `${ABOVE + 1}:${top}`,
      margins: { left: 0.6, right: 0.6, top: 0.8, bottom: 0.8, header: 0.4, footer: 0.4 },
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  });
  addTop(page, sheet, number);
  addHead(page, sheet.columns, grouped);
  for (const row of sheet.rows) addRow(page, row, top);
  addBottom(page, sheet);
  sheet.columns.forEach((column, index) => {
    page.getColumn(index + 1).width = toWidth(column, index, sheet.rows);
  });
}

function addTop(page: ExcelJS.Worksheet, sheet: Sheet, number: number): void {
  const last = sheet.columns.length;
  page.addRow([`附表${number}`]).font = FONT;
  const title = page.addRow([toSafe(sheet.title)]);
  title.font = TITLE_FONT;
  title.height = 28;
  title.getCell(1).alignment = { horizontal: 'center', vertical: 'middle' };
  page.mergeCells(2, 1, 2, last);
  const line = page.addRow([`填报单位：${toSafe(sheet.organisation)}　　${sheet.when}`]);
  line.font = FONT;
  page.mergeCells(3, 1, 3, last);
}

function addHead(page: ExcelJS.Worksheet, columns: Column[], grouped: boolean): void {
  // On a line of its own: a unit that is broken in two is hard to read.
  const names = columns.map(({ name, unit }) => (unit === '' ? name : `${name}\n（${unit}）`));
  const [first, last] = [ABOVE + 1, ABOVE + (grouped ? 2 : 1)];
  if (grouped) page.addRow(columns.map(({ group }, index) => (group === '' ? (names[index] ?? '') : group)));
  page.addRow(names);
  for (let row = first; row <= last; row++) styleHead(page.getRow(row), columns.length);
  if (!grouped) return;
  for (let from = 0; from < columns.length; ) {
    const group = columns[from]?.group ?? '';
    let to = from;
    while (group !== '' && columns[to + 1]?.group === group) to++;
    if (group === '') page.mergeCells(first, from + 1, last, from + 1);
    else if (to > from) page.mergeCells(first, from + 1, first, to + 1);
    from = to + 1;
  }
}

function styleHead(row: ExcelJS.Row, width: number): void {
  row.height = 32;
  for (let column = 1; column <= width; column++) {
    const cell = row.getCell(column);
    cell.font = { ...FONT, bold: true };
    cell.border = BORDERS;
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  }
}

function addRow(page: ExcelJS.Worksheet, { cells, bold, indented }: Row, top: number): void {
  const row = page.addRow([]);
  cells.forEach((cell, index) => {
    const target = row.getCell(index + 1);
    target.value = toValue(cell, row.number, index, top);
    target.font = { ...FONT, bold };
    target.border = BORDERS;
    target.alignment = {
      vertical: 'middle',
      horizontal: cell.type === 'number' ? 'right' : index === 0 ? 'left' : 'center',
      wrapText: cell.type === 'text',
      ...(index === 0 && indented ? { indent: 1 } : {}),
    };
    if (cell.type === 'number') target.numFmt = toFormat(cell.decimals);
  });
}

const toFormat = (decimals: number): string => (decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`);

function toValue(cell: Cell, row: number, column: number, top: number): ExcelJS.CellValue {
  if (cell.type !== 'number') return toSafe(toWord(cell));
  const value = Number(cell.value);
  return cell.formula === null
    ? value
    : { formula: toFormula(cell.formula, row, column, top), result: value };
}

function toFormula(formula: Formula, row: number, column: number, top: number): string {
  const at = (index: number, line = row) => `${toLetters(index)}${line}`;
  switch (formula.type) {
    case 'sum':
      return `SUM(${at(column, top + 1 + formula.from)}:${at(column, top + 1 + formula.to)})`;
    case 'share':
      return `${at(formula.over)}/${at(formula.under)}${formula.times === '1' ? '' : `*${formula.times}`}`;
    case 'minus':
      return `${at(formula.of)}-${at(formula.less)}`;
  }
}

function addBottom(page: ExcelJS.Worksheet, { notes, columns }: Sheet): void {
  const lines = [
    ...notes.map((note, index) => (index === 0 ? `注：${note}` : `　　${note}`)),
    FILLED_BY_HAND,
  ];
  for (const line of lines) {
    const row = page.addRow([toSafe(line)]);
    row.font = { ...FONT, size: 10 };
    row.getCell(1).alignment = { wrapText: true, vertical: 'top' };
    page.mergeCells(row.number, 1, row.number, columns.length);
  }
}

/** A Chinese character is as wide as two Latin ones. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0);

function toWidth({ name, unit }: Column, index: number, rows: Row[]): number {
  const texts = rows.map(({ cells }) => {
    const cell = cells[index];
    return cell === undefined ? '' : cell.type === 'number' ? cell.text : toWord(cell);
  });
  const head = Math.max(Math.ceil(widthOf(name) / 2), widthOf(unit) + 4);
  return Math.min(WIDEST, Math.max(9, head + 2, ...texts.map((text) => widthOf(text) + 2)));
}

/** Text stays text: exceljs writes no formula from a string, and control characters are no part of a table. */
const toSafe = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, '');
