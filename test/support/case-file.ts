import ExcelJS from 'exceljs';
import { toGb18030 } from './gb18030.ts';

/** A file of a golden case: a CSV as text, or a workbook as sheets of rows. */
export type CaseFile =
  | string
  | { 编码: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030'; 内容: string }
  | { 工作表: CaseSheet[] };

interface CaseSheet {
  名称: string;
  行: (string | number | boolean | null)[][];
  合并?: string[];
  隐藏?: boolean;
  隐藏行?: number[];
  隐藏列?: number[];
}

/** The bytes of a case's file. */
export async function writeCaseFile(file: CaseFile): Promise<Uint8Array> {
  if (typeof file === 'string') return new TextEncoder().encode(file);
  if ('内容' in file) return encode(file.内容, file.编码);
  const workbook = new ExcelJS.Workbook();
  for (const spec of file.工作表) {
    const sheet = workbook.addWorksheet(spec.名称, { state: spec.隐藏 ? 'hidden' : 'visible' });
    for (const row of spec.行) sheet.addRow(row);
    for (const range of spec.合并 ?? []) sheet.mergeCells(range);
    for (const row of spec.隐藏行 ?? []) sheet.getRow(row).hidden = true;
    for (const column of spec.隐藏列 ?? []) sheet.getColumn(column).hidden = true;
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'gb18030') return toGb18030(text);
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return new TextEncoder().encode(encoding === 'utf-8-bom' ? `\ufeff${text}` : text);
}
