import ExcelJS from 'exceljs';
import { type Change, toChanged } from './change.ts';
import { toGb18030, toTwoByte } from './gb18030.ts';
import { type PackSpec, SKELETON, toPack } from './pack.ts';
import { writeOle, writeSheetJs } from './sheetjs-file.ts';

/** A file of a golden case: a CSV as text, a workbook as sheets of rows, or a zip as parts or files. */
export type CaseFile = string | (FileSpec & { 改动?: Change });

type FileSpec =
  | { 编码: Encoding; 内容: string }
  | BookSpec
  /** An xlsx whose parts are written out; those that are not given are those of a workbook with one sheet. */
  | { 工作簿部件: PackSpec }
  | { 部件: PackSpec }
  | { 压缩包: ZipSpec }
  /** An OLE2 file with streams of these names. */
  | { 复合文档: string[] };

type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'utf-16le-bare' | 'gb18030' | 'big5';

export interface BookSpec {
  /** Default xlsx. */
  格式?: 'xlsx' | 'xls' | 'xlsb' | 'ods' | 'xml' | 'html';
  工作表: CaseSheet[];
}

interface ZipSpec {
  文件: Record<string, CaseFile>;
  名称编码?: 'utf-8' | 'gb18030';
  加密?: boolean;
}

/** A cell that stores a number and shows it by a format, such as a date. */
export interface FormattedCell {
  值: number;
  样式: string;
}

export type Cell = string | number | boolean | null | FormattedCell;

export interface CaseSheet {
  名称: string;
  行: Cell[][];
  合并?: string[];
  隐藏?: boolean;
  隐藏行?: number[];
  隐藏列?: number[];
  /** Rows below that have a format and no text. */
  空行?: number;
}

/** The bytes of a case's file. */
export async function writeCaseFile(file: CaseFile): Promise<Uint8Array> {
  if (typeof file === 'string') return new TextEncoder().encode(file);
  const bytes = Buffer.from(await writeSpec(file));
  return file.改动 ? toChanged(bytes, file.改动) : bytes;
}

async function writeSpec(file: FileSpec): Promise<Uint8Array> {
  if ('内容' in file) return encode(file.内容, file.编码);
  if ('部件' in file) return toPack(file.部件);
  if ('工作簿部件' in file) return toPack({ ...SKELETON, ...file.工作簿部件 });
  if ('复合文档' in file) return writeOle(file.复合文档);
  if ('压缩包' in file) return writeZip(file.压缩包);
  return file.格式 === undefined || file.格式 === 'xlsx' ? writeXlsx(file) : writeSheetJs(file, file.格式);
}

async function writeZip({ 文件, 名称编码, 加密 }: ZipSpec): Promise<Uint8Array> {
  const parts: [string, Uint8Array][] = [];
  for (const [name, file] of Object.entries(文件)) parts.push([name, await writeCaseFile(file)]);
  const nameOf = (name: string) => Buffer.from(名称编码 === 'gb18030' ? toGb18030(name) : name);
  return toPack(Object.fromEntries(parts), { nameOf, isEncrypted: 加密 === true });
}

async function writeXlsx(file: BookSpec): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const spec of file.工作表) {
    const sheet = workbook.addWorksheet(spec.名称, { state: spec.隐藏 ? 'hidden' : 'visible' });
    for (const row of spec.行) addRow(sheet, row);
    for (const range of spec.合并 ?? []) sheet.mergeCells(range);
    for (const row of spec.隐藏行 ?? []) sheet.getRow(row).hidden = true;
    for (let i = 0; i < (spec.空行 ?? 0); i++)
      sheet.addRow(['', ' ']).getCell(1).border = { top: { style: 'thin' } };
    for (const column of spec.隐藏列 ?? []) sheet.getColumn(column).hidden = true;
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addRow(sheet: ExcelJS.Worksheet, cells: Cell[]): void {
  const row = sheet.addRow(cells.map((cell) => (isFormatted(cell) ? cell.值 : cell)));
  cells.forEach((cell, i) => {
    if (isFormatted(cell)) row.getCell(i + 1).numFmt = cell.样式;
  });
}

/** True for a cell with a format of its own. */
export const isFormatted = (cell: Cell): cell is FormattedCell => typeof cell === 'object' && cell !== null;

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'gb18030') return toGb18030(text);
  if (encoding === 'big5') return toTwoByte(text, 'big5');
  if (encoding === 'utf-16le-bare') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return new TextEncoder().encode(encoding === 'utf-8-bom' ? `\ufeff${text}` : text);
}
