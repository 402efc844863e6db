/** mzreport export over the sample bureau: the files that a member of the congress gets. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Big from 'big.js';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportTables } from '../../src/commands/export.ts';
import { toConfig } from '../../src/config.ts';
import { toNumber } from '../../src/format.ts';
import type { Report } from '../../src/model.ts';
import { toTableNumber } from '../../src/tables/cells.ts';
import type { Sheet } from '../../src/tables/index.ts';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));
const inputs = readdirSync(SAMPLES)
  .filter((name) => /\.(xlsx|csv)$/.test(name))
  .map((name) => join(SAMPLES, name));
const folder = mkdtempSync(join(tmpdir(), 'mzreport-export-'));
let report: Report;
let sheets: Sheet[];
let written: string[];
let workbook: ExcelJS.Workbook;

beforeAll(async () => {
  const config = toConfig(inputs, { config: join(SAMPLES, 'mzreport.yaml'), out: folder });
  const exported = await exportTables(config, { format: 'xlsx,csv' }, () => {});
  ({ report, sheets } = exported);
  written = exported.written.map(({ path }) => path);
  workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(written.find((path) => path.endsWith('.xlsx')) ?? '');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const toSheet = (name: string): Sheet => {
  const sheet = sheets.find((each) => each.name === name);
  if (!sheet) throw new Error(`no table ${name}`);
  return sheet;
};
const toDigits = (text: string): string => String(Number(/-?\d[\d.]*/.exec(text.replaceAll(',', ''))?.[0]));
/** Columns that follow from two others of their row. */
const FOLLOWING: Record<string, { from: number[]; compute: (a: Big, b: Big) => Big }> = {
  差额: { from: [3, 4], compute: (a, b) => a.minus(b) },
  到位率: { from: [2, 1], compute: (a, b) => a.div(b).times(100) },
  执行率: { from: [3, 1], compute: (a, b) => a.div(b).times(100) },
};
/** The printed cells of a row by the text that begins it. */
const toRow = (name: string, label: string): string[] => {
  const row = toSheet(name).rows.find(({ cells }) => cells[0]?.type === 'text' && cells[0].text === label);
  return (row?.cells ?? []).map((cell) =>
    cell.type === 'number' ? cell.text : cell.type === 'text' ? cell.text : cell.type,
  );
};

describe('the tables', () => {
  it('are the eight layouts, numbered in their order behind a contents sheet', () => {
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      '目录',
      '附表1 社会救助',
      '附表2 养老服务',
      '附表3 残疾人和儿童福利',
      '附表4 社会事务',
      '附表5 任务指标',
      '附表6 资金执行',
      '附表7 与上年对比',
      '附表8 月度发放',
    ]);
  });

  it('print the published totals of the year', () => {
    const total = toRow('社会救助', '合计');
    expect(total).toContain('34,000');
    expect(total).toContain('2,850.46');
    expect(total).toContain('838.37');
    expect(total.slice(-2)).toEqual(['321', '119.95']);
    expect(toRow('与上年对比', '低保标准')).toEqual([
      '低保标准',
      '元/人·月',
      '855.00',
      '795.00',
      '60.00',
      '7.5',
    ]);
  });

  it('print in every cell what the draft prints of the same figure', () => {
    const printed = new Map<string, Set<string>>();
    const add = (id: string, text: string) =>
      printed.set(id, (printed.get(id) ?? new Set()).add(toDigits(text)));
    for (const figure of report.figures) {
      add(figure.id, figure.text);
      for (const { name, text } of figure.parts ?? []) add(`${figure.id}@${name ?? '未写明'}`, text);
      for (const { value } of figure.targets) add(figure.id, toNumber(value, figure.unit, figure.decimals));
      const before = figure.lastYear?.value;
      if (before == null || figure.value === null) continue;
      add(figure.id, toNumber(before, figure.unit, figure.decimals));
      // The draft words a gap without its sign.
      add(
        figure.id,
        toNumber(new Big(figure.value).minus(before).abs().toFixed(), figure.unit, figure.decimals),
      );
    }
    const seen = new Map<string, number>();
    for (const { name, columns, rows } of sheets)
      for (const { cells } of rows)
        cells.forEach((cell, index) => {
          if (cell.type !== 'number') return;
          seen.set(name, (seen.get(name) ?? 0) + 1);
          // 差额 and the rates of funds have no figure of their own: they follow from their row.
          const follows = FOLLOWING[columns[index]?.name ?? ''];
          if (follows) {
            const [a, b] = follows.from.map((at) => (cells[at]?.type === 'number' ? cells[at].value : '0'));
            expect(cell.text, `${name} ${cell.figure}`).toBe(
              toTableNumber(follows.compute(new Big(a ?? 0), new Big(b ?? 1)).toFixed(), cell.decimals),
            );
            return;
          }
          const label = cells[0]?.type === 'text' ? cells[0].text : '';
          const month = /^\d+月$/.test(label) ? `2022-${label.replace('月', '').padStart(2, '0')}` : label;
          const isWhole = columns[0]?.name === '项目' || label === '合计';
          // A cell of an area or a month names the part that it is.
          expect(cell.figure.endsWith(`@${month}`), cell.figure).toBe(!isWhole);
          const own = [...(printed.get(cell.figure) ?? [])];
          const text = toDigits(cell.text);
          expect(own, `${name} ${cell.figure}`).toContain(
            columns[index]?.name === '增减' ? text.replace('-', '') : text,
          );
        });
    expect([...seen.keys()]).toEqual(sheets.map(({ name }) => name));
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(300);
  });

  it('add up months and townships to the year', () => {
    const months = toSheet('月度发放').rows;
    expect(months).toHaveLength(13);
    const sum = (index: number) =>
      months.slice(1).reduce((all, { cells }) => {
        const cell = cells[index];
        return all + (cell?.type === 'number' ? Math.round(Number(cell.value) * 1e6) : 0);
      }, 0);
    const total = months[0]?.cells[2];
    expect(total?.type === 'number' && Math.round(Number(total.value) * 1e6)).toBe(sum(2));
  });

  it('withhold what one or two persons get, and say so', () => {
    const sheet = toSheet('社会救助');
    expect(sheet.rows.filter(({ cells }) => cells.some(({ type }) => type === 'suppressed'))).toHaveLength(2);
    expect(sheet.notes.some((note) => note.startsWith('*：为保护个人信息'))).toBe(true);
    for (const { rows, columns } of sheets)
      for (const { cells } of rows.slice(1))
        cells.forEach((cell, index) => {
          const counted =
            ['人', '户', '人次'].includes(columns[index]?.unit ?? '') && columns[0]?.name === '地区';
          if (counted && cell.type === 'number') expect([1, 2]).not.toContain(Number(cell.value));
        });
  });
});

