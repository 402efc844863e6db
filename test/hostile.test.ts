/**
 * Files made to do harm: each ends in bounded time and memory, with figures or with a sentence, and reaches nothing. What
 * concerns one reader alone stands beside it: bombs and DOCTYPE in test/read/xlsx and test/read/zip-members.test.ts,
 * templates in test/compose/safety.test.ts, escapes in test/terminal.test.ts, links in test/output.test.ts, paths in zips
 * in test/golden.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PackSpec, SKELETON, toPack } from './support/pack.ts';
import { runCli, summarize } from './support/run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mzreport-hostile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEAD = '乡镇街道,发放月份,人次,发放金额（元）\n';
const TITLE = '东湖区2022年高龄津贴发放表\n';
const GOOD = '东湖街道,2022年1月,4,400\n';
const CSV = '东湖区2022年高龄津贴.csv';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

const toBook = (parts: PackSpec): Buffer => toPack({ ...SKELETON, ...parts });
const toSheet = (inner: string): Buffer =>
  toBook({ 'xl/worksheets/sheet1.xml': `<worksheet ${MAIN}>${inner}</worksheet>` });

/** Ten levels of ten: ten thousand million letters. */
const ENTITIES = `<!DOCTYPE a [<!ENTITY a0 "lol">${Array.from(
  { length: 10 },
  (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]>`;

interface Attack {
  name: string;
  file?: string;
  bytes: () => string | Uint8Array;
  /** Exit code: 0 with figures, 2 with a sentence. */
  ends: 0 | 2;
  /** In the sentence, or the amount that is computed. */
  says: string;
}

