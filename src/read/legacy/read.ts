import { Failure } from '../../failure.ts';
import { inflateAll } from '../archive.ts';
import type { Grid } from '../grid.ts';
import { damaged } from '../xlsx/faults.ts';
import { isEncryptedOle } from '../xlsx/index.ts';
import { checkRecords } from './biff.ts';
import { checkSheetRecords } from './biff12.ts';
import { parseOle, readStream } from './ole.ts';
import { parseInThread } from './thread.ts';

/** Streams by which other users of OLE2 are told; MSI mangles its names into rare hanzi. */
const OTHERS: [pattern: RegExp, name: string][] = [
  [/^WordDocument$/, 'Word 97-2003 文档（doc）'],
  [/^PowerPoint Document$/, 'PowerPoint 97-2003 演示文稿（ppt）'],
  [/^VisioDocument$/, 'Visio 绘图（vsd）'],
  [/^__properties_version1\.0$/, 'Outlook 邮件（msg）'],
  [/^[\u3800-\u4840]{3,}$/, 'Windows 安装包（msi）'],
];

/** Reads an OLE2 file as a workbook (.xls, .et); one that is something else or protected is a failure that says so. */
export async function parseOleWorkbook(bytes: Buffer, where: string): Promise<Grid[]> {
  if (isEncryptedOle(bytes)) throw new Failure('file-protected', { where });
  const ole = parseOle(bytes, where);
  const stream = readStream(ole, 'Workbook') ?? readStream(ole, 'Book');
  const names = [...ole.streams.keys()];
  if (stream === undefined) {
    const found = OTHERS.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
    throw new Failure('file-type', { where, found: found ?? '未知的 OLE2 文件' });
  }
  return parseRecords(stream, where);
}

/** Reads a workbook stream: what an .xls holds, and what some exporters write as an .xls without any wrapping. */
export async function parseRecords(stream: Buffer, where: string): Promise<Grid[]> {
  checkRecords(stream, where);
  return checkNames(await parseInThread({ bytes: stream, where }), where);
}

/** Reads an .xlsb, after its parts are found whole: the library reads past a wrong check sum and counts to any column. */
export async function parseBinaryWorkbook(bytes: Buffer, where: string): Promise<Grid[]> {
  for (const { path, content } of inflateAll(bytes, where))
    if (/^xl\/worksheets\/[^/]+\.bin$/i.test(path)) checkSheetRecords(content, where);
  return checkNames(await parseInThread({ bytes, where }), where);
}

/** The library keeps one sheet of those that have the same name. */
function checkNames(grids: Grid[], where: string): Grid[] {
  if (new Set(grids.map(({ name }) => name)).size < grids.length) throw damaged(where, '有两张工作表同名');
  return grids;
}
