/** Old and disguised workbooks become the same sheets as new ones, and a part of one is never taken for the whole. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../src/failure.ts';
import type { Sheet } from '../../src/model.ts';
import { read, readSource } from '../../src/read/index.ts';
import { type BookSpec, writeCaseFile } from '../support/case-file.ts';
import { toGb18030 } from '../support/gb18030.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-legacy-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function open(bytes: Uint8Array, name = 'a.xls'): Promise<Sheet[]> {
  writeFileSync(join(folder, name), bytes);
  return read(await readSource(join(folder, name)));
}

/** Rows as "number: cell|cell", a hidden row with *, a stored number with #. */
async function linesOf(sheet: Sheet): Promise<string[]> {
  const lines: string[] = [];
  for await (const { numbers, columns, numeric, hidden } of sheet.read()) {
    numbers.forEach((number, i) => {
      const cells = columns.map((column, c) => `${column[i]}${numeric[c]?.[i] ? '#' : ''}`);
      lines.push(`${number}${hidden?.[i] ? '*' : ''}: ${cells.join('|')}`);
    });
  }
  return lines;
}

const failureOf = async (bytes: Uint8Array): Promise<string> =>
  open(bytes).then(
    () => 'read',
    (error: Failure) => error.code,
  );

const BOOK: BookSpec = {
  工作表: [
    {
      名称: '低保',
      合并: ['A1:D1'],
      隐藏列: [2],
      行: [
        ['标题', null, null, null],
        ['街道', '身份证号', '金额', '日期'],
        ['东', '11010519491231002X', 0.1 + 0.2, { 值: 44927, 样式: 'yyyy-mm-dd' }],
        ['西', 351030000000000000, 1e-7, { 值: 44927.354, 样式: 'yyyy"年"m"月"d"日"' }],
        ['北', true, -1234.5, { 值: 0.5, 样式: 'h:mm' }],
      ],
    },
    { 名称: '字典', 隐藏: true, 行: [['甲']] },
  ],
};

describe.each(['xls', 'xlsb', 'ods', 'xml'] as const)('%s', (格式) => {
  it('keeps texts, numbers at 15 digits, dates, merges and what is hidden', async () => {
    const [sheet, hidden] = await open(await writeCaseFile({ ...BOOK, 格式 }));
    if (!sheet || !hidden) throw new Error('two sheets expected');
    expect(await linesOf(sheet)).toEqual([
      expect.stringMatching(/^1: 标题\|*$/),
      '2: 街道|身份证号|金额|日期',
      '3: 东|11010519491231002X|0.3#|2023-01-01',
      '4: 西|351030000000000000#|0.0000001#|2023-01-01T08:29:46',
      '5: 北|TRUE|-1234.5#|12:00:00',
    ]);
    for await (const _ of sheet.read());
    expect(sheet.merges()).toEqual([{ top: 1, left: 0, bottom: 1, right: 3 }]);
    // SheetJS writes an .ods without what is hidden.
    if (格式 === 'ods') return;
    expect([sheet.hidden, hidden.hidden]).toEqual([false, true]);
    expect(sheet.hiddenColumns).toEqual([1]);
  });

  it.each([0.2, 0.5, 0.8, 0.95])('is damaged when %d of it is left', async (留下) => {
    expect(await failureOf(await writeCaseFile({ ...BOOK, 格式, 改动: { 留下 } }))).toBe('file-damaged');
  });
});

/** A BIFF5 stream as Delphi programs write it: no OLE2 around it, CP936, texts in LABEL records. */
function writeBiff5(rows: (string | number)[][]): Buffer {
  const record = (type: number, body: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(body.length, 2);
    return Buffer.concat([head, body]);
  };
  const words = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 2);
    for (const [i, value] of values.entries()) bytes.writeUInt16LE(value, i * 2);
    return bytes;
  };
  const bof = (kind: number) => record(0x0809, words(0x0500, kind, 0x0dbb, 1996));
  const name = Buffer.from(toGb18030('低保'));
  const place = Buffer.alloc(4);
  const sheetEntry = () => record(0x0085, Buffer.concat([place, words(0), Buffer.of(name.length), name]));
  const codepage = record(0x0042, words(936));
  const end = record(0x000a, Buffer.alloc(0));
  place.writeUInt32LE(bof(5).length + codepage.length + sheetEntry().length + end.length);
  const cells = rows.flatMap((row, r) =>
    row.map((cell, c) => {
      if (typeof cell === 'number') {
        const value = Buffer.alloc(8);
        value.writeDoubleLE(cell);
        return record(0x0203, Buffer.concat([words(r, c, 0), value]));
      }
      const text = Buffer.from(toGb18030(cell));
      return record(0x0204, Buffer.concat([words(r, c, 0, text.length), text]));
    }),
  );
  return Buffer.concat([bof(5), codepage, sheetEntry(), end, bof(16), ...cells, end]);
}

describe('a BIFF5 stream in CP936', () => {
  const bytes = writeBiff5([
    ['街道', '金额'],
    ['东街道', 300.1],
  ]);

  it('is read as Chinese', async () => {
    const [sheet] = await open(bytes);
    expect(sheet?.name).toBe('低保');
    expect(sheet && (await linesOf(sheet))).toEqual(['1: 街道|金额', '2: 东街道|300.1#']);
  });

  it('is damaged wherever it is cut', async () => {
    for (let length = 8; length < bytes.length; length++)
      expect(await failureOf(bytes.subarray(0, length)), String(length)).toMatch(/^file-(?:damaged|type)$/);
  });
});
