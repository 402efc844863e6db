/**
 * What a clerk sees when a run cannot be done: one Chinese sentence that names the file or option, says what was found
 * and what to do, on stderr, with exit code 2; and no output. The program runs as its own process, as people run it.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Document, Packer, Paragraph } from 'docx';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILURE_CODES, type FailureCode } from '../src/failure.ts';
import { readSource } from '../src/read/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PROGRAM = join(ROOT, 'bin/mzreport.js');
const folders: string[] = [];

interface Transcript {
  code: number;
  stdout: string;
  stderr: string;
}

function mzreport(cwd: string, ...args: string[]): Promise<Transcript> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], { cwd, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

type Files = Record<string, string | Uint8Array>;

function toFolder(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-failures-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const GOOD = `东湖区2022年低保发放明细
单位：元
乡镇街道,户编号,户主姓名,身份证号,保障人数,发放年月,发放合计
东湖街道,H1,户主甲,11010519491231002X,2,2022-01,300
东湖街道,H1,户主甲,11010519491231002X,2,2022-02,300
`;

async function toWorkbook(sheets: Record<string, (string | number)[][]>): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) workbook.addWorksheet(name).addRows(rows);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** What Excel writes when a password is set: an OLE2 file with a stream of this name. */
const PROTECTED = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(1024),
  Buffer.from('EncryptedPackage', 'utf16le'),
  Buffer.alloc(1024),
]);

const toDocx = (): Promise<Buffer> =>
  Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('会议纪要')] }] }));

interface Situation {
  name: string;
  failure: FailureCode;
  files: () => Files | Promise<Files>;
  args: string[];
  /** summarize where it is not said. */
  command?: string;
  /** What the sentence must say: the file or option, what was found, what to do. */
  says: (string | RegExp)[];
}