describe('the workbook', () => {
  const FORMULA = /^(?:SUM\(([A-Z]+)(\d+):[A-Z]+(\d+)\)|([A-Z]+\d+)([-/])([A-Z]+\d+)(?:\*([\d.]+))?)$/;

  it('has formulas that give their cached values', () => {
    let formulas = 0;
    for (const sheet of workbook.worksheets) {
      const at = (address: string) =>
        Number(sheet.getCell(address).result ?? sheet.getCell(address).value) || 0;
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          if (cell.type !== ExcelJS.ValueType.Formula) return;
          const [, column, from, to, left = '', sign, right = '', times = '1'] =
            FORMULA.exec(cell.formula) ?? [];
          let value = 0;
          if (column === undefined)
            value = (sign === '-' ? at(left) - at(right) : at(left) / at(right)) * Number(times);
          else for (let line = Number(from); line <= Number(to); line++) value += at(`${column}${line}`);
          expect(value).toBeCloseTo(Number(cell.result), 8);
          formulas += 1;
        });
      });
    }
    expect(formulas).toBeGreaterThan(40);
  });

  it('prints on A4, with its head on every page', () => {
    const sheet = workbook.getWorksheet('附表1 社会救助');
    expect(sheet?.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToWidth: 1,
      printTitlesRow: '4:5',
    });
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 5 });
    expect(sheet?.getCell('B4').value).toBe('最低生活保障');
    expect(sheet?.getCell('B4').isMerged).toBe(true);
  });
});

describe('the csv files', () => {
  it('begin with a byte order mark, end their lines as Excel does and hold no person', () => {
    const files = written.filter((path) => path.endsWith('.csv'));
    expect(files).toHaveLength(8);
    for (const file of files) {
      const bytes = readFileSync(file);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const text = bytes.toString('utf8');
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(text).not.toMatch(/\d{15}/);
      expect(text).not.toMatch(/(^|,)"?[=+@]/m);
    }
  });
});

describe('what is asked for', () => {
  it('is one layout, in full where few persons need not be withheld', async () => {
    const out = join(folder, 'one');
    const config = toConfig(inputs, { config: join(SAMPLES, 'mzreport.yaml'), out });
    const { sheets: own } = await exportTables(config, { layout: '社会救助', suppress: false }, () => {});
    expect(own.map(({ name }) => name)).toEqual(['社会救助']);
    expect(own[0]?.rows.some(({ cells }) => cells.some(({ type }) => type === 'suppressed'))).toBe(false);
    expect(readdirSync(out).filter((name) => !name.startsWith('.'))).toEqual(['东湖区民政局2022年附表.xlsx']);
  }, 60_000);

  it('must be a layout and a format that there are', async () => {
    const config = toConfig(inputs, { out: folder });
    await expect(exportTables(config, { layout: '军休' }, () => {})).rejects.toThrow('附表“军休”');
    await expect(exportTables(config, { format: 'pdf' }, () => {})).rejects.toThrow(
      '“pdf”不是附表可用的格式',
    );
  });
});
