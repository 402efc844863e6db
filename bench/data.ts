/** Synthetic payout lists for the benchmarks: 12 columns, IDs with valid check digits in an area that no county uses. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import ExcelJS from 'exceljs';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const HEAD = [
  '乡镇',
  '社区',
  '户编号',
  '户主姓名',
  '身份证号',
  '发放年月',
  '保障人数',
  '保障金',
  '分类施保金',
  '发放合计',
  '开户银行',
  '银行账号',
];
const TITLES = ['东湖区2022年低保发放明细', '单位：元'];

function toId(household: number): string {
  const year = 1930 + (household % 60);
  const month = String((Math.floor(household / 60) % 12) + 1).padStart(2, '0');
  const day = String((Math.floor(household / 720) % 28) + 1).padStart(2, '0');
  const body = `990102${year}${month}${day}${String(Math.floor(household / 20160) % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

/** The i-th row: twelve months of one household after another. */
export function toRow(i: number): string[] {
  const household = Math.floor(i / 12);
  const base = 500 + (household % 400);
  const extra = household % 7 === 0 ? 50 : 0;
  return [
    `第${(household % 8) + 1}街道`,
    `第${(household % 90) + 1}社区`,
    `HH${String(household).padStart(8, '0')}`,
    `样例户主${household % 10_000}`,
    toId(household),
    `2022${String((i % 12) + 1).padStart(2, '0')}`,
    String((household % 4) + 1),
    `${base}.50`,
    `${extra}.00`,
    `${base + extra}.50`,
    '样例银行支行',
    `99000000${String(household).padStart(11, '0')}`,
  ];
}

/** Writes a CSV of `rows` payouts; `encode` turns a block of lines into bytes. */
export async function writeCsv(
  path: string,
  rows: number,
  encode: (text: string) => Uint8Array,
): Promise<void> {
  const stream = createWriteStream(path);
  const pad = ','.repeat(HEAD.length - 1);
  let block = `${TITLES.map((title) => title + pad).join('\n')}\n${HEAD.join(',')}\n`;
  for (let i = 0; i < rows; i++) {
    block += `${toRow(i).join(',')}\n`;
    if (block.length > 1 << 19) {
      if (!stream.write(encode(block))) await once(stream, 'drain');
      block = '';
    }
  }
  stream.end(encode(block));
  await finished(stream);
}

/** Writes the same rows as a workbook; the amounts and persons are numbers. */
export async function writeXlsx(path: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = workbook.addWorksheet('低保发放明细');
  for (const title of TITLES) sheet.addRow([title]).commit();
  sheet.addRow(HEAD).commit();
  for (let i = 0; i < rows; i++)
    sheet.addRow(toRow(i).map((cell, column) => (column >= 6 && column <= 9 ? Number(cell) : cell))).commit();
  sheet.commit();
  await workbook.commit();
}