const SITUATIONS: Situation[] = [
  {
    name: 'no such file',
    failure: 'file-missing',
    files: () => ({}),
    args: ['没有这个.xlsx'],
    says: ['找不到', '“没有这个.xlsx”', '请核对文件名'],
  },
  {
    name: 'a pattern that no file fits',
    failure: 'file-missing',
    files: () => ({ '说明.doc': '' }),
    args: ['*.xlsx'],
    says: ['找不到', '“*.xlsx”', '请'],
  },
  {
    name: 'a document that is no Word file',
    command: 'refresh',
    failure: 'file-not-docx',
    files: () => ({ '总结.docx': '全年累计发放低保金10万元。', '低保2022.csv': GOOD }),
    args: ['总结.docx', '低保2022.csv'],
    says: ['“总结.docx”', '不是 Word 文件', '另存为 docx'],
  },
  {
    name: 'a Word file that this program did not write',
    command: 'refresh',
    failure: 'document-unknown',
    files: async () => ({ '纪要.docx': await toDocx(), '低保2022.csv': GOOD }),
    args: ['纪要.docx', '低保2022.csv'],
    says: ['“纪要.docx”', '没有 mzreport 写下的记录', '“mzreport summarize”写出的 docx'],
  },
  {
    name: 'an empty folder',
    failure: 'no-input',
    files: () => ({}),
    args: ['.'],
    says: ['没有可读取的表格文件', '请'],
  },
  {
    name: 'an empty file',
    failure: 'file-empty',
    files: () => ({ '低保2022.csv': '' }),
    args: ['低保2022.csv'],
    says: ['“低保2022.csv”', '空文件', '请从业务系统重新导出'],
  },
  {
    name: 'a CSV of blank cells',
    failure: 'sheet-empty',
    files: () => ({ '低保2022.csv': ',,\n,,\n\n' }),
    args: ['低保2022.csv'],
    says: ['“低保2022.csv”', '没有任何有内容的单元格', '请'],
  },
  {
    name: 'a .docx renamed .xlsx',
    failure: 'file-type',
    files: async () => ({ '纪要.xlsx': await toDocx() }),
    args: ['纪要.xlsx'],
    says: ['“纪要.xlsx”', 'Word 文档', '另存为 xlsx'],
  },
  {
    name: 'a picture renamed .csv',
    failure: 'file-type',
    files: () => ({ '扫描件.csv': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') }),
    args: ['扫描件.csv'],
    says: ['“扫描件.csv”', '图片', '请'],
  },
  {
    name: 'a truncated xlsx',
    failure: 'file-damaged',
    files: async () => {
      const whole = await toWorkbook({ 低保: [['姓名', '身份证号']] });
      return { '低保2022.xlsx': whole.subarray(0, whole.length / 2) };
    },
    args: ['低保2022.xlsx'],
    says: ['“低保2022.xlsx”已损坏', '请重新导出'],
  },
  {
    name: 'a password-protected xlsx',
    failure: 'file-protected',
    files: () => ({ '低保2022.xlsx': PROTECTED }),
    args: ['低保2022.xlsx'],
    says: ['“低保2022.xlsx”', '密码', '取消密码后另存'],
  },
  {
    name: 'a text in no known encoding',
    failure: 'file-encoding',
    files: () => ({ '低保2022.csv': Buffer.from([0x61, 0x2c, 0xff, 0x2c, 0x62, 0x0a]) }),
    args: ['低保2022.csv'],
    says: ['“低保2022.csv”', '编码无法识别', '请另存为'],
  },
  {
    name: 'a workbook with no known business',
    failure: 'nothing-recognised',
    files: async () => ({
      '库存.xlsx': await toWorkbook({
        仓库: [
          ['商品', '单价', '库存'],
          ['纸', 3, 10],
        ],
      }),
    }),
    args: ['库存.xlsx'],
    says: ['“库存.xlsx”', '没有认得出的民政业务表', '请检查表头和工作表名称'],
  },
  {
    name: 'tables of which nothing was given',
    failure: 'no-tables',
    command: 'export',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--layout', '任务指标,资金执行'],
    says: ['附表“任务指标、资金执行”', '任务指标没有任务表；资金执行没有资金表', '用 --layout 换别的附表'],
  },
  {
    name: 'a year with no rows',
    failure: 'no-rows-in-period',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--year', '2010'],
    says: ['“低保2022.csv”', '2010', '请核对 --year'],
  },
  {
    name: 'nothing that says when',
    failure: 'period-unknown',
    files: () => ({
      '特困.csv': '东湖区特困人员名册\n姓名,身份证号,供养方式\n特困甲,11010519491231002X,集中\n',
    }),
    args: ['特困.csv'],
    says: ['“特困.csv”', '看不出是哪一年', '--year'],
  },
  {
    name: '--out pointing at a file',
    failure: 'output-unwritable',
    files: () => ({ '低保2022.csv': GOOD, 总结: '一份别的文件' }),
    args: ['低保2022.csv', '--out', '总结'],
    says: ['“总结”', '无法写入', '--out'],
  },
  {
    name: 'an unknown option',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--yaer', '2022'],
    says: ['--yaer', '没有这个选项', '--help'],
  },
  {
    name: 'no file named',
    failure: 'usage',
    files: () => ({}),
    args: [],
    says: ['没有写表格文件', '--help'],
  },
  {
    name: 'an option without its value',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--year'],
    says: ['--year', '缺少内容', '--help'],
  },
  {
    name: 'a format that there is not',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--format', 'docx,pdf'],
    says: ['--format', '“pdf”', 'docx、html、md、txt'],
  },
  {
    name: 'a year that is none',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--year', '二〇二二'],
    says: ['--year', '“二〇二二”', '不是年份'],
  },
  {
    name: 'a period that is none',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--period', '去年'],
    says: ['--period', '“去年”', '看不出是哪段时期'],
  },
  {
    name: 'a kind that there is not',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--kind', '年度'],
    says: ['文种“年度”', '没有这个文种', 'annual、congress、half-year、measures、progress'],
  },
  {
    name: 'a kind and a template of its own at once',
    failure: 'usage',
    files: () => ({ '低保2022.csv': GOOD, '本区.hbs': '# 总结\n' }),
    args: ['低保2022.csv', '--kind', 'annual', '--template', '本区.hbs'],
    says: ['--kind 和 --template', '只能写一个'],
  },
  {
    name: 'an unknown name in a template',
    failure: 'template-invalid',
    files: () => ({ '低保2022.csv': GOOD, '本区.hbs': '# 总结\n\n累计{{低保.累计保障户数}}。\n' }),
    args: ['低保2022.csv', '--template', '本区.hbs'],
    says: ['“本区.hbs”', '第3行', '“低保.累计保障户数”不存在', '是否指', '“低保.累计户数”'],
  },
  {
    name: 'a template that does not exist',
    failure: 'template-invalid',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--template', '本区.hbs'],
    says: ['“本区.hbs”', '没有这个模板', '请'],
  },
  {
    name: 'a template whose blocks are not closed',
    failure: 'template-invalid',
    files: () => ({ '低保2022.csv': GOOD, '本区.hbs': '# 总结\n\n{{#有 低保}}累计。\n' }),
    args: ['低保2022.csv', '--template', '本区.hbs'],
    says: ['“本区.hbs”', '写法不对', '成对'],
  },
  {
    name: 'an unknown key in mzreport.yaml of the current folder',
    failure: 'config-invalid',
    files: () => ({ '低保2022.csv': GOOD, 'mzreport.yaml': '地区: 东湖区\n年分: 2022\n' }),
    args: ['低保2022.csv'],
    says: ['“mzreport.yaml', '年分', '不认识的键', '请改正'],
  },
  {
    name: 'a configuration file that is no YAML',
    failure: 'config-invalid',
    files: () => ({ '低保2022.csv': GOOD, '本区.yaml': '地区: 东湖区\n单位: [东湖区民政局\n' }),
    args: ['低保2022.csv', '--config', '本区.yaml'],
    says: ['本区.yaml', /第\d行/, 'YAML', '检查缩进'],
  },
  {
    name: 'an indicator of the bureau that names a field there is not',
    failure: 'catalogue-invalid',
    files: () => ({
      '低保2022.csv': GOOD,
      'mzreport.yaml':
        '指标:\n  低保:\n    男: {名称: 男, 单位: 人, 类别: 人次, 取自: payouts, 条件: {性别别: 男}, 计算: 行数}\n',
    }),
    args: ['低保2022.csv'],
    says: ['mzreport.yaml', '低保.男', '性别别', '请改正'],
  },
  {
    name: 'a configuration file that is not there',
    failure: 'file-missing',
    files: () => ({ '低保2022.csv': GOOD }),
    args: ['低保2022.csv', '--config', '本区.yaml'],
    says: ['找不到', '“本区.yaml”'],
  },
  {
    name: 'a web page in the place of a draft',
    failure: 'draft-type',
    command: 'check',
    files: () => ({ '总结.html': '<!doctype html><p>低保2户</p>' }),
    args: ['总结.html'],
    says: ['“总结.html”不是可以核对的文稿', '网页', '另存为 docx 或 txt'],
  },
  {
    name: 'a workbook in the place of a draft',
    failure: 'file-not-docx',
    command: 'check',
    files: async () => ({ '总结.docx': await toWorkbook({ 总结: [['低保', 2]] }) }),
    args: ['总结.docx'],
    says: ['“总结.docx”不是可以打开的 Word 文稿', '另存为 docx'],
  },
];

/** Names of programs, formats, options and error classes that a clerk meets in our own words. */
const KNOWN_WORDS =
  /\b(?:mzreport|inspect|annual|congress|half|measures|progress|kind|csv|xlsx|docx|html|md|txt|xls|zip|json|facts|YAML|Excel|WPS|Word|Office|PDF|RTF|doc|UTF|CSV|GB18030|period|template|config|format|place|year|yaer|layout|help|out)\b/g;

/** Latin words that are neither quoted from the user nor ours. */
const toForeignWords = (line: string): string[] =>
  line
    .replace(/“[^”]*”/g, '')
    .replace(KNOWN_WORDS, '')
    .match(/[A-Za-z]{2,}/g) ?? [];

function requireSentence({ code, stdout, stderr }: Transcript): string {
  expect(stderr).toMatch(/^错误：[^\n]+\n$/);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const line = stderr.trim();
  expect(line).not.toMatch(/\bat \S+|undefined|null|\[object|“”|（）/);
  expect(toForeignWords(line)).toEqual([]);
  expect(line.endsWith('。')).toBe(true);
  return line;
}

beforeAll(() => {
  if (!existsSync(join(ROOT, 'dist/cli.js'))) execFileSync('npm', ['run', 'build'], { cwd: ROOT });
}, 180_000);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe.concurrent('mzreport summarize', () => {
  it.each(SITUATIONS)('says what to do about $name', async ({ files, args, says, command = 'summarize' }) => {
    const folder = toFolder(await files());
    const before = readdirSync(folder).sort();
    const target = args.includes('--out') || command === 'check' ? [] : ['--out', 'out'];
    const transcript = await mzreport(folder, command, ...target, ...args);
    const line = requireSentence(transcript);
    for (const part of says) {
      if (typeof part === 'string') expect(line).toContain(part);
      else expect(line).toMatch(part);
    }
    expect(existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')) : []).toEqual([]);
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'out')
        .sort(),
    ).toEqual(before);
  });

  it('never prints an ID from a row when the run fails', async () => {
    const folder = toFolder({ '低保2022.csv': GOOD });
    const { stderr } = await mzreport(folder, 'summarize', '低保2022.csv', '--year', '2010', '--debug');
    expect(stderr).not.toContain('11010519491231002X');
    expect(stderr).not.toContain('户主甲');
  });

  it('leaves the last good output untouched when a later run fails', async () => {
    const folder = toFolder({ '低保2022.csv': GOOD });
    expect((await mzreport(folder, 'summarize', '低保2022.csv', '--out', 'out')).code).toBe(0);
    const read = () =>
      readdirSync(join(folder, 'out')).map((name) => [name, readFileSync(join(folder, 'out', name), 'hex')]);
    const before = read();
    expect(before.map(([name]) => name)).toEqual(
      expect.arrayContaining(['东湖区民政局2022年工作总结.docx', '东湖区民政局2022年工作总结.facts.json']),
    );
    const failed = await mzreport(folder, 'summarize', '低保2022.csv', '--year', '2010', '--out', 'out');
    requireSentence(failed);
    expect(read()).toEqual(before);
  });

  it('refuses a dictionary of the bureau that is broken, naming file and line', async () => {
    const folder = toFolder({ '低保2022.csv': GOOD, 'mzreport.yaml': '模板目录: 模板\n' });
    cpSync(join(ROOT, 'templates'), join(folder, '模板'), { recursive: true });
    writeFileSync(join(folder, '模板/dictionary/areas.yaml'), '别名: {}\n非地名: 社区\n后缀: [县]\n');
    const line = requireSentence(await mzreport(folder, 'summarize', '低保2022.csv', '--out', 'out'));
    expect(line).toContain('“areas.yaml”');
    expect(line).toContain('第2行“非地名”应为列表');
  });
});

describe('the table of situations', () => {
  it('holds every kind of failure that a command line can bring about', () => {
    const elsewhere: Partial<Record<FailureCode, string>> = {
      'folder-busy': 'test/batch.test.ts: a lock of a process that lives',
      'figure-unknown': 'test/explain.test.ts: names that fit no figure',
      'output-locked': 'test/output.test.ts: a rename that the system refuses',
      'output-name': 'test/output.test.ts: names',
      'output-busy': 'a run that waits half a minute for another',
      'document-differs': 'test/audit/refresh.test.ts: figures of another year',
      'file-limit': 'test/read/xlsx: bombs',
      'memory-short': 'test/spill.test.ts: a limit that is too small',
      'file-not-docx': 'test/audit: what is no Word file',
      'facts-invalid': 'test/facts/render.test.ts: a file that is none',
      'no-facts': 'test/rollup/refused.test.ts: a folder of tables',
      'counties-unfit': 'test/rollup/refused.test.ts: counties that do not add up',
      'facts-version': 'test/facts/render.test.ts: facts of an older program',
      'facts-edited': 'test/facts/render.test.ts: facts that were changed in an editor',
      'file-unreadable': 'below: needs a system that refuses',
    };
    const covered = new Set([...SITUATIONS.map(({ failure }) => failure), ...Object.keys(elsewhere)]);
    expect(FAILURE_CODES.filter((code) => !covered.has(code))).toEqual([]);
  });

  it('says so when the system refuses to read', async () => {
    // A folder in a file's place is refused by every system and for every user, root too.
    const folder = toFolder({});
    await expect(readSource(folder)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('请关闭正在占用它的程序'),
    });
  });
});

describe.concurrent('mzreport without a file', () => {
  it('prints five lines to start with', async () => {
    const { code, stdout, stderr } = await mzreport(toFolder({}));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(stdout).toContain('mzreport summarize');
    expect(lines.every((line) => /[\u4e00-\u9fff]/.test(line))).toBe(true);
  });

  it.each(['--help', 'summarize --help', 'indicators --help'])('shows Chinese help: %s', async (args) => {
    const { code, stdout, stderr } = await mzreport(toFolder({}), ...args.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('用法：');
    expect(stdout).not.toMatch(/Usage|Options:|Commands:|Arguments:|\[options\]|display help|default/i);
  });

  it('gives examples in the help', async () => {
    const { stdout } = await mzreport(toFolder({}), '--help');
    expect(stdout).toContain('一般这样用');
    expect(stdout).toContain('mzreport summarize 导出');
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await mzreport(toFolder({}), '--version')).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('refuses an unknown command', async () => {
    const line = requireSentence(await mzreport(toFolder({}), '汇总'));
    expect(line).toContain('汇总');
    expect(line).toContain('没有这个命令');
  });
});
