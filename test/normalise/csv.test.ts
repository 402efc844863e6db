/** DuckDB's reading of a CSV and csv-parse's: the same rows, cell by cell, in the same order and with the same line numbers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/index.ts';
import type { Dataset, Recognition, Sheet } from '../../src/model.ts';
import { load } from '../../src/normalise/index.ts';
import { read, readSource } from '../../src/read/index.ts';
import { recognise, toSynonyms } from '../../src/recognise/index.ts';
import { openStore, type StoreRow } from '../../src/store/index.ts';
import { toGb18030 } from '../support/gb18030.ts';

const catalogue = loadCatalogue();
const synonyms = toSynonyms(catalogue);
const folder = mkdtempSync(join(tmpdir(), 'mzreport-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The loaded rows; with `plain` false the sheet is made to go through the reader of batches. */
async function loadRows(sheet: Sheet, plain: boolean): Promise<{ rows: StoreRow[]; direct: boolean }> {
  const store = await openStore('00'.repeat(16));
  try {
    const { recognition } = recognise(sheet, catalogue, synonyms);
    const given = recognition as Recognition & { dataset: Dataset };
    let streamed = false;
    const watched: Sheet = {
      ...sheet,
      csv: plain ? sheet.csv : null,
      read: () => {
        streamed = true;
        return sheet.read();
      },
    };
    await load(1, watched, given, catalogue, store, () => {});
    const rows = await store.rows(`select * from s1 where aside is distinct from 'blank' order by row`);
    return { rows, direct: !streamed };
  } finally {
    store.close();
  }
}

const quote = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const town = fc.constantFrom('东街道', '西 街道', ' 南镇', '北镇　', '"中"镇', '一,二村', '', '合计');
const amount = fc.constantFrom('100', '1,234.50', '（300）', '-', '', '待定', '￥5', '0.125', '３００');
const month = fc.constantFrom('202201', '2022-02', '2022年3月', '2022/4', '', '十月', '2022-12-31');
const people = fc.constantFrom('1', '2人', '', '3.0', '两', '990102198001010011');
const row = fc.tuple(town, month, people, amount);

async function toSheet(text: string, encoding: 'utf-8' | 'gb18030'): Promise<Sheet> {
  const path = join(folder, '甲县高龄津贴2022.csv');
  writeFileSync(path, encoding === 'utf-8' ? text : toGb18030(text));
  const [sheet] = await read(await readSource(path));
  if (!sheet) throw new Error('no sheet');
  return sheet;
}

it.each(['utf-8', 'gb18030'] as const)(
  '%s: both readings agree on every cell',
  async (encoding) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, end) => {
          const lines = [
            '甲县2022年高龄津贴发放表,,,',
            '街道,发放月份,人次,发放金额（元）',
            ...rows.map((cells) => cells.map(quote).join(',')),
          ];
          const sheet = await toSheet(`${lines.join(end)}${end}`, encoding);
          const direct = await loadRows(sheet, true);
          const streamed = await loadRows(sheet, false);
          expect(direct.direct).toBe(process.platform !== 'win32' || encoding === 'utf-8');
          expect(direct.rows).toEqual(streamed.rows);
        },
      ),
      { numRuns: 12 },
    );
  },
  60_000,
);

it.each([
  [
    'a line break inside a cell',
    '东街道,2022-01,1,100\n"西\n街道",2022-02,2,200\n南镇,2022-03,3,300\n',
    [3, 4, 6],
  ],
  ['a blank line between', '东街道,2022-01,1,100\n\n西街道,2022-02,2,200\n', [3, 5]],
  ['a short line', '东街道,2022-01,1,100\n西街道,2022-02\n南镇,2022-03,3,300\n', [3, 4, 5]],
  ['a line with a cell too many', '东街道,2022-01,1,100\n西街道,2022-02,2,1,200\n', [3, 4]],
  ['mixed line ends', '东街道,2022-01,1,100\r\n西街道,2022-02,2,200\n', [3, 4]],
])('%s: the rows keep their line numbers', async (_, body, numbers) => {
  const sheet = await toSheet(
    `甲县2022年高龄津贴发放表,,,\n街道,发放月份,人次,发放金额（元）\n${body}`,
    'utf-8',
  );
  const { rows } = await loadRows(sheet, true);
  expect(rows.map(({ row: number }) => Number(number))).toEqual(numbers);
});

it('a shifted line is set aside, not added up in the wrong column', async () => {
  const sheet = await toSheet(
    '街道,发放月份,人次,发放金额（元）\n东街道,2022-01,1,100\n西街道,2022-02,2,1,200\n',
    'utf-8',
  );
  const { rows } = await loadRows(sheet, true);
  expect(rows.map(({ aside }) => aside)).toEqual([null, 'ragged']);
});
