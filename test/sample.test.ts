/** The committed sample files: the printed draft, conservation of rows, privacy, and what a changed row changes. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../samples/generate.ts';
import { read, readSource } from '../src/read/index.ts';
import { unzip } from './render/unzip.ts';
import { type Outcome, type Result, runCli, summarize, toValues } from './support/run.ts';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));
const FILES = readdirSync(SAMPLES).filter((name) => /\.(xlsx|csv)$/.test(name));
const folder = mkdtempSync(join(tmpdir(), 'mzreport-sample-'));
const out = join(folder, 'out');
const sampleArgs = [...FILES.map((name) => join(SAMPLES, name)), '--config', join(SAMPLES, 'mzreport.yaml')];

let result: Result;
let printed: Outcome;
const draft = (ending: string): string =>
  readFileSync(join(out, `东湖区民政局2022年工作总结.${ending}`), 'utf8');

const readDocx = (): Map<string, string> => unzip(readFileSync(join(out, '东湖区民政局2022年工作总结.docx')));

beforeAll(async () => {
  result = await summarize(...sampleArgs, '--out', out);
  printed = await runCli('summarize', ...sampleArgs, '--out', out);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The figures that the published report of 2022 carries, and those that follow from its data where it erred. */
const PRINTED =
  `2092户 3028 2850.46万元 838.37元 230.37万元 33.88万元 321人次 119.95万元 92户136人 164户214人 23户24人 6户6人
  5061户7749人 2226户4374人 13户20人 71.47万元 9.7万元 355.98万元 59.08万元 2328对 971对 492件 241件 311次 606次 2385.5万元
  20.34万余人次 10295人 400张 32家 1576家 211家 24.51% 408张 3.84张 9.6% 7.5% 8.2% 41.2%`.split(/\s+/);

describe('the sample bureau', () => {
  it.each(PRINTED)('prints %s', (text) => {
    expect(draft('txt')).toContain(text);
  });

  it('accounts for every row of every sheet', () => {
    expect(result.sheets).toHaveLength(33);
    for (const { file, sheet, read: rows, used, setAside } of result.sheets) {
      expect(rows, `${file} ${sheet}`).toBe(used + setAside.reduce((sum, { rows: n }) => sum + n, 0));
    }
  });

  it('leaves nothing open but what a person writes', () => {
    expect(draft('txt')).not.toContain('待核');
    expect(draft('txt').match(/〔待填：/g)).toHaveLength(4);
    expect(result.problems.map(({ kind }) => kind)).toEqual(['hidden-sheet']);
    expect(result.leftOut).toEqual([]);
  });

  it('has the same figures in docx and txt', () => {
    const text =
      readDocx()
        .get('word/document.xml')
        ?.replace(/<[^>]+>/g, '') ?? '';
    for (const figure of PRINTED) expect(text).toContain(figure);
  });
});

describe('privacy', () => {
  it('no ID, name, phone or account of the samples is in any output or printed line', async () => {
    const secrets = await findSecrets();
    expect(secrets.size).toBeGreaterThan(30_000);
    const texts = [...readDocx().values()].map((part) => part.replace(/<[^>]+>/g, ''));
    const all = [
      ...texts,
      draft('txt'),
      draft('md'),
      draft('facts.json'),
      printed.stdout,
      printed.stderr,
      JSON.stringify(result),
    ].join('\n');
    expect([...secrets].filter((secret) => all.includes(secret))).toEqual([]);
  });
});

/** Every cell of the samples that is an ID, a phone, an account or a placeholder name of a person. */
async function findSecrets(): Promise<Set<string>> {
  const secrets = new Set<string>();
  for (const name of FILES) {
    for (const sheet of await read(await readSource(join(SAMPLES, name)))) {
      for await (const { columns } of sheet.read()) {
        for (const cell of columns.flat()) {
          if (
            /^990\d{14}[\dXx]$/.test(cell) ||
            /^199000\d{5}$/.test(cell) ||
            /^990\d{10,}$/.test(cell) ||
            /^样例[甲乙丙丁]/.test(cell)
          )
            secrets.add(cell);
        }
      }
    }
  }
  return secrets;
}

