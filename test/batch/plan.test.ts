/** What a plan may say, and the sentence with file and line where it may not; nothing is run. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FILES, PLAN, runPlan, toFolder, toTable } from '../support/batch.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function make(plan: string, files: Record<string, string> = FILES): string {
  const folder = toFolder(plan, files);
  folders.push(folder);
  return folder;
}

const FAULTS: [what: string, plan: string, says: string[]][] = [
  ['an unknown key', PLAN.replace('年度', '年份'), ['计划.yaml', '第1行', '有不认识的键：年份']],
  ['an English key', PLAN.replace('任务:\n  - {地区', '任务:\n  - {place'), ['第7行', 'place']],
  ['no jobs', '输出目录: 输出\n', ['任务']],
  ['a broken line', `${PLAN}  - {地区: [\n`, ['YAML 写法不对']],
  ['a year that is none', PLAN.replace('2022', '去年底'), ['第1行', '年度“去年底”不是年份', '上一年']],
  [
    'inputs that climb out',
    PLAN.replace('报送/东湖区', '../东湖区'),
    ['第7行', '用 .. 走出了文件夹', '完整路径'],
  ],
  [
    'inputs that climb out by backslashes',
    PLAN.replace('报送/西湖区', '报送\\..\\..\\西湖区'),
    ['第8行', '用 .. 走出了文件夹'],
  ],
  ['outputs that climb out', PLAN.replace('输出/{年}', '输出/../..'), ['第2行', '用 .. 走出了文件夹']],
  [
    'a job that writes elsewhere',
    PLAN.replace('东湖区,', '东湖区, 输出: /srv/东湖区,'),
    ['第7行', '不在输出目录之内'],
  ],
  [
    'a job that writes over the manifest',
    PLAN.replace('东湖区,', "东湖区, 输出: '.',"),
    ['不在输出目录之内'],
  ],
  ['a name that leads away', PLAN.replace('东湖区,', '东湖区, 名称: ../../x,'), ['第7行', '不能用作名称']],
  ['an unknown mark', PLAN.replace('东湖区/{年}', '东湖区/{年份}'), ['第7行', '没有{年份}可用', '{上年}']],
  ['a mark without a year', PLAN.replace('年度: 2022\n', ''), ['有{年}', '没有写年度']],
  ['two jobs of one name', PLAN.replace('西湖区,', '东湖区,'), ['第8行', '有两个任务都叫“东湖区”']],
  [
    'two jobs in one folder',
    PLAN.replace('西湖区,', '西湖区, 输出: 东湖区,'),
    ['第8行', '任务“东湖区”和“西湖区”写到同一个文件夹'],
  ],
  ['a job without inputs', PLAN.replace(/ {2}材料.*\n/, ''), ['第8行', '任务“南城县”没有写材料']],
  ['a place in the folder of all', PLAN.replace('输出/{年}', '输出/{地区}'), ['第2行', '不是一个地区的']],
  [
    'memory that is no size',
    PLAN.replace('东湖区,', '东湖区, 内存: 很多,'),
    ['第7行', '“很多”不是可用的内存大小'],
  ],
  ['control characters', PLAN.replace("'报送/东湖区/{年}/*.csv'", '"报送\\e[31m"'), ['控制字符']],
  [
    'a roll-up in the folder of a job',
    `${PLAN}汇总: {地区: 样例市, 输出: 东湖区}\n`,
    ['第10行', '写到同一个文件夹'],
  ],
];

describe('a plan with', () => {
  it.each(FAULTS)('%s is refused with file and line', async (_, plan, says) => {
    const folder = make(plan);
    const { code, stdout, stderr } = await runPlan(folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const each of says) expect(stderr).toContain(each);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, '输出'))).toBe(false);
  });

  it('an output folder that a link leads elsewhere is refused; an absolute path is meant so', async () => {
    const folder = make(PLAN);
    const elsewhere = mkdtempSync(join(tmpdir(), 'mzreport-elsewhere-'));
    folders.push(elsewhere);
    symlinkSync(elsewhere, join(folder, '输出'));
    const { code, stderr } = await runPlan(folder);
    expect(code).toBe(2);
    expect(stderr).toContain('可能是链接');
    writeFileSync(join(folder, '计划.yaml'), PLAN.replace('输出/{年}', join(elsewhere, '{年}')));
    const foreseen = await runPlan(folder, '--dry-run');
    expect(foreseen.code).toBe(0);
    expect(foreseen.stdout).toContain(join(elsewhere, '2022', '东湖区'));
  });

  it('a job folder that a link leads elsewhere is refused', async () => {
    const folder = make(PLAN);
    const elsewhere = mkdtempSync(join(tmpdir(), 'mzreport-elsewhere-'));
    folders.push(elsewhere);
    mkdirSync(join(folder, '输出/2022'), { recursive: true });
    symlinkSync(elsewhere, join(folder, '输出/2022/西湖区'));
    const { code, stderr } = await runPlan(folder);
    expect(code).toBe(2);
    expect(stderr).toContain('输出“西湖区”不在输出目录之内');
  });

  it('a manifest.json that is not ours is not overwritten', async () => {
    const folder = make(PLAN);
    mkdirSync(join(folder, '输出/2022'), { recursive: true });
    writeFileSync(join(folder, '输出/2022/manifest.json'), '{"name": "别的程序"}');
    const { code, stderr } = await runPlan(folder);
    expect(code).toBe(2);
    expect(stderr).toContain('不是批量写出的');
  });
});

describe('--dry-run', () => {
  it('shows inputs, outputs and what cannot run, and writes nothing', async () => {
    const folder = make(PLAN.replace('西湖区,', "西湖区, 上年材料: '输出/{上年}/西湖区/*.facts.json',"));
    rmSync(join(folder, '报送/南城县'), { recursive: true });
    const { code, stdout } = await runPlan(folder, '--dry-run');
    expect(code).toBe(2);
    expect(stdout).toContain('年度 2022；只看不做');
    expect(stdout).toContain('东湖区：要做');
    expect(stdout).toContain(`输出 ${join(folder, '输出/2022/东湖区')}`);
    expect(stdout).toContain('材料 低保.csv');
    expect(stdout).toContain('没有上年材料（输出/2021/西湖区/*.facts.json），不与上年比较');
    expect(stdout).toContain('南城县：不能做，找不到材料：报送/南城县/2022/*.csv');
    expect(existsSync(join(folder, '输出'))).toBe(false);
  });

  it('takes the plan of docs/批量.md', async () => {
    const docs = readFileSync(new URL('../../docs/批量.md', import.meta.url), 'utf8');
    const [, plan = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(docs) ?? [];
    const { stdout, stderr } = await runPlan(make(plan, {}), '--dry-run', '--year', '2022');
    expect(stderr).toBe('');
    expect(stdout).toContain('东湖区：不能做，找不到材料：报送/东湖区/2022/*.xlsx');
    expect(stdout).toContain('西湖区：不能做，找不到文件“');
    expect(stdout).toContain('东湖区人大报告：不能做');
    expect(stdout).toContain('汇总：各任务结束后做');
  });

  it('takes 上一年 from the clock and --year before it', async () => {
    const last = new Date().getFullYear() - 1;
    const folder = make(PLAN.replace('2022', '上一年'), {
      [`报送/东湖区/${last}/低保.csv`]: toTable('东湖区', 300, last),
      '报送/西湖区/2022/低保.csv': toTable('西湖区'),
    });
    const now = (await runPlan(folder, '--dry-run')).stdout;
    expect(now).toContain(`年度 ${last}`);
    expect(now).toContain('东湖区：要做');
    expect(now).toContain(`西湖区：不能做，找不到材料：报送/西湖区/${last}`);
    const then = (await runPlan(folder, '--dry-run', '--year', '2022')).stdout;
    expect(then).toContain('年度 2022');
    expect(then).toContain('西湖区：要做');
  });

  it('finds inputs from the plan, whatever brackets its folder has and wherever one stands', async () => {
    const parent = make(PLAN);
    const folder = join(parent, '民政[2022]{a,b}');
    mkdirSync(join(folder, '报送'), { recursive: true });
    writeFileSync(
      join(folder, '计划.yaml'),
      "输出目录: 输出\n任务:\n  - {地区: 东湖区, 材料: ['报送/*.csv', '-低保.csv']}\n",
    );
    writeFileSync(join(folder, '报送/a.csv'), toTable('东湖区'));
    writeFileSync(join(folder, '-低保.csv'), toTable('东湖区', 1));
    const { code, stdout } = await runPlan(folder, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('材料 a.csv');
    expect(stdout).toContain('材料 -低保.csv');
  });
});

describe('--only', () => {
  it('refuses a job that the plan has not, and names those that it has', async () => {
    const { code, stderr } = await runPlan(make(PLAN), '--only', '进贤县');
    expect(code).toBe(2);
    expect(stderr).toContain('计划里没有任务“进贤县”，有东湖区、西湖区、南城县');
  });
});

describe('options that are no numbers', () => {
  it.each(['--jobs', '--timeout'])('%s', async (option) => {
    const { code, stderr } = await runPlan(make(PLAN), option, '两个');
    expect(code).toBe(2);
    expect(stderr).toContain(`${option}：“两个”不是正整数`);
  });
});
