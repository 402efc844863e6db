/**
 * What becomes of a cell and of a row, through the real path: a CSV as a bureau exports it is read, recognised, loaded
 * and normalised, and then the store's table is looked at.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/index.ts';
import type { Problem, RowCount } from '../../src/model.ts';
import { countRows, type LoadedTable, load, normalise } from '../../src/normalise/index.ts';
import { toLine } from '../../src/problem.ts';
import { read, readSource } from '../../src/read/index.ts';
import { recognise, toSynonyms } from '../../src/recognise/index.ts';
import { openStore, type Store, type StoreRow } from '../../src/store/index.ts';
import { toGb18030 } from '../support/gb18030.ts';

const catalogue = loadCatalogue();
const synonyms = toSynonyms(catalogue);
const KEY = '0123456789abcdef0123456789abcdef';
const YEAR = { from: '2022-01', to: '2022-12' };

/** From the standard GB 11643-1999 itself; the same person's ID of 15 digits, and another person's. */
const ID = '11010519491231002X';
const ID15 = '110105491231002';
const OTHER_ID = '440524188001010014';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-cells-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const quote = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const toCsv = (rows: string[][]): string => rows.map((row) => row.map(quote).join(',')).join('\n');

const PAYOUTS = [['东湖区2022年低保发放明细'], ['单位：元']];
const PAYOUT_HEAD = ['乡镇街道', '户编号', '户主姓名', '身份证号', '保障人数', '发放年月', '发放合计'];
/** The first row of data in a list made of PAYOUTS, PAYOUT_HEAD and rows. */
const FIRST = 4;

interface PayoutCells {
  town?: string;
  household?: string;
  id?: string;
  persons?: string;
  month?: string;
  amount?: string;
}
const toPayout = (cells: PayoutCells): string[] => [
  cells.town ?? '东湖街道',
  cells.household ?? 'H1',
  '户主甲',
  cells.id ?? ID,
  cells.persons ?? '2',
  cells.month ?? '2022-03',
  cells.amount ?? '300',
];

const EVENTS = [['东湖区2022年低保动态变更表']];
/** The first row of data in a list made of EVENTS, EVENT_HEAD and rows. */
const FIRST_EVENT = 3;
const EVENT_HEAD = ['乡镇街道', '户编号', '变动类型', '变动日期', '保障人数'];

interface Loaded {
  table: LoadedTable;
  rows: StoreRow[];
  count: RowCount;
}

let number = 0;
async function loadFile(path: string, store: Store): Promise<Loaded> {
  number += 1;
  const [sheet] = await read(await readSource(path));
  if (!sheet) throw new Error('the file has no sheet');
  const { recognition } = recognise(sheet, catalogue, synonyms);
  if (recognition.dataset === null) throw new Error(recognition.reason);
  const known = { ...recognition, dataset: recognition.dataset };
  const table = await load(number, sheet, known, catalogue, store, () => {});
  const rows = await store.rows(`select * from ${table.table} order by row`);
  const counts = await countRows([{ table, periods: [YEAR], compared: [] }], store);
  const count = counts.get(table.id);
  if (!count) throw new Error('the table was not counted');
  return { table, rows, count };
}

/** Loads a list into a store of its own and finds its problems. */
async function loadRows(rows: string[][]): Promise<Loaded & { problems: Problem[] }> {
  const path = join(folder, `表${number}.csv`);
  writeFileSync(path, toCsv(rows));
  return loadAlone(path);
}

async function loadAlone(path: string): Promise<Loaded & { problems: Problem[] }> {
  const store = await openStore(KEY);
  try {
    const loaded = await loadFile(path, store);
    return { ...loaded, problems: (await normalise([loaded.table], catalogue, store)).problems };
  } finally {
    store.close();
  }
}

/** Cells that are loaded as one list, each with the row in which it stands, for tests of each by itself. */
function inRows<T>(cells: T[], first: number): { cell: T; row: number }[] {
  return cells.map((cell, i) => ({ cell, row: first + i }));
}
const rowOf = ({ rows }: Loaded, number: number): StoreRow | undefined =>
  rows.find(({ row }) => row === String(number));

