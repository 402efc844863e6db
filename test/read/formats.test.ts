/** The same table in every format gives the same figures, the same rows and the same problems, those worked out by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CaseFile, type Cell, isFormatted, writeCaseFile } from '../support/case-file.ts';
import { summarize, toValues } from '../support/run.ts';

const day = (serial: number): Cell => ({ 值: serial, 样式: 'yyyy-mm-dd' });

/** 2022-01-10 is serial 44571. The third ID has a wrong check digit. The 合计 row says 0.10 too much. */
const ROWS: Cell[][] = [
  ['甲县2022年低保金发放明细', null, null, null, null, null, null],
  ['单位：元、人', null, null, null, null, null, null],
  ['乡镇街道', '户编号', '户主姓名', '身份证号', '保障人数', '发放年月', '发放合计'],
  ['东街道', 'H1', '样例一', '11010519491231002X', 2, '2022-01', 300.1],
  ['东街道', 'H1', '样例一', '11010519491231002X', 2, '2022-02', 300.2],
  ['西街道', 'H2', '样例二', '440524188001010014', 1, '2022-01', 1234.56],
  ['西街道', 'H3', '样例三', '440524188001010015', 3, '2022-12', 0],
  ['合计', null, null, null, 8, null, 1834.96],
];

const EVENTS: Cell[][] = [
  ['登记字号', '登记日期', '业务类型'],
  ['J1', day(44571), '结婚登记'],
  ['J2', day(44926), '结婚登记'],
  ['L1', day(44560), '离婚登记'],
];

const toCsv = (rows: Cell[][]): string =>
  rows
    .map((row) => row.map((cell) => (isFormatted(cell) ? toDay(cell.值) : (cell ?? ''))).join(','))
    .join('\r\n');

const toDay = (serial: number): string => new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10);

type ToFile = (rows: Cell[][]) => CaseFile;
type Format = 'xlsx' | 'xls' | 'xlsb' | 'ods' | 'xml' | 'html';

const book =
  (格式: Format): ToFile =>
  (行) => ({ 格式, 工作表: [{ 名称: 'Sheet1', 行 }] });

/** Format → how it is written, and under which suffix: what a file is, its content says. */
const FORMATS: [name: string, suffix: string, toFile: ToFile][] = [
  ['CSV in UTF-8', 'csv', toCsv],
  ['CSV in GB18030', 'csv', (rows) => ({ 编码: 'gb18030', 内容: toCsv(rows) })],
  ['CSV in UTF-16 without a mark', 'csv', (rows) => ({ 编码: 'utf-16le-bare', 内容: toCsv(rows) })],
  ['a CSV named .xls', 'xls', (rows) => ({ 编码: 'gb18030', 内容: toCsv(rows) })],
  ['a TSV named .xls', 'xls', (rows) => toCsv(rows).replaceAll(',', '\t')],
  ['XLSX', 'xlsx', book('xlsx')],
  ['an XLSX named .xls', 'xls', book('xlsx')],
  ['XLS (BIFF8)', 'xls', book('xls')],
  ['an XLS named .et', 'et', book('xls')],
  ['XLSB', 'xlsb', book('xlsb')],
  ['ODS', 'ods', book('ods')],
  ['XML 2003 named .xls', 'xls', book('xml')],
  ['HTML named .xls', 'xls', (rows) => toHtml(rows)],
  ['HTML in GB18030 named .xls', 'xls', (rows) => ({ 编码: 'gb18030', 内容: toHtml(rows) })],
];

function toHtml(rows: Cell[][]): string {
  const [first = '', ...lines] = toCsv(rows).split('\r\n');
  const toRow = (line: string, tag: string) =>
    `<tr>${line
      .split(',')
      .map((cell) => `<${tag}>${cell}</${tag}>`)
      .join('')}</tr>`;
  return `<html><head><meta charset="gb2312"></head><body><table>${toRow(first, 'th')}${lines.map((line) => toRow(line, 'td')).join('\n')}</table></body></html>`;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function run(suffix: string, toFile: ToFile) {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-formats-'));
  folders.push(folder);
  const files = { 低保金发放: ROWS, 婚姻登记: EVENTS };
  for (const [name, rows] of Object.entries(files))
    writeFileSync(join(folder, `甲县2022年${name}.${suffix}`), await writeCaseFile(toFile(rows)));
  return summarize(folder, '--out', join(folder, 'out'));
}

describe.each(FORMATS)('%s', (_, suffix, toFile) => {
  it('gives the figures that follow from the table', async () => {
    const result = await run(suffix, toFile);
    const values = toValues(result);
    expect(values['低保.累计户数']).toBe('3');
    expect(values['低保.累计人次']).toBe('8');
    expect(Number(values['低保.发放金额'])).toBe(1834.86);
    expect(values['婚姻登记.结婚对数']).toBe('2');
    expect(values['婚姻登记.离婚对数']).toBe('0');
    expect(result.sheets.map(({ read, used, setAside }) => ({ read, used, setAside }))).toEqual([
      { read: 5, used: 4, setAside: [{ reason: '合计行', rows: 1 }] },
      { read: 3, used: 2, setAside: [{ reason: '不在本期', rows: 1 }] },
    ]);
    expect(result.problems.map(({ kind, row, count }) => ({ kind, row, count }))).toEqual([
      { kind: 'id-invalid', row: 7, count: 1 },
      { kind: 'total-differs', row: 8, count: 1 },
      { kind: 'other-period', row: 4, count: 1 },
      { kind: 'months-missing', row: 0, count: 1 },
    ]);
  });
});