const ATTACKS: Attack[] = [
  {
    name: 'a head of a million columns',
    bytes: () => `${TITLE}${HEAD.trim()}${',甲'.repeat(1_000_000)}\n${GOOD}`,
    ends: 2,
    says: '列',
  },
  {
    name: 'a row of a million cells',
    bytes: () => `${TITLE}${HEAD}${GOOD}东湖街道,2022年2月,4,400${',9'.repeat(1_000_000)}\n`,
    ends: 0,
    says: '0.04万元',
  },
  {
    name: 'a cell of thirty million characters',
    bytes: () => `${TITLE}${HEAD}${GOOD}"${'户'.repeat(10_000_000)}",2022年2月,4,400\n`,
    ends: 2,
    says: '引号没有配对',
  },
  {
    name: 'ten megabytes of NUL',
    bytes: () => Buffer.alloc(10_000_000),
    ends: 2,
    says: CSV,
  },
  {
    name: 'a quote that is never closed',
    bytes: () => `${TITLE}${HEAD}${GOOD}"${'东湖街道,2022年2月,4,400\n'.repeat(200_000)}`,
    ends: 2,
    says: CSV,
  },
  {
    name: 'a sheet that says it has a thousand million rows',
    file: '东湖区2022年高龄津贴.xlsx',
    bytes: () =>
      toSheet(`<dimension ref="A1:XFD1000000000"/><sheetData>${toRows(TITLE + HEAD + GOOD)}</sheetData>`),
    ends: 0,
    says: '0.04万元',
  },
  {
    name: 'a row of the number thousand million',
    file: '东湖区2022年高龄津贴.xlsx',
    bytes: () =>
      toSheet(
        `<sheetData>${toRows(TITLE + HEAD + GOOD)}<row r="1000000000"><c><v>1</v></c></row></sheetData>`,
      ),
    ends: 2,
    says: '行号有误',
  },
  {
    name: 'entities in a workbook',
    file: '东湖区2022年高龄津贴.xlsx',
    bytes: () =>
      toBook({
        'xl/worksheets/sheet1.xml': `${ENTITIES}<worksheet ${MAIN}><sheetData><row><c t="inlineStr"><is><t>&a10;&x;</t></is></c></row></sheetData></worksheet>`,
      }),
    ends: 2,
    says: '东湖区2022年高龄津贴.xlsx',
  },
  {
    name: 'entities in a SpreadsheetML file',
    file: '东湖区2022年高龄津贴.xls',
    bytes: () =>
      `<?xml version="1.0"?>${ENTITIES}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&a10;&x;</Data></Cell></Row></Table></Worksheet></Workbook>`,
    ends: 2,
    says: '东湖区2022年高龄津贴.xls',
  },
  {
    name: 'entities in an OpenDocument file',
    file: '东湖区2022年高龄津贴.ods',
    bytes: () =>
      toPack({
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml': `${ENTITIES}<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x"><o:body><o:spreadsheet><t:table><t:table-row><t:table-cell><x:p>&a10;&x;</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>`,
      }),
    ends: 2,
    says: '东湖区2022年高龄津贴.ods',
  },
  {
    name: 'half a million elements, each in the other, in a workbook',
    file: '东湖区2022年高龄津贴.xlsx',
    bytes: () => toSheet(`<sheetData>${'<a>'.repeat(500_000)}${'</a>'.repeat(500_000)}</sheetData>`),
    ends: 2,
    says: '东湖区2022年高龄津贴.xlsx',
  },
  {
    name: 'half a million elements, each in the other, in a SpreadsheetML file',
    file: '东湖区2022年高龄津贴.xls',
    bytes: () =>
      `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>${'<Row>'.repeat(500_000)}`,
    ends: 2,
    says: '东湖区2022年高龄津贴.xls',
  },
  {
    name: 'a hundred thousand tables, each in the other, in a page',
    file: '东湖区2022年高龄津贴.xls',
    bytes: () => `<html><body>${'<table><tr><td>甲'.repeat(100_000)}`,
    ends: 2,
    says: '东湖区2022年高龄津贴.xls',
  },
  {
    name: 'an OpenDocument bomb',
    file: '东湖区2022年高龄津贴.ods',
    bytes: () =>
      toPack({
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml': Buffer.alloc(300_000_000, ' '),
      }),
    ends: 2,
    says: '东湖区2022年高龄津贴.ods',
  },
  {
    name: 'a zip of five thousand files',
    file: '东湖区2022年.zip',
    bytes: () =>
      toPack(
        Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${index}.csv`, '甲,乙\n1,2\n'])),
      ),
    ends: 2,
    says: '东湖区2022年.zip',
  },
  {
    name: 'lists of lists of a facts.json',
    file: '东湖区2021年.facts.json',
    bytes: () => '['.repeat(2_000_000),
    ends: 2,
    says: '东湖区2021年.facts.json',
  },
  {
    name: 'spaces, digits and months without end',
    bytes: () =>
      `${TITLE}${HEAD}${GOOD}${'2022年'.repeat(20_000)},${'2022年1月'.repeat(10_000)},${'1,'.repeat(1)}${' '.repeat(100_000)}x\n${' '.repeat(100_000)},2022年1月,${'1'.repeat(100_000)},${'-'.repeat(50_000)}1\n`,
    ends: 0,
    says: '0.04万元',
  },
  {
    name: 'a title without end',
    bytes: () => `${'东湖区2022年1月至'.repeat(2_000)}\n${HEAD}${GOOD}`,
    ends: 0,
    says: '0.04万元',
  },
  {
    name: 'SQL in cells, head and file name',
    file: `东湖区2022年高龄津贴'); drop table s1; --".csv`,
    bytes: () =>
      `${TITLE}${HEAD.trim()},'); drop table s1; --\n${GOOD}"'); drop view all_payouts; --",2022年2月,4,400,"' or 1=1"\n`,
    ends: 0,
    says: '0.08万元',
  },
  {
    name: 'names of the language as columns and townships',
    bytes: () =>
      `${TITLE}${HEAD.trim()},__proto__,constructor,toString\n${GOOD.trim()},polluted,1,1\n__proto__,2022年2月,4,400,1,1,1\nconstructor,2022年3月,4,400,1,1,1\n`,
    ends: 0,
    says: '0.12万元',
  },
];

/** Lines of a CSV as rows of a sheet. */
function toRows(csv: string): string {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  return csv
    .trim()
    .split('\n')
    .map((line) => `<row>${line.split(',').map(cell).join('')}</row>`)
    .join('');
}

/** What a clerk's computer may be asked for; the machine of the tests does other things at the same time. */
const SECONDS = 60;
const MEGABYTES = 2500;

describe('a hostile file', () => {
  it.each(ATTACKS)('$name', async ({ file = CSV, bytes, ends, says }) => {
    const path = join(folder, file);
    writeFileSync(path, bytes());
    const began = performance.now();
    const { code, stdout, stderr } = await runCli(
      'summarize',
      path,
      '--out',
      join(folder, 'out'),
      '--format',
      'md,html',
      '--kind',
      'congress',
      '--json',
      '--debug',
    );
    expect({ code, stderr: stderr.slice(0, 500) }).toMatchObject({ code: ends });
    if (ends === 0) {
      const { figures } = JSON.parse(stdout) as { figures: { id: string; text: string }[] };
      expect(figures.find(({ id }) => id === '高龄津贴.发放金额')?.text).toBe(says);
    } else {
      expect(stderr.split('\n')[0]).toMatch(/^错误：.*。$/);
      expect(stderr).toContain(says);
      expect(readdirSync(join(folder, 'out'))).toEqual([]);
    }
    expect(stdout + stderr).not.toMatch(/root:|lollol/);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((performance.now() - began) / 1000).toBeLessThan(SECONDS);
  });

  it.skipIf(process.platform === 'win32')('that is no file at all is refused, not waited for', async () => {
    execFileSync('mkfifo', [join(folder, CSV)]);
    for (const path of [join(folder, CSV), folder, '/dev/zero']) {
      const { code, stderr } = await runCli('summarize', path, '--out', join(folder, 'out'));
      expect({ code, line: stderr }).toMatchObject({
        code: 2,
        line: expect.stringMatching(/^错误：.*。\n$/),
      });
    }
  });

  afterAll(() => {
    expect(process.resourceUsage().maxRSS / 1024).toBeLessThan(MEGABYTES);
  });
});

describe('a hostile configuration', () => {
  it.each([
    [
      'names that stand for ever more names',
      `a0: &a0 [lol]\n${Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(10)}]`).join('\n')}\n`,
    ],
    ['the same where texts are wanted', `成文日期: &a0 [lol]\n口径: {甲: [${'*a0,'.repeat(200)}]}\n`],
    ['lists of lists', `地区: ${'['.repeat(100_000)}\n`],
    ['a prototype', '__proto__: {polluted: 1}\n地区: 东湖区\n'],
    [
      'an indicator that is a prototype',
      '指标: {__proto__: {名称: 甲}, constructor: {prototype: {polluted: 1}}}\n',
    ],
    ['code', '地区: !!js/function "function () { return 1 }"\n'],
  ])('%s', async (_, text) => {
    writeFileSync(join(folder, CSV), TITLE + HEAD + GOOD);
    writeFileSync(join(folder, '本区.yaml'), text);
    const began = performance.now();
    const args = ['--config', join(folder, '本区.yaml'), '--out', join(folder, 'out')];
    const { code, stderr } = await runCli('summarize', join(folder, CSV), ...args);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/^错误：.*。\n$/) });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((performance.now() - began) / 1000).toBeLessThan(SECONDS);
  });
});

describe('formulas in cells', () => {
  const FORMULAS = [
    '=1+1',
    "=cmd|'/c calc'!A1",
    '+1+1',
    '-2+3',
    '@SUM(A1)',
    '=HYPERLINK("http://x","点我")',
    '\t=1+1',
    '\u3000=1+1',
    '＝1+1',
  ];

  /** Townships that are formulas: they are printed as they are, and must stay texts. */
  async function exportAll(): Promise<string> {
    const quoted = FORMULAS.map((text) => `"${text.replaceAll('"', '""')}",2022年1月,4,400\n`).join('');
    writeFileSync(join(folder, CSV), `${TITLE}${HEAD}${quoted}`);
    const out = join(folder, 'out');
    const { code, stderr } = await runCli(
      'export',
      join(folder, CSV),
      '--out',
      out,
      '--format',
      'xlsx,csv,docx',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return out;
  }

  it('stay texts in a workbook: its only formulas are sums and ratios of our own', async () => {
    const out = await exportAll();
    const name = readdirSync(out).find((each) => each.endsWith('.xlsx')) ?? '';
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(join(out, name));
    const texts: string[] = [];
    workbook.eachSheet((sheet) =>
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          if (cell.formula)
            expect(cell.formula).toMatch(/^(?:SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+[/-][A-Z]+\d+(?:\*\d+)?)$/);
          else texts.push(cell.text);
          expect(cell.hyperlink ?? '#').toMatch(/^#/);
        }),
      ),
    );
    expect(texts).toContain('=1+1');
    expect(texts).toContain("=cmd|'/c calc'!A1");
  });

  it('begin with an apostrophe in a CSV, where Excel would run them', async () => {
    const out = await exportAll();
    const files = readdirSync(out).filter((name) => name.endsWith('.csv'));
    expect(files.length).toBeGreaterThan(0);
    const text = files.map((name) => readFileSync(join(out, name), 'utf8').replace('\ufeff', '')).join('');
    const cells = text.split('\r\n').flatMap((line) => line.match(/"(?:[^"]|"")*"|[^,]+/g) ?? []);
    const bare = cells.map((cell) => cell.replace(/^"|"$/g, ''));
    expect(bare.filter((cell) => /^[\s\u3000]*[=+@＝]|^[\s\u3000]*-(?!\d+(?:\.\d+)?$)/.test(cell))).toEqual(
      [],
    );
    expect(bare.filter((cell) => cell.includes("'=1+1")).length).toBeGreaterThan(0);
    expect(text).toContain("'@SUM(A1)");
    expect(text).toContain("'+1+1");
  });
});

describe('markup in cells', () => {
  it('is text in a page, in Markdown and in Word', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>街道';
    writeFileSync(
      join(folder, CSV),
      `${TITLE}${HEAD}"${evil}",2022年1月,4,400\n"[点我](javascript:alert(3))街道",2022年2月,4,400\n`,
    );
    const out = join(folder, 'out');
    mkdirSync(out);
    await summarize(join(folder, CSV), '--out', out, '--kind', 'congress', '--format', 'html,md,docx');
    const read = (suffix: string) =>
      readFileSync(join(out, readdirSync(out).find((name) => name.endsWith(suffix)) ?? ''), 'utf8');
    const html = read('.html');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toMatch(/<img src=x|<script>alert|href="javascript/);
    expect(read('.md')).not.toMatch(/(?<!\\)<(?:img|script)|(?<!\\)\[点我\]\(/);
  });
});