const loadPayouts = (cells: PayoutCells[]) => loadRows([...PAYOUTS, PAYOUT_HEAD, ...cells.map(toPayout)]);
const loadEvents = (days: string[]) =>
  loadRows([...EVENTS, EVENT_HEAD, ...days.map((day) => ['东湖街道', 'H1', '新增', day, '2'])]);

const asideOf = ({ rows }: Loaded): unknown[] => rows.map(({ aside }) => aside);
const kindsOf = (problems: Problem[]): string[] =>
  problems.map(({ kind, row, count }) => `${kind} ${row} ${count}`);

describe('amounts', () => {
  const readable: [cell: string, yuan: string][] = [
    ['300', '300'],
    ['0', '0'],
    ['1,234.50', '1234.5'],
    ['1，234.50', '1234.5'],
    ['1,234,567.89', '1234567.89'],
    ['￥300', '300'],
    ['¥ 1,300.05', '1300.05'],
    ['-300', '-300'],
    ['(300)', '-300'],
    ['（300.5）', '-300.5'],
    ['3.2万元', '32000'],
    ['3.2万', '32000'],
    ['（3.2万元）', '-32000'],
    ['300元', '300'],
    ['１２３４．５', '1234.5'],
    [' 300 ', '300'],
    ['\u3000300\u00a0', '300'],
    ['300.', '300'],
    ['.5', '0.5'],
  ];
  const blank = ['', '-', '—', '/', '无', 'null', ' - ', '- ', '　'];
  const unreadable = [
    '三百',
    '1.2.3',
    '7(28)',
    '(300',
    '12/5',
    '300元/月',
    '#REF!',
    'NaN',
    'inf',
    // 3万500元 is 30500元 and 5元3 is 5.3元: leaving out 万 and 元 would make 3500 and 53 of them.
    '3万500元',
    '5元3',
  ];
  const readableRows = inRows(readable, FIRST);
  const blankRows = inRows(blank, FIRST + readable.length);
  const unreadableRows = inRows(unreadable, FIRST + readable.length + blank.length);
  let loaded: Awaited<ReturnType<typeof loadRows>>;
  beforeAll(async () => {
    const amounts = [...readable.map(([cell]) => cell), ...blank, ...unreadable];
    loaded = await loadPayouts(amounts.map((amount) => ({ amount })));
  });

  it.each(readableRows)('reads and counts $cell.0', ({ cell: [, yuan], row }) => {
    const found = rowOf(loaded, row);
    expect(Number(found?.amount)).toBe(Number(yuan));
    expect(found).toMatchObject({ aside: null, faults: null });
  });

  it.each(blankRows)('takes $cell for nothing, which is not zero and no fault', ({ row }) => {
    expect(rowOf(loaded, row)).toMatchObject({ amount: null, aside: 'no-amount', faults: null });
  });

  it.each(unreadableRows)('refuses $cell', ({ row }) => {
    const found = rowOf(loaded, row);
    expect(found).toMatchObject({ amount: null, aside: 'unreadable' });
    expect(found?.faults).not.toBeNull();
  });

  it('tells of the cells that it refused, and sets their rows aside', () => {
    const first = FIRST + readable.length + blank.length;
    expect(kindsOf(loaded.problems)).toEqual([`cell-unreadable ${first} ${unreadable.length}`]);
    expect(loaded.problems[0]?.detail).toMatchObject({ column: '发放合计', expected: '金额' });
    expect(loaded.count).toEqual({
      read: readable.length + blank.length + unreadable.length,
      used: readable.length,
      setAside: [
        { reason: '金额或日期无法识别', rows: unreadable.length },
        { reason: '金额为空', rows: blank.length },
      ],
    });
  });

  it('takes the unit from the head before that of the unit row', async () => {
    const head = PAYOUT_HEAD.map((label) => (label === '发放合计' ? '发放合计（万元）' : label));
    const { rows } = await loadRows([...PAYOUTS, head, toPayout({ amount: '1.25' })]);
    expect(rows[0]?.amount).toBe('12500.0000');
  });

  it('keeps the cents of an amount in 万元', async () => {
    const head = PAYOUT_HEAD.map((label) => (label === '发放合计' ? '发放合计（万元）' : label));
    const { rows } = await loadRows([...PAYOUTS, head, toPayout({ amount: '285.046012' })]);
    expect(rows[0]?.amount).toBe('2850460.1200');
  });

  const toForms: ((cents: bigint) => string)[] = [
    plain,
    (cents) => withCommas(plain(cents)),
    (cents) => `￥${withCommas(plain(cents))}`,
    (cents) => `${plain(cents)}元`,
    (cents) => ` ${plain(cents)}\t`,
    (cents) => toFullWidth(plain(cents)),
    (cents) => (cents < 0n ? `(${withCommas(plain(-cents))})` : plain(cents)),
    (cents) => (cents < 0n ? `（${plain(-cents)}元）` : plain(cents)),
    // 1元 is 0.0001万元: six places for two of 元.
    (cents) => `${toDecimal(cents, 6)}万元`,
  ];
  it('gives back to the cent whatever a person wrote', async () => {
    const store = await openStore(KEY);
    const cents = fc.bigInt({ min: -10_000_000_000n, max: 10_000_000_000n });
    const cells = fc.array(fc.tuple(cents, fc.nat(toForms.length - 1)), { minLength: 1, maxLength: 300 });
    const property = fc.asyncProperty(cells, async (written) => {
      const amounts = written.map(([value, form]) => toForms[form]?.(value) ?? '');
      const path = join(folder, '金额.csv');
      writeFileSync(path, toCsv([...PAYOUTS, PAYOUT_HEAD, ...amounts.map((amount) => toPayout({ amount }))]));
      const { rows } = await loadFile(path, store);
      const found = rows.map(({ amount }) => BigInt(String(amount).replace('.', '')));
      expect(found).toEqual(written.map(([value]) => value * 100n));
    });
    await fc.assert(property, { numRuns: 12 });
    store.close();
  });
});