/** Where only figures are looked at. */
const TXT = ['--format', 'txt'];

/** A small bureau of the same generator: exceljs needs long to rewrite the large one. */
describe('a changed workbook', () => {
  const bureau = join(folder, 'bureau');
  let files: string[];
  let workbookName: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    await generate({ seed: 7, out: bureau });
    files = readdirSync(bureau).filter((name) => /\.(xlsx|csv)$/.test(name));
    workbookName = files.find((name) => /^(?!任务|手工).*\.xlsx$/.test(name)) ?? '';
    before = toValues(
      await summarize(...files.map((name) => join(bureau, name)), '--out', join(folder, 'before'), ...TXT),
    );
  }, 180_000);

  /** Summarises the bureau with one sheet of its workbook changed. */
  async function withChange(
    sheet: string,
    change: (worksheet: ExcelJS.Worksheet) => void,
  ): Promise<Record<string, string>> {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(join(bureau, workbookName));
    const worksheet = workbook.getWorksheet(sheet);
    if (!worksheet) throw new Error(`no sheet ${sheet}`);
    change(worksheet);
    const changed = join(folder, workbookName);
    await workbook.xlsx.writeFile(changed);
    const inputs = files.map((name) => (name === workbookName ? changed : join(bureau, name)));
    return toValues(await summarize(...inputs, '--out', join(folder, 'after'), '--force', ...TXT));
  }

  const differing = (after: Record<string, string>): string[] =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((id) => before[id] !== after[id])
      .sort();

  /** The last row that holds an ID: totals and footers hold none. */
  function findDataRow(worksheet: ExcelJS.Worksheet): number {
    for (let number = worksheet.rowCount; number > 0; number--) {
      const values = worksheet.getRow(number).values;
      if (Array.isArray(values) && values.some((value) => /^990\d{14}[\dX]$/.test(String(value))))
        return number;
    }
    throw new Error('no data row');
  }

  it('one row less in 临时救助 changes the figures that its rows make and nothing else', async () => {
    const after = await withChange('临时救助', (worksheet) =>
      worksheet.spliceRows(findDataRow(worksheet), 1),
    );
    expect(differing(after)).toEqual([
      '临时救助.人数',
      '临时救助.人次',
      '临时救助.户数',
      '临时救助.支出型金额',
      '临时救助.次均水平',
      '临时救助.金额',
      '社会救助.发放金额',
    ]);
    expect(Number(after['临时救助.人次'])).toBe(Number(before['临时救助.人次']) - 1);
    expect(Number(after['临时救助.金额'])).toBeLessThan(Number(before['临时救助.金额']));
  }, 180_000);

  it('one more 合计 row changes nothing', async () => {
    const after = await withChange('残疾人两项补贴', (worksheet) => {
      const number = findDataRow(worksheet);
      const values = worksheet.getRow(number).values as ExcelJS.CellValue[];
      worksheet.insertRow(number, [
        '合计',
        ...values.slice(2).map((value) => (/^[\d.,]+$/.test(String(value)) ? value : null)),
      ]);
    });
    expect(differing(after)).toEqual([]);
  }, 180_000);

  it('the same file twice changes nothing', async () => {
    const twice = join(folder, `另存${workbookName}`);
    copyFileSync(join(bureau, workbookName), twice);
    const again = await summarize(
      ...files.map((name) => join(bureau, name)),
      twice,
      '--out',
      join(folder, 'twice'),
      ...TXT,
    );
    expect(differing(toValues(again))).toEqual([]);
    expect(again.problems.map(({ kind }) => kind)).toContain('same-file');
  }, 180_000);
});
