/** What one table withholds stands in no other: two persons of one township, and all tables of their bureau. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportTables } from '../../src/commands/export.ts';
import { summarize } from '../../src/commands/summarize.ts';
import { toConfig } from '../../src/config.ts';
import type { Sheet } from '../../src/tables/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'mzreport-withheld-'));
const RELIEF = ['乡镇,姓名,身份证号,救助金额（元）,审批时间'];
const toCsv = (name: string, lines: string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
/** Not valid, but told apart. */
const toId = (i: number): string => `9901021970010${String(10000 + i)}`;

/** Households of 低保, three a month in each of three townships; `urban` of the first one are urban. */
function toAllowance(urban: number): string[] {
  const lines = ['乡镇,户主姓名,身份证号,户口性质,保障人数,发放年月,发放合计（元）'];
  for (let i = 0; i < 9; i++)
    for (const month of ['202201', '202202'])
      lines.push(
        `${'甲乙丙'[i % 3]}街道,样例${i},${toId(i)},${i % 3 === 0 && i / 3 < urban ? '城市' : '农村'},4,${month},500`,
      );
  return lines;
}

async function exportAll(files: string[], out: string): Promise<Map<string, Sheet>> {
  const { sheets } = await exportTables(
    toConfig(files, { out: join(folder, out), year: '2022', place: '东湖区' }),
    { format: 'xlsx,csv,docx' },
    () => {},
  );
  return new Map(sheets.map((sheet) => [sheet.name, sheet]));
}

const toWords = (sheet: Sheet | undefined): string[] =>
  (sheet?.rows ?? []).map(({ cells }) =>
    cells
      .map((cell) =>
        cell.type === 'number' || cell.type === 'text' ? cell.text : cell.type === 'suppressed' ? '*' : '—',
      )
      .join(' '),
  );

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('two persons of one township', () => {
  let tables: Map<string, Sheet>;
  beforeAll(async () => {
    const relief = [
      ...RELIEF,
      `甲街道,样例一,${toId(50)},4321,2022-03-05`,
      `甲街道,样例二,${toId(51)},5432,2022-05-06`,
    ];
    const before = [
      ...RELIEF,
      `甲街道,样例三,${toId(52)},7777,2021-03-05`,
      `乙街道,样例四,${toId(53)},8888,2021-03-05`,
    ];
    tables = await exportAll(
      [
        toCsv('2022年低保发放.csv', toAllowance(0)),
        toCsv('2022年临时救助发放.csv', relief),
        toCsv('2021年临时救助发放.csv', before),
      ],
      'two',
    );
  }, 60_000);

  it('are withheld in the table of townships with their sum', () => {
    const [total, first, second] = toWords(tables.get('社会救助'));
    expect(total?.split(' ').slice(-2)).toEqual(['*', '*']);
    // 3 households of 4 for two months at 500元; all of them rural.
    expect(first).toBe('甲街道 24 0.30 125.00 0.30 * *');
    expect(second?.split(' ').slice(-2)).toEqual(['—', '—']);
  });

  it('are withheld by month, and their year as well', () => {
    const rows = toWords(tables.get('月度发放')).map((row) => row.split(' '));
    expect(rows[0]?.[0]).toBe('合计');
    for (const row of rows) expect(row.slice(3, 5).every((cell) => cell === '*' || cell === '—')).toBe(true);
  });

  it('are withheld beside last year, with the difference that would tell them', () => {
    const row = toWords(tables.get('与上年对比')).find((each) => each.startsWith('临时救助'));
    expect(row?.split(' ').slice(2)).toEqual(['*', '*', '*', '*']);
  });

  it('stand in none of the files, nor does what they got', () => {
    const texts = readdirSync(join(folder, 'two'))
      .filter((name) => name.endsWith('.csv'))
      .map((name) => readFileSync(join(folder, 'two', name), 'utf8'));
    expect(texts.length).toBeGreaterThan(2);
    // 9753元 in all, 4321元 and 5432元 alone.
    for (const text of texts) expect(text).not.toMatch(/0\.98|0\.975|0\.43|0\.54|9753|4321|5432/);
  });

  it('are withheld in the annexes of the report to the congress, not in its own sentences', async () => {
    const files = ['2022年低保发放.csv', '2022年临时救助发放.csv'].map((name) => join(folder, name));
    const config = toConfig(files, {
      out: join(folder, 'congress'),
      year: '2022',
      place: '东湖区',
      kind: 'congress',
    });
    const { draft } = await summarize(config, () => {});
    const annexes = JSON.stringify(draft.annexes);
    expect(annexes).toContain('临时救助');
    expect(annexes).not.toMatch(/0\.98|"2人次"/);
    expect(annexes).toContain('1至2人（户）');
    expect(JSON.stringify(draft.blocks)).toContain('0.98万元');
  }, 60_000);

  it('are shown where the table stays in the house', async () => {
    const files = ['2022年临时救助发放.csv'].map((name) => join(folder, name));
    const config = toConfig(files, { out: join(folder, 'open'), year: '2022', place: '东湖区' });
    const { sheets } = await exportTables(config, { layout: '社会救助', suppress: false }, () => {});
    expect(toWords(sheets[0])[0]).toBe('合计 2 0.98');
  }, 60_000);
});

describe('urban and rural households', () => {
  it('have columns of their own where the rows say which they are', async () => {
    const tables = await exportAll([toCsv('2022年低保发放二.csv', toAllowance(3))], 'three');
    const sheet = tables.get('社会救助');
    const heads = sheet?.columns.map(({ group, name }) => `${group}${name}`) ?? [];
    const at = (head: string) => heads.indexOf(head);
    const total = toWords(sheet)[0]?.split(' ') ?? [];
    expect(total[at('城市低保发放金额')]).toBe('0.30');
    expect(total[at('农村低保发放金额')]).toBe('0.60');
  }, 60_000);
});
