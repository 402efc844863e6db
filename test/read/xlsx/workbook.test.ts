import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/failure.ts';
import { isEncryptedOle, readXlsx } from '../../../src/read/xlsx/index.ts';
import { failureOf, gridOf, openBook, readGrid, sourceOf } from './workbook-file.ts';
import { type Parts, partsOf, relations, zipOf } from './zip-file.ts';

const SHEET = '<sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c></row></sheetData>';
const codeOf = async (bytes: Buffer) => (await failureOf(readXlsx(sourceOf(bytes)))).code;

describe('workbooks', () => {
  it('lists the sheets in order, hidden ones flagged, chart sheets left out', async () => {
    const workbook =
      '<x:workbook xmlns:x="a" xmlns:rel="b"><x:sheets><x:sheet name="名册 " sheetId="7" rel:id="r2"/>' +
      '<x:sheet name="图表" sheetId="1" rel:id="r3"/><x:sheet name="字典&amp;说明" sheetId="2" state="veryHidden" rel:id="r1"/>' +
      '</x:sheets></x:workbook>';
    const rels = relations([
      ['r1', 'worksheet', '/xl/worksheets/sheet1.xml'],
      ['r2', 'worksheet', 'worksheets\\sheet1.xml'],
      ['r3', 'chartsheet', 'chartsheets/sheet1.xml'],
    ]);
    const sheets = await openBook({
      sheet: SHEET,
      parts: { 'xl/workbook.xml': workbook, 'xl/_rels/workbook.xml.rels': rels },
    });
    expect(sheets.map(({ name, hidden }) => ({ name, hidden }))).toEqual([
      { name: '名册 ', hidden: false },
      { name: '字典&说明', hidden: true },
    ]);
    expect(sheets[1]?.head).toEqual([{ number: 1, cells: ['甲'] }]);
  });

  it('finds parts whatever their slashes and case, stored or deflated, zip64 or not', async () => {
    const parts = partsOf({ sheet: SHEET });
    const odd: Parts = Object.fromEntries(
      Object.entries(parts).map(([path, content]) => [path.replaceAll('/', '\\').toUpperCase(), content]),
    );
    for (const bytes of [zipOf(odd), zipOf(parts, { stored: true }), zipOf(parts, { zip64: true })]) {
      const [sheet] = await readXlsx(sourceOf(bytes));
      expect(sheet && (await gridOf(sheet)).texts).toEqual({ '1:0': '甲' });
    }
    const trailing = zipOf(parts);
    trailing.writeUInt16LE(4, trailing.length - 2);
    expect(await readXlsx(sourceOf(Buffer.concat([trailing, Buffer.from('note')])))).toHaveLength(1);
  });

  it('needs neither styles nor shared strings nor root relations', async () => {
    const without = {
      '_rels/.rels': undefined,
      'xl/styles.xml': undefined,
      'xl/sharedStrings.xml': undefined,
    };
    expect((await readGrid({ sheet: SHEET, parts: without })).texts).toEqual({ '1:0': '甲' });
  });

  it('reads parts in UTF-16 and in a declared GBK', async () => {
    const xml = `<worksheet>${SHEET}</worksheet>`;
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]);
    const gbk = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="GBK"?>'),
      ...xml
        .split('甲')
        .flatMap((part, i) =>
          i === 0 ? [Buffer.from(part)] : [Buffer.from([0xbc, 0xd7]), Buffer.from(part)],
        ),
    ]);
    for (const bytes of [utf16, gbk, Buffer.from(`\uFEFF${xml}`)])
      expect((await readGrid({ sheet: '', parts: { 'xl/worksheets/sheet1.xml': bytes } })).texts).toEqual({
        '1:0': '甲',
      });
  });

  it('shares one table of strings among many sheets', async () => {
    const sheets = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `${i}`,
        `<sheetData><row><c t="s"><v>${i}</v></c></row></sheetData>`,
      ]),
    );
    const strings = Array.from({ length: 3000 }, (_, i) => `<si><t>串${i}</t></si>`).join('');
    const opened = await openBook({ sheet: sheets, strings });
    expect(opened.map((sheet) => sheet.head[0]?.cells[0])).toEqual(
      Array.from({ length: 30 }, (_, i) => `串${i}`),
    );
  });
});

describe('files that cannot be read', () => {
  const whole = zipOf(partsOf({ sheet: SHEET }));

  it('names a document that is no workbook', async () => {
    const kinds: [string, string][] = [
      ['word/document.xml', 'Word 文档'],
      ['ppt/presentation.xml', 'PowerPoint 演示文稿'],
      ['xl/workbook.bin', 'xlsb'],
      ['content.xml', 'OpenDocument'],
      ['照片.jpg', '压缩包'],
    ];
    for (const [path, name] of kinds) {
      const rels = relations([['rId1', 'officeDocument', path]]);
      const failure = await failureOf(readXlsx(sourceOf(zipOf({ '_rels/.rels': rels, [path]: '<x/>' }))));
      expect(failure.code).toBe('file-type');
      expect(failure.message).toContain(name);
    }
  });

  it('takes a file that is no zip, or cut off anywhere, for damaged', async () => {
    expect(await codeOf(Buffer.from('姓名,身份证号'))).toBe('file-damaged');
    expect(await codeOf(Buffer.alloc(0))).toBe('file-damaged');
    for (let end = 0; end < whole.length; end += 97)
      expect(await codeOf(whole.subarray(0, end))).toBe('file-damaged');
  });

  it('never gives anything but a Failure for a flipped byte', async () => {
    for (let at = 0; at < whole.length; at += 11) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      try {
        for (const sheet of await readXlsx(sourceOf(bytes))) await gridOf(sheet);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
      }
    }
  });

  it('checks the CRC of each part', async () => {
    expect(await codeOf(zipOf(partsOf({ sheet: SHEET }), { crc: 1 }))).toBe('file-damaged');
  });

  it('takes a workbook without sheets, or without a sheet’s part, for damaged', async () => {
    expect((await failureOf(openBook({ sheet: {} }))).code).toBe('file-damaged');
    const missing = await failureOf(
      openBook({ sheet: SHEET, parts: { 'xl/worksheets/sheet1.xml': undefined } }),
    );
    expect(missing.code).toBe('file-damaged');
  });

  it('stops early at a bomb', async () => {
    const bomb = `<worksheet><sheetData>${' '.repeat(65 * 1024 * 1024)}</sheetData></worksheet>`;
    const failure = await failureOf(openBook({ sheet: '', parts: { 'xl/worksheets/sheet1.xml': bomb } }));
    expect(failure.code).toBe('file-limit');
    expect(failure.message).toContain('200:1');
  });

  it('refuses a zip of more than 20,000 parts', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`${i}`, '']));
    expect(await codeOf(zipOf(many, { stored: true }))).toBe('file-limit');
  });

  it('says which file is missing, and which one has a password', async () => {
    const source = { path: '/nowhere/名册.xlsx', name: '名册.xlsx', bytes: 0, sha256: '' };
    expect((await failureOf(readXlsx(source))).code).toBe('file-missing');
    const locked = Buffer.from(whole);
    locked[locked.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8] = 1;
    expect(await codeOf(locked)).toBe('file-protected');
    const ole = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(isEncryptedOle(ole)).toBe(true);
    expect(isEncryptedOle(whole)).toBe(false);
    expect(isEncryptedOle(Buffer.alloc(0))).toBe(false);
    expect(await failureOf(readXlsx({ ...source, path: tmpdir() }))).toMatchObject({
      code: 'file-unreadable',
    });
  });
});
