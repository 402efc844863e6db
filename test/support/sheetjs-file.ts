import { type CellObject, CFB, set_cptable, utils, type WorkSheet, write } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { type BookSpec, type CaseSheet, isFormatted } from './case-file.ts';

set_cptable(codepages);

const TYPES = { xls: 'biff8', xlsb: 'xlsb', ods: 'ods', xml: 'xlml', html: 'html' } as const;

/** A workbook in one of the formats that exceljs does not write. */
export function writeSheetJs(book: BookSpec, format: keyof typeof TYPES): Uint8Array {
  const workbook = utils.book_new();
  for (const spec of book.工作表) utils.book_append_sheet(workbook, toSheet(spec), spec.名称);
  workbook.Workbook = { Sheets: book.工作表.map(({ 名称, 隐藏 }) => ({ name: 名称, Hidden: 隐藏 ? 1 : 0 })) };
  return new Uint8Array(write(workbook, { bookType: TYPES[format], type: 'buffer', cellStyles: true }));
}

function toSheet(spec: CaseSheet): WorkSheet {
  const sheet = utils.aoa_to_sheet(
    spec.行.map((row) => row.map((cell) => (isFormatted(cell) ? toCell(cell.值, cell.样式) : cell))),
  );
  sheet['!merges'] = (spec.合并 ?? []).map((range) => utils.decode_range(range));
  sheet['!rows'] = spec.行.map((_, i) => ({ hidden: spec.隐藏行?.includes(i + 1) ?? false }));
  sheet['!cols'] = Array.from({ length: 30 }, (_, i) => ({ hidden: spec.隐藏列?.includes(i + 1) ?? false }));
  return sheet;
}

const toCell = (value: number, format: string): CellObject => ({ t: 'n', v: value, z: format });

/** An OLE2 file with streams of these names and nothing much in them. */
export function writeOle(streams: string[]): Uint8Array {
  const container = CFB.utils.cfb_new();
  for (const name of streams) CFB.utils.cfb_add(container, `/${name}`, Buffer.alloc(5000, name));
  return Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Buffer);
}
