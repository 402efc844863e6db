import { Failure } from '../failure.ts';
import type { Grid } from './grid.ts';
import { decodeHtml } from './html/decode.ts';
import { parseTables } from './html/tables.ts';
import { parseSpreadsheetMl } from './xml/spreadsheetml.ts';
import { toUtf8Bytes } from './xml/walk.ts';

/** Reads what begins with '<' and is called .xls: a web page with tables, or an "XML 表格 2003". */
export async function parseMarkup(bytes: Buffer, where: string): Promise<Grid[]> {
  const start = decodeStart(bytes);
  const isXml = /^\s*<\?xml/i.test(start) && !/<(?:!doctype\s+)?html/i.test(start);
  if (!isXml && !/^\s*<(?:\w+:)?workbook\b/i.test(start)) return parseTables(decodeHtml(bytes, where), where);
  const grids = parseSpreadsheetMl(await toUtf8Bytes(bytes, where), where);
  if (grids === null) throw new Failure('file-type', { where, found: 'XML 文件，不是表格' });
  return grids;
}

function decodeStart(bytes: Buffer): string {
  const start = bytes.subarray(0, 2048);
  return start[0] === 0xff
    ? start.toString('utf16le', 2)
    : start.toString('latin1').replace(/^\xef\xbb\xbf/, '');
}
