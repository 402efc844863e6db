import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import { withMessages } from '../manual/messages.ts';
import { FAILURE_CODES } from '../src/failure.ts';
import { PROBLEM_KINDS } from '../src/problem.ts';
import { toTable } from './support/batch.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Lines of fenced blocks that are commands; what follows " #" is a remark. */
const findCommands = (path: string): string[] =>
  [...read(path).matchAll(/^```\w*\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => (block ?? '').split('\n'))
    .flatMap((line) => line.split('&&'))
    .map((line) => line.replace(/\s#.*$/, '').trim())
    .filter((line) => /^(mzreport|npm) /.test(line));
const commands = findCommands('README.md');
/** Those of the manual that the README does not have as well. */
const further = findCommands('docs/手册.md').filter((command) => !commands.includes(command));

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A clerk's folder with what the command names: the samples, and last year's facts. */
async function prepare(command: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-readme-'));
  folders.push(folder);
  const copy = (from: string, to: string) => cpSync(join(ROOT, 'samples', from), join(folder, to));
  if (command.includes('*.xlsx')) {
    // Without the large workbook: files of each kind are enough, and six runs of it would take a minute.
    for (const name of ['任务指标2022.xlsx', '手工填报2022.xlsx', '婚姻登记2022.csv']) copy(name, name);
  }
  if (command.includes('全市计划')) writePlan(folder);
  if (command.includes('2023.xlsx')) await writeWorkbook(join(folder, '2023.xlsx'));
  if (command.includes('2023年工作总结.facts.json')) await writeFacts(folder, '.');
  if (command.includes('上次/')) await writeFacts(folder, '上次');
  if (command.includes(' check 总结.md '))
    writeFileSync(join(folder, '总结.md'), '全年办理结婚登记1234567对。\n');
  if (command.includes('rollup')) await writeFacts(folder, '各县区');
  if (command.includes('2023年工作总结.docx')) await writeDraft(folder);
  mkdirSync(join(folder, '导出'));
  for (const name of ['上门服务工单2022下半年.csv', '婚姻登记2022.csv', '任务指标2022.xlsx'])
    copy(name, join('导出', name));
  mkdirSync(join(folder, '2021年总结'));
  writeFileSync(
    join(folder, '2021年总结', '东湖区民政局2021年工作总结.facts.json'),
    JSON.stringify({
      schemaVersion: 1,
      period: { from: '2021-01', to: '2021-12' },
      figures: [{ id: '临时救助.人次', value: '300' }],
    }),
  );
  return folder;
}

/** The plan that the README shows, and what two counties handed in last year. */
function writePlan(folder: string): void {
  const [, plan = ''] = /^```yaml\n(年度: 上一年\n[\s\S]*?)^```$/m.exec(read('README.md')) ?? [];
  writeFileSync(join(folder, '全市计划.yaml'), plan);
  const year = new Date().getFullYear() - 1;
  for (const place of ['东湖区', '西湖区']) {
    const own = join(folder, '报送', place, String(year));
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, '低保.csv'), toTable(place, 300, year));
  }
}

async function writeWorkbook(path: string, second = 1500): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  workbook
    .addWorksheet('临时救助')
    .addRows([
      ['东湖区2023年临时救助发放明细'],
      ['序号', '乡镇街道', '姓名', '救助金额（元）', '救助日期'],
      [1, '公园街道', '样例甲', 3000, '2023-03-01'],
      [2, '公园街道', '样例乙', second, '2023-12-20'],
    ]);
  await workbook.xlsx.writeFile(path);
}

/** What an earlier run left behind. */
async function writeFacts(folder: string, out: string): Promise<void> {
  await writeWorkbook(join(folder, '2023.xlsx'));
  const { stderr } = await runIn(folder, ['summarize', '2023.xlsx', '--format', 'txt', '--out', out]);
  expect(stderr).toBe('');
}

/** A draft, and the workbook corrected after it was written. */
async function writeDraft(folder: string): Promise<void> {
  await writeWorkbook(join(folder, '2023.xlsx'), 1000);
  const { stderr } = await runIn(folder, ['summarize', '2023.xlsx', '--format', 'docx']);
  expect(stderr).toBe('');
  await writeWorkbook(join(folder, '2023.xlsx'));
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const runIn = (folder: string, args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, 'bin/mzreport.js'), ...args],
      { cwd: folder, maxBuffer: 1 << 26 },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    // init asks; with nothing to read it takes what it found itself.
    child.stdin?.end();
  });

describe('README.md and the manual', () => {
  const own = [...commands, ...further].filter((command) => command.startsWith('mzreport '));

  it('shows commands of both kinds', () => {
    expect(own.length).toBeGreaterThanOrEqual(5);
    expect(further.length).toBeGreaterThanOrEqual(3);
    expect(commands).toContain('npm ci');
    expect(commands).toContain('npm start');
    expect(commands).toContain('npm test');
  });

  it.concurrent.each(own)('%s', async (command) => {
    const outcome = await runIn(await prepare(command), command.split(/\s+/).slice(1));
    expect(outcome.stderr).toBe('');
    // Drafts of a few files hold 待核, and --strict says so.
    const wrong = command.includes(' check 总结.md ');
    // The draft of the readme is older than its table.
    const old = command.includes(' --annotate ');
    expect(outcome.code).toBe(command.includes('--strict') || wrong || old ? 1 : 0);
    if (command.includes('--json')) expect(JSON.parse(outcome.stdout)).toHaveProperty('figures');
    else if (old) expect(outcome.stdout).toContain('与数据不一致');
    else if (command.includes(' batch '))
      expect(outcome.stdout).toContain(command.includes('--dry-run') ? '西湖区：要做' : '共3个任务：完成3个');
    else if (command.includes('doctor')) expect(outcome.stdout).toContain('ok    数据库组件：');
    else if (wrong) expect(outcome.stdout).toContain('现为1234567对');
    else if (command.includes(' explain ')) expect(outcome.stdout).toMatch(/^.+（.+）：\d+(?:对|人次)\n/);
    else if (command.includes(' diff ')) expect(outcome.stdout).toContain('没有变的数');
    else if (/summarize|render|refresh|rollup|export|init|eject/.test(command))
      expect(outcome.stdout).toContain('已写出');
    else if (command.includes('inspect')) expect(outcome.stdout).toContain('依据：');
    else if (command.includes('templates')) expect(outcome.stdout).toContain('half-year  上半年');
    else expect(outcome.stdout).toContain('低保.发放金额');
  });

  it('names npm commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = commands
      .filter((command) => command.startsWith('npm '))
      .map((command) => command.replace(/^npm (run )?/, '').split(' ')[0] ?? '');
    expect(named.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
  });

  it('lists every option of summarize, and no other', async () => {
    const { stdout } = await runIn(ROOT, ['summarize', '--help']);
    const options = (text: string) => new Set(text.match(/--[a-z-]+/g));
    const table = read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `-'))
      .map((line) => line.split('|')[1] ?? '');
    const known = new Set([...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name]) => name));
    known.delete('--help');
    expect(options(table.join('\n'))).toEqual(known);
  });

  it('gives every dependency', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const readme = read('README.md');
    const missing = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter(
      (name) => !readme.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });
});