/** An integer of cents, or of smaller parts, with its point: 12345n with 2 places is 123.45. */
function toDecimal(value: bigint, places: number): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
function plain(cents: bigint): string {
  return toDecimal(cents, 2);
}
const withCommas = (text: string): string => text.replace(/\B(?=(\d{3})+\.)/g, ',');
const toFullWidth = (text: string): string =>
  text.replace(
    /[0-9.-]/g,
    (character) => '０１２３４５６７８９．－'['0123456789.-'.indexOf(character)] ?? '',
  );

describe('whole numbers', () => {
  const readable: [cell: string, persons: string][] = [
    ['3', '3'],
    ['72.0', '72'],
    ['3人', '3'],
    ['1,000', '1000'],
    ['１２', '12'],
    [' 4 ', '4'],
    ['0', '0'],
  ];
  const unreadable = ['7.5', '7(28)', '三', '3+1', '#REF!'];
  const blank = ['', '-', '/', '无', '- '];
  const readableRows = inRows(readable, FIRST);
  const unreadableRows = inRows(unreadable, FIRST + readable.length);
  const blankRows = inRows(blank, FIRST + readable.length + unreadable.length);
  let loaded: Awaited<ReturnType<typeof loadRows>>;
  beforeAll(async () => {
    const cells = [...readable.map(([cell]) => cell), ...unreadable, ...blank];
    loaded = await loadPayouts(cells.map((persons) => ({ persons })));
  });

  it.each(readableRows)('reads and counts $cell.0', ({ cell: [, persons], row }) => {
    expect(rowOf(loaded, row)).toMatchObject({ persons, headcount: persons, aside: null, faults: null });
  });

  it.each(unreadableRows)(
    'refuses $cell: the money of the row counts, its persons are unknown',
    ({ row }) => {
      const found = rowOf(loaded, row);
      expect(found).toMatchObject({ persons: null, headcount: null, aside: null, amount: '300.0000' });
      expect(found?.faults).not.toBeNull();
    },
  );

  it.each(blankRows)('takes $cell for unknown without complaint', ({ row }) => {
    expect(rowOf(loaded, row)).toMatchObject({ persons: null, aside: null, faults: null });
  });

  it('tells of the cells that it refused, and does not say that their rows were left out', () => {
    const first = FIRST + readable.length;
    expect(kindsOf(loaded.problems)).toEqual([`cell-unknown ${first} ${unreadable.length}`]);
    expect(loaded.count.setAside).toEqual([]);
    expect(loaded.problems.map(toLine).join('')).not.toContain('该行未计入');
  });
});

