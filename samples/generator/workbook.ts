import ExcelJS from 'exceljs';
import type { Cell, Grid } from './grid.ts';

const fixedDate = new Date('2023-01-05T00:00:00Z');

/** 1980-01-01 00:00 as zip archives write it, the earliest time they know. */
const zipDate = 0x0021;

function setZipTime(zip: Buffer, offset: number): void {
  zip.writeUInt16LE(0, offset);
  zip.writeUInt16LE(zipDate, offset + 2);
}

/** Takes the time of writing out of a zip archive, so that equal content gives equal bytes. */
function stripZipTimes(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    setZipTime(zip, entry + 12);
    setZipTime(zip, zip.readUInt32LE(entry + 42) + 10);
    const lengths =
      zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
    entry += 46 + lengths;
  }
  return zip;
}

function widthOf(cells: Cell[]): number {
  const widest = Math.max(8, ...cells.map((cell) => (typeof cell === 'string' ? cell.length : 0)));
  return Math.min(24, widest + 4);
}

function styleHeads(sheet: ExcelJS.Worksheet, grid: Grid): void {
  grid.rows.forEach(({ kind }, index) => {
    if (kind !== 'head') return;
    const row = sheet.getRow(index + 1);
    row.font = { bold: true };
    row.alignment = { horizontal: 'center', vertical: 'middle' };
  });
}

function addSheet(workbook: ExcelJS.Workbook, grid: Grid): void {
  const sheet = workbook.addWorksheet(grid.sheet, { state: grid.hidden ? 'hidden' : 'visible' });
  const samples = grid.rows.filter(({ kind }) => kind === 'data').slice(0, 3);
  grid.formats.forEach((format, index) => {
    const column = sheet.getColumn(index + 1);
    column.width = widthOf(samples.map(({ cells }) => cells[index] ?? null));
    if (format) column.numFmt = format;
  });
  for (const { cells } of grid.rows) sheet.addRow(cells);
  styleHeads(sheet, grid);
  for (const range of grid.merges) sheet.mergeCells(...range);
}

/** Writes sheets as an XLSX file; equal sheets give equal bytes. */
export async function toWorkbook(grids: readonly Grid[], creator: string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  Object.assign(workbook, { creator, lastModifiedBy: creator, created: fixedDate, modified: fixedDate });
  for (const grid of grids) addSheet(workbook, grid);
  const zip = { compression: 'DEFLATE' as const, compressionOptions: { level: 6 } };
  return stripZipTimes(Buffer.from(await workbook.xlsx.writeBuffer({ zip })));
}