describe('docs/消息.md', () => {
  const [failures = '', problems = ''] = read('docs/消息.md').split('\n## 数据问题\n');
  const headings = (text: string) => [...text.matchAll(/^### (\S+)$/gm)].map(([, code]) => code);

  it('explains every failure code, and no other', () => {
    expect(headings(failures).sort()).toEqual([...FAILURE_CODES].sort());
  });

  it('explains every kind of problem, and no other', () => {
    expect(headings(problems).sort()).toEqual([...PROBLEM_KINDS].sort());
  });
});

describe('docs/手册.md', () => {
  const manual = read('docs/手册.md');

  it('has each message of the program with its place in docs/消息.md (npm run manual:messages)', () => {
    expect(manual).toBe(withMessages(manual));
    const rows = manual.split('\n').filter((line) => line.includes('](消息.md#'));
    expect(rows).toHaveLength(FAILURE_CODES.length + PROBLEM_KINDS.length);
  });

  it('shows pictures that are there, and all of them, small enough to be mailed', () => {
    const shown = [...manual.matchAll(/!\[[^\]]+\]\(pictures\/([\w-]+\.png)\)/g)].map(([, name]) => name);
    const there = readdirSync(join(ROOT, 'docs/pictures'));
    expect([...new Set(shown)].sort()).toEqual(there.sort());
    const bytes = there.reduce((sum, name) => sum + statSync(join(ROOT, 'docs/pictures', name)).size, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });

  it('leads only to headings and files that are there', () => {
    const toAnchors = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
        (title ?? '')
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-'),
      );
    const links = [...manual.matchAll(/(?<!!)\[[^\]]+\]\(([^)#]*)(?:#([^)]+))?\)/g)];
    expect(links.length).toBeGreaterThan(60);
    const dead = links.filter(([, file, anchor]) => {
      const path = file ? join('docs', file) : 'docs/手册.md';
      return !existsSync(join(ROOT, path)) || (anchor && !toAnchors(read(path)).includes(anchor));
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});