describe('days', () => {
  const readable: [cell: string, day: string][] = [
    ['2022-01-05', '2022-01-05'],
    ['2022/1/5', '2022-01-05'],
    ['2022/01/05', '2022-01-05'],
    ['2022.1.5', '2022-01-05'],
    ['2022.01.05', '2022-01-05'],
    ['2022-1-5', '2022-01-05'],
    ['2022年1月5日', '2022-01-05'],
    ['2022年01月05日', '2022-01-05'],
    ['2022 年 1 月 5 日', '2022-01-05'],
    ['２０２２年１月５日', '2022-01-05'],
    ['20220105', '2022-01-05'],
    ['2022-01-05 08:30:00', '2022-01-05'],
    ['2022-01-05T08:30:00', '2022-01-05'],
    ['2022-01-05 08:30', '2022-01-05'],
    ['2022/1/5 8:30', '2022-01-05'],
    ['2022/1/15 8:30', '2022-01-15'],
    ['2022/1/15 8:30:00', '2022-01-15'],
    ['2022/11/5 10:30', '2022-11-05'],
    ['2022年1月5日 8:30', '2022-01-05'],
    ['2022.1', '2022-01-01'],
    ['2022.10', '2022-10-01'],
    ['202201', '2022-01-01'],
    ['2022-01', '2022-01-01'],
    ['2022-1', '2022-01-01'],
    ['2022/1', '2022-01-01'],
    ['2022年1月', '2022-01-01'],
    ['2022年1月份', '2022-01-01'],
    ['2022年 1月', '2022-01-01'],
    // Excel's own number of a day: 44562 is 1 January 2022, 44927 is 1 January 2023.
    ['44562', '2022-01-01'],
    ['44927', '2023-01-01'],
    ['2020-02-29', '2020-02-29'],
  ];
  const unreadable = [
    '2022-13',
    '2022-2-30',
    '2021-02-29',
    '20220230',
    '2022-00-05',
    '2022年13月',
    '1月5日',
    '23-01-05',
    '05/01/2023',
    '1822-01-05',
    '2202-01-05',
    '123456',
    '99999',
    '去年底',
    '2022-01-05至2022-03-04',
  ];
  const readableRows = inRows(readable, FIRST_EVENT);
  const unreadableRows = inRows(unreadable, FIRST_EVENT + readable.length);
  let loaded: Awaited<ReturnType<typeof loadRows>>;
  beforeAll(async () => {
    loaded = await loadEvents([...readable.map(([cell]) => cell), ...unreadable]);
  });

  it.each(readableRows)('reads and counts $cell.0', ({ cell: [, day], row }) => {
    expect(rowOf(loaded, row)).toMatchObject({ date: day, on_day: day, aside: null, faults: null });
  });

  it.each(unreadableRows)('refuses $cell', ({ row }) => {
    const found = rowOf(loaded, row);
    expect(found).toMatchObject({ on_day: null, aside: 'unreadable' });
    expect(found?.faults).not.toBeNull();
  });

  it('tells of the cells that it refused', () => {
    const first = FIRST_EVENT + readable.length;
    expect(kindsOf(loaded.problems)).toEqual([`cell-unreadable ${first} ${unreadable.length}`]);
    expect(loaded.problems[0]?.detail).toMatchObject({ column: '变动日期', expected: '日期' });
  });

  it('sets a row without a day aside', async () => {
    const without = await loadEvents(['', '-', '2022-01-05']);
    expect(asideOf(without)).toEqual(['undated', 'undated', null]);
    expect(without.count.setAside).toEqual([{ reason: '没有日期', rows: 2 }]);
  });

  const toForms: ((year: number, month: number, day: number) => string)[] = [
    (y, m, d) => `${y}-${pad(m)}-${pad(d)}`,
    (y, m, d) => `${y}/${m}/${d}`,
    (y, m, d) => `${y}.${m}.${d}`,
    (y, m, d) => `${y}年${m}月${d}日`,
    (y, m, d) => `${y}${pad(m)}${pad(d)}`,
    (y, m, d) => `${y}-${pad(m)}-${pad(d)} 08:30:00`,
    (y, m, d) => `${y}/${m}/${d} 08:30`,
    (y, m, d) => ` ${y}－${pad(m)}－${pad(d)} `,
    (y, m, d) => String(Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569),
  ];
  it('gives back the day in whatever form it was written', async () => {
    const store = await openStore(KEY);
    // Day numbers below 30000 (before 1982) could be anything else, so they are not read as days.
    const day = fc.date({
      min: new Date('1983-01-01T00:00:00Z'),
      max: new Date('2060-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const cells = fc.array(fc.tuple(day, fc.nat(toForms.length - 1)), { minLength: 1, maxLength: 300 });
    const property = fc.asyncProperty(cells, async (written) => {
      const texts = written.map(([date, form]) =>
        toForms[form]?.(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()),
      );
      const path = join(folder, '日期.csv');
      const rows = texts.map((text) => ['东湖街道', 'H1', '新增', text ?? '', '2']);
      writeFileSync(path, toCsv([...EVENTS, EVENT_HEAD, ...rows]));
      const { rows: found } = await loadFile(path, store);
      const wanted = written.map(([date]) => date.toISOString().slice(0, 10));
      expect(found.map(({ date: each }) => each)).toEqual(wanted);
    });
    await fc.assert(property, { numRuns: 12 });
    store.close();
  });
});

const pad = (part: number): string => String(part).padStart(2, '0');

describe('months of payment', () => {
  it('are read in every way of writing March, and refused where there is no such month', async () => {
    const march = [
      '2022.3',
      '202203',
      '2022-03',
      '2022年3月',
      '2022年3月5日',
      '2022/3/5',
      '20220305',
      '44625',
    ];
    const wrong = ['2022-13', '2022-2-30', '三月', '2022-01至2022-03'];
    const { rows, problems } = await loadPayouts([...march, ...wrong].map((month) => ({ month })));
    const months = rows.map(({ month, on_day, aside }) => ({ month, on_day, aside }));
    expect(months.slice(0, march.length)).toEqual(
      march.map(() => ({ month: '2022-03-01', on_day: '2022-03-01', aside: null })),
    );
    expect(months.slice(march.length)).toEqual(
      wrong.map(() => ({ month: null, on_day: null, aside: 'unreadable' })),
    );
    expect(kindsOf(problems)).toEqual([`cell-unreadable ${FIRST + march.length} ${wrong.length}`]);
  });
});

describe('identifiers', () => {
  it('knows the same person in every way of writing the same ID', async () => {
    const spellings = [ID, ID.toLowerCase(), '110105 19491231 002X', `\t${ID} `, `'${ID}`, ID15, toFull(ID)];
    const { rows, problems } = await loadPayouts([...spellings.map((id) => ({ id })), { id: OTHER_ID }]);
    const persons = rows.map(({ person_id }) => person_id);
    expect(new Set(persons.slice(0, spellings.length)).size).toBe(1);
    expect(persons[0]).toMatch(/^\d+$/);
    expect(persons.at(-1)).not.toBe(persons[0]);
    expect(problems).toEqual([]);
  });

  it('reports a wrong check character and counts the person all the same', async () => {
    const wrong = '110105194912310021';
    const noughts = '0'.repeat(18);
    const { rows, count, problems } = await loadPayouts([
      { id: ID },
      { id: wrong },
      { id: wrong },
      { id: noughts },
    ]);
    expect(kindsOf(problems)).toEqual([`id-invalid ${FIRST + 1} 3`]);
    expect(count).toMatchObject({ read: 4, used: 4 });
    expect(rows[1]?.person_id).toMatch(/^\d+$/);
    expect(rows[1]?.person_id).toBe(rows[2]?.person_id);
    expect(rows[1]?.person_id).not.toBe(rows[0]?.person_id);
    // Of the number itself only the ends are shown.
    expect(problems.map(toLine).join('')).not.toContain('05194912310');
  });

  it('refuses what is no whole ID: the row counts, its person is unknown', async () => {
    const broken = ['1101**********002X', '1101051949123100', '11010519491231002Y', '无证'];
    const { rows, count, problems } = await loadPayouts(broken.map((id) => ({ id })));
    expect(rows.map(({ person_id, aside }) => ({ person_id, aside }))).toEqual(
      broken.map(() => ({ person_id: null, aside: null })),
    );
    expect(count.used).toBe(broken.length);
    expect(kindsOf(problems)).toEqual([`id-invalid ${FIRST} ${broken.length}`]);
  });

  it('takes a blank or a dash for no ID, without complaint', async () => {
    const { rows, problems } = await loadPayouts(['', '-', '无'].map((id) => ({ id })));
    expect(rows.map(({ person_id, aside }) => [person_id, aside])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(problems).toEqual([]);
  });

  it('keeps neither the number nor the name', async () => {
    const { rows } = await loadPayouts([{ id: ID, household: 'HH-7788' }]);
    const kept = JSON.stringify(rows);
    for (const text of [ID, ID.slice(0, 17), '户主甲', 'HH-7788']) expect(kept).not.toContain(text);
  });

  it('gives other hashes with another key', async () => {
    const path = join(folder, '密钥.csv');
    writeFileSync(path, toCsv([...PAYOUTS, PAYOUT_HEAD, toPayout({})]));
    const hashes: unknown[] = [];
    for (const key of [KEY, KEY.replace('0', 'f')]) {
      const store = await openStore(key);
      hashes.push((await loadFile(path, store)).rows[0]?.person_id);
      store.close();
    }
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('reports an ID that the workbook holds as a number, whose last digits are lost', async () => {
    const workbook = new ExcelJS.Workbook();
    const row = toPayout({}).map((cell, i): string | number => (i === 3 ? 110105194912310020 : cell));
    workbook.addWorksheet('低保发放').addRows([...PAYOUTS, PAYOUT_HEAD, row]);
    const path = join(folder, '数字.xlsx');
    await workbook.xlsx.writeFile(path);
    const { rows, problems } = await loadAlone(path);
    expect(rows[0]).toMatchObject({ person_id: null, aside: null });
    expect(kindsOf(problems)).toEqual([`id-damaged ${FIRST} 1`]);
  });

  it('refuses a month that the workbook holds as the number 2022.1, which may have been 2022.10', async () => {
    const workbook = new ExcelJS.Workbook();
    const row = toPayout({}).map((cell, i): string | number => (i === 5 ? 2022.1 : cell));
    workbook.addWorksheet('低保发放').addRows([...PAYOUTS, PAYOUT_HEAD, row]);
    const path = join(folder, '年月.xlsx');
    await workbook.xlsx.writeFile(path);
    const { rows, problems } = await loadAlone(path);
    expect(rows[0]).toMatchObject({ month: null, aside: 'unreadable' });
    expect(kindsOf(problems)).toEqual([`cell-unreadable ${FIRST} 1`]);
  });
});

const toFull = (text: string): string =>
  text.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? '').replace('X', 'Ｘ');

describe('rows that are no data', () => {
  const totals = [
    '合计',
    '合 计',
    '合　计',
    '小计',
    '东湖街道小计',
    '全区合计',
    '总计',
    '总 计',
    '合计：',
    '合计（元）',
    '其中：',
  ];
  const totalRows = inRows(totals, FIRST + 1);
  const footers = [
    ['填表人：某某'],
    ['填表人', '某某', '审核人', '某某'],
    ['审核：某某'],
    ['审核: 某某'],
    ['', '制表时间：2022年12月31日'],
    ['注：本表一式两份'],
    ['说明：含补发'],
    ['单位负责人：某某'],
  ];
  const footerRows = inRows(footers, FIRST + 1);
  let withTotals: Awaited<ReturnType<typeof loadRows>>;
  let withFooters: Awaited<ReturnType<typeof loadRows>>;
  beforeAll(async () => {
    const rows = totals.map((label) => [label, '', '', '', '2', '2022-03', '300']);
    withTotals = await loadRows([...PAYOUTS, PAYOUT_HEAD, toPayout({}), ...rows]);
    withFooters = await loadRows([...PAYOUTS, PAYOUT_HEAD, toPayout({}), ...footers]);
  });

  it.each(totalRows)('takes a row that begins with $cell for a total, be it dated or not', ({ row }) => {
    expect(rowOf(withTotals, row)?.aside).toBe('total');
  });

  it('counts totals apart', () => {
    expect(withTotals.count).toEqual({
      read: 1 + totals.length,
      used: 1,
      setAside: [{ reason: '合计行', rows: totals.length }],
    });
  });

  it('finds the label of a total in any of the leading cells, also right under the head', async () => {
    const loaded = await loadRows([
      ...PAYOUTS,
      PAYOUT_HEAD,
      ['', '', '合计', '', '4', '', '600'],
      toPayout({}),
      toPayout({ household: 'H2' }),
    ]);
    expect(asideOf(loaded)).toEqual(['total', null, null]);
    expect(loaded.problems).toEqual([]);
  });

  it('compares the total of the file with the sum of its rows', async () => {
    const { problems } = await loadRows([
      ...PAYOUTS,
      PAYOUT_HEAD,
      toPayout({ amount: '300' }),
      toPayout({ amount: '250.5' }),
      ['合计', '', '', '', '4', '', '560.5'],
    ]);
    expect(kindsOf(problems)).toEqual([`total-differs ${FIRST + 2} 1`]);
    expect(problems[0]?.detail).toMatchObject({
      column: '发放合计',
      theirs: '560.5',
      ours: '550.5',
      gap: '10',
    });
  });

  it.each(footerRows)('sets the footer $cell aside', ({ row }) => {
    expect(rowOf(withFooters, row)?.aside).toBe('footer');
  });

  it('counts footers apart and finds no fault in them', () => {
    expect(withFooters.count.setAside).toEqual([{ reason: '表尾或说明', rows: footers.length }]);
    expect(withFooters.problems).toEqual([]);
  });

  it('keeps rows of data whose first cell only looks like a footer or a total', async () => {
    const loaded = await loadPayouts([{ town: '注1组' }, { town: '审核通过' }, { town: '合计街道' }]);
    expect(asideOf(loaded)).toEqual([null, null, null]);
  });

  it('sets a head aside that is printed again on every page', async () => {
    const loaded = await loadRows([...PAYOUTS, PAYOUT_HEAD, toPayout({}), PAYOUT_HEAD, toPayout({})]);
    expect(asideOf(loaded)).toEqual([null, 'head', null]);
    expect(loaded.count.setAside).toEqual([{ reason: '重复的表头', rows: 1 }]);
    expect(loaded.problems).toEqual([]);
  });

  it('does not count blank rows as rows', async () => {
    const { count } = await loadRows([
      ...PAYOUTS,
      PAYOUT_HEAD,
      ['', '', ''],
      toPayout({}),
      ['  ', '\u3000'],
      [],
    ]);
    expect(count).toEqual({ read: 1, used: 1, setAside: [] });
  });
});

describe('the same list', () => {
  it('gives the same rows as UTF-8, with a byte order mark, as UTF-16, as GB18030 and as XLSX', async () => {
    const rows = [
      ...PAYOUTS,
      PAYOUT_HEAD,
      toPayout({}),
      toPayout({ amount: '1,234.50', month: '2022年4月', persons: '3人' }),
      toPayout({ amount: '三百' }),
      toPayout({ amount: '' }),
      toPayout({ id: ID15, persons: '7(28)' }),
      [],
      ['东湖街道小计', '', '', '', '', '', '1834.5'],
      ['说明：含\n补发'],
      toPayout({ town: '西"湖,镇', month: '2021-12' }),
      ['填表人：某某'],
    ];
    const csv = toCsv(rows);
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('Sheet1').addRows(rows);
    const files: [name: string, bytes: Uint8Array][] = [
      ['一.csv', Buffer.from(csv)],
      ['二.csv', Buffer.from(`\ufeff${csv}`)],
      ['三.csv', Buffer.from(`\ufeff${csv}`, 'utf16le')],
      ['四.csv', toGb18030(csv)],
      ['五.csv', Buffer.from(csv.replaceAll('\n', '\r\n').replace('含\r\n', '含\n'))],
      ['六.xlsx', new Uint8Array(await workbook.xlsx.writeBuffer())],
    ];
    const results: unknown[] = [];
    for (const [name, bytes] of files) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const store = await openStore(KEY);
      const { rows: found, count } = await loadFile(path, store);
      store.close();
      // A line break inside a cell moves the rows below it in a CSV, not in a workbook.
      results.push({ count, found: found.map(({ row: _row, faults: _faults, ...values }) => values) });
    }
    const [first, ...others] = results;
    for (const other of others) expect(other).toEqual(first);
    expect(first).toMatchObject({
      count: {
        read: 9,
        used: 3,
        setAside: expect.arrayContaining([
          { reason: '合计行', rows: 1 },
          { reason: '表尾或说明', rows: 2 },
          { reason: '金额为空', rows: 1 },
          { reason: '金额或日期无法识别', rows: 1 },
          { reason: '不在本期', rows: 1 },
        ]),
      },
    });
  });
});

describe('conservation', () => {
  type Piece = { cells: string[]; reason: string | null | 'blank' };
  const data = fc
    .record({
      town: fc.constantFrom('东湖街道', '西湖镇', '注1组', ''),
      household: fc.string({ maxLength: 5 }).map((text) => `H${text.replace(/\s|合|计/g, '')}`),
      id: fc.constantFrom(ID, ID15, OTHER_ID, '', '-', '1101**********002X'),
      persons: fc.constantFrom('1', '3人', '', '7.5', '7(28)'),
      month: fc.constantFrom('2022-01', '2022.12', '202206', '2022年9月'),
      amount: fc.constantFrom('300', '1,234.50', '(300)', '0', '3.2万元'),
    })
    .map((cells): Piece => ({ cells: toPayout(cells), reason: null }));
  const toPieces = (reason: Piece['reason'], rows: string[][]) =>
    fc.constantFrom(...rows).map((cells): Piece => ({ cells, reason }));
  const pieces = fc.oneof(
    { weight: 6, arbitrary: data },
    toPieces('合计行', [
      ['合计', '', '', '', '9', '', '9,999'],
      ['', '东湖街道小计', '', '', '', '', '12'],
      ['总 计'],
    ]),
    toPieces('表尾或说明', [['填表人：某某', '', '审核人：某某'], ['注：含补发']]),
    toPieces('重复的表头', [PAYOUT_HEAD]),
    toPieces('金额为空', [toPayout({ amount: '' }), toPayout({ amount: '-' }), ['备忘']]),
    toPieces('金额或日期无法识别', [
      toPayout({ amount: '三百' }),
      toPayout({ month: '2022-13' }),
      toPayout({ amount: '#REF!', month: '去年' }),
    ]),
    toPieces('没有日期', [toPayout({ month: '' }), toPayout({ month: '/' })]),
    toPieces('不在本期', [toPayout({ month: '2021-12' }), toPayout({ month: '2023.1' })]),
    toPieces('blank', [
      ['', '', ''],
      [' ', '\u3000'],
    ]),
  );

  it('every row that was read is either used or set aside for its own reason, whatever the mix', async () => {
    const store = await openStore(KEY);
    const property = fc.asyncProperty(fc.array(pieces, { maxLength: 80 }), async (mix) => {
      const path = join(folder, '混合.csv');
      writeFileSync(path, toCsv([...PAYOUTS, PAYOUT_HEAD, ...mix.map(({ cells }) => cells)]));
      const { count, rows } = await loadFile(path, store);
      const real = mix.filter(({ reason }) => reason !== 'blank');
      const wanted = new Map<string, number>();
      for (const { reason } of real) if (reason !== null) wanted.set(reason, (wanted.get(reason) ?? 0) + 1);
      expect(rows).toHaveLength(real.length);
      expect(count.read).toBe(real.length);
      expect(count.used).toBe(real.filter(({ reason }) => reason === null).length);
      expect(new Map(count.setAside.map(({ reason, rows: n }) => [reason, n]))).toEqual(wanted);
    });
    await fc.assert(property, { numRuns: 25 });
    store.close();
  });

  it('holds for garbage of any kind', async () => {
    const store = await openStore(KEY);
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 9 }), { maxLength: 40 });
    const property = fc.asyncProperty(rows, async (garbage) => {
      const path = join(folder, '杂乱.csv');
      writeFileSync(path, toCsv([...PAYOUTS, PAYOUT_HEAD, toPayout({}), ...garbage]));
      const { count } = await loadFile(path, store);
      const aside = count.setAside.reduce((sum, { rows: n }) => sum + n, 0);
      expect(count.read).toBe(count.used + aside);
      expect(count.read).toBe(1 + garbage.filter((row) => row.some((text) => text.trim() !== '')).length);
    });
    await fc.assert(property, { numRuns: 25 });
    store.close();
  });
});
