/**
 * A plan of several counties, left alone: one job's failure, hang, memory or death touches no other's output; what has
 * not changed is not done again. Jobs run as processes of their own, so dist/ must be built (npm test does).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  FILES,
  findJob,
  PLAN,
  readDraft,
  readManifest,
  runPlan,
  toFolder,
  toHash,
  toMisbehaviour,
  toStatuses,
  toTable,
} from './support/batch.ts';
import { findFaults, findUndescribed, type Schema } from './support/schema.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PROGRAM = join(ROOT, 'bin/mzreport.js');
const readSchema = (name: string) => JSON.parse(readFileSync(join(ROOT, 'docs', name), 'utf8')) as Schema;
const MANIFEST = readSchema('manifest.schema.json');
const LOG = readSchema('batch-log.schema.json');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
afterEach(() => {
  for (const name of Object.keys(toMisbehaviour(''))) delete process.env[name];
});

function make(plan: string, files: Record<string, string> = FILES): string {
  const folder = toFolder(plan, files);
  folders.push(folder);
  return folder;
}

describe('a plan of three counties', () => {
  /** What the first test made: runs cost seconds. */
  let shared = '';

  it('is done; what is unchanged is skipped, what changed or was removed is made again', async () => {
    const folder = make(`${PLAN}汇总: {地区: 样例市, 格式: md}\n`);
    shared = folder;
    const first = await runPlan(folder);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('东湖区：完成');
    expect(first.stdout.trimEnd().split('\n').at(-1)).toMatch(/^共4个任务：完成4个，失败0个/);
    // 300 + 300, 400 + 300, 500 + 300 元.
    expect(readDraft(folder, '东湖区')).toContain('0.06万元');
    expect(readDraft(folder, '西湖区')).toContain('0.07万元');
    expect(readDraft(folder, '南城县')).toContain('0.08万元');
    expect(readDraft(folder, '样例市')).toContain('0.21万元');
    const manifest = readManifest(folder);
    expect(findFaults(manifest, MANIFEST)).toEqual([]);
    expect(manifest.year).toBe('2022');
    expect(manifest.finished).not.toBeNull();
    const { inputs, outputs, rows } = findJob(manifest, '西湖区');
    const table = join(folder, '报送/西湖区/2022/低保.csv');
    expect(inputs).toEqual([
      { name: '低保.csv', bytes: readFileSync(table).length, sha256: toHash(table), lastYear: false },
    ]);
    expect(rows).toEqual({ read: 2, used: 2, setAside: 0 });
    expect(outputs.map(({ path }) => path).sort()).toEqual([
      '西湖区/西湖区民政局2022年工作总结.facts.json',
      '西湖区/西湖区民政局2022年工作总结.md',
    ]);
    for (const { path, sha256 } of outputs) expect(sha256).toBe(toHash(join(folder, '输出/2022', path)));
    expect(readdirSync(join(folder, '输出/2022')).sort()).toEqual(
      ['manifest.json', '东湖区', '南城县', '样例市', '西湖区'].sort(),
    );

    const second = await runPlan(folder);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('东湖区：没有变化，跳过');
    expect(second.stdout).toMatch(/共4个任务：完成0个，没有变化跳过4个，失败0个/);
    expect(findJob(readManifest(folder), '西湖区')).toMatchObject({ status: 'unchanged', outputs });

    writeFileSync(table, toTable('西湖区', 900));
    rmSync(join(folder, '输出/2022/南城县/南城县民政局2022年工作总结.md'));
    // A person's edit is no reason to write again, and is not touched.
    const edited = join(folder, '输出/2022/东湖区/东湖区民政局2022年工作总结.md');
    writeFileSync(edited, '局长改过');
    await runPlan(folder);
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'unchanged', 西湖区: 'done', 南城县: 'done' });
    expect(readDraft(folder, '西湖区')).toContain('0.12万元');
    expect(readDraft(folder, '南城县')).toContain('0.08万元');
    // 0.06 + 0.12 + 0.08.
    expect(readDraft(folder, '样例市')).toContain('0.26万元');
    expect(readFileSync(edited, 'utf8')).toBe('局长改过');
    expect(readdirSync(join(folder, '输出/2022/东湖区')).filter((name) => name.endsWith('.md'))).toHaveLength(
      1,
    );
  });

  it('goes on when one hangs, one handed in nothing and one an empty file', async () => {
    const plan = `${PLAN}  - {地区: 进贤县, 时限: 3, 材料: 报送/进贤县/低保.csv}
汇总: {地区: 样例市, 部分汇总: true, 格式: md}
`;
    const folder = make(plan, { ...FILES, '报送/南城县/2022/低保.csv': '' });
    rmSync(join(folder, '报送/西湖区'), { recursive: true });
    // A pipe that nobody writes to.
    mkdirSync(join(folder, '报送/进贤县'));
    execFileSync('mkfifo', [join(folder, '报送/进贤县/低保.csv')]);
    const { code, stdout } = await runPlan(folder, '--jobs', '4', '--log-format', 'json');
    expect(code).toBe(2);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of lines) expect(findFaults(line, LOG)).toEqual([]);
    expect(lines.map(({ event }) => event)).toEqual([
      'start',
      ...lines.slice(1, -1).map(({ event }) => event),
      'end',
    ]);
    expect(lines.filter(({ event }) => event === 'job-end')).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({ done: 2, unchanged: 0, exitCode: 2 });
    const manifest = readManifest(folder);
    expect(findFaults(manifest, MANIFEST)).toEqual([]);
    const statuses = toStatuses(manifest);
    expect(statuses).toMatchObject({ 东湖区: 'done', 西湖区: 'inputs', 南城县: 'run' });
    // Stopped, or refused for what it is: it does not hang.
    expect(['timeout', 'run', 'inputs']).toContain(statuses.进贤县);
    expect(findJob(manifest, '南城县').reason).toContain('是空文件');
    expect(readDraft(folder, '东湖区')).toContain('0.06万元');
    const city = readDraft(folder, '样例市');
    expect(city).toContain('0.06万元');
    for (const place of ['西湖区', '南城县', '进贤县']) expect(city).toContain(place);
    expect(manifest.rollup).toMatchObject({
      status: 'done',
      notes: ['没有西湖区、南城县、进贤县的数，文稿中已点名'],
    });
  });

  it('goes on when one hangs for ever, one dies and one wants all memory; the last good output stays', async () => {
    const folder = shared;
    writeFileSync(join(folder, '计划.yaml'), PLAN.replace('格式: md', '格式: md\n  内存: 400MB'));
    const before = readDraft(folder, '东湖区');
    for (const place of ['东湖区', '西湖区', '南城县'])
      writeFileSync(join(folder, `报送/${place}/2022/低保.csv`), toTable(place, 700));
    Object.assign(process.env, toMisbehaviour('东湖区=memory,西湖区=killed,南城县=crash'));
    const { code, stdout } = await runPlan(folder);
    expect(code).toBe(2);
    expect(stdout).toContain('东湖区：失败，占用内存超过400MB，已停止');
    expect(stdout).toMatch(/西湖区：失败，程序意外结束（信号SIGKILL）/);
    expect(stdout).toMatch(/南城县：失败，程序意外结束（退出码1）/);
    // What a dying process says may hold a cell.
    expect(stdout + readFileSync(join(folder, '输出/2022/manifest.json'), 'utf8')).not.toMatch(
      /张三|99010119/,
    );
    expect(readDraft(folder, '东湖区')).toBe(before);
    expect(readdirSync(join(folder, '输出/2022/东湖区'))).not.toContain('.mzreport-batch-lock');

    Object.assign(process.env, toMisbehaviour('东湖区=hang,西湖区=heap'));
    const plan = readFileSync(join(folder, '计划.yaml'), 'utf8');
    writeFileSync(join(folder, '计划.yaml'), plan.replace('东湖区,', '东湖区, 时限: 4,'));
    await runPlan(folder, '--only', '东湖区', '西湖区');
    const manifest = readManifest(folder);
    // Jobs that were not its turn stay in the manifest as they were.
    expect(toStatuses(manifest)).toEqual({ 东湖区: 'timeout', 西湖区: 'memory', 南城县: 'crash' });
    expect(findJob(manifest, '东湖区').reason).toBe('超过时限4秒，已停止');
    expect(readDraft(folder, '东湖区')).toBe(before);
  });
});

describe('exit codes', () => {
  it('1 only with --strict, also when what is doubtful was made before; --quiet says nothing', async () => {
    const folder = make(PLAN.replace(/ {2}- \{地区: [西南].*\n/g, ''));
    expect(await runPlan(folder, '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(findJob(readManifest(folder), '东湖区').doubtful).toBe(true);
    const { code, stdout } = await runPlan(folder, '--strict');
    expect(code).toBe(1);
    expect(stdout).toContain('要核对1个（东湖区）');
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'unchanged' });
    await runPlan(folder, '--again', '--quiet');
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'done' });
    rmSync(join(folder, '报送'), { recursive: true });
    const failed = await runPlan(folder, '--strict', '--quiet');
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(failed.stderr).toContain('东湖区：失败，找不到材料');
    expect(failed.stderr).toContain('共1个任务：完成0个，失败1个（东湖区）');
  });
});

describe('附表, templates and last year', () => {
  it('are made, and are reasons to do a job again', async () => {
    const folder = make(
      `年度: 2022
输出目录: 输出/{年}
各任务: {格式: md, 附表: true, 配置: 局/mzreport.yaml}
任务:
  - 地区: 东湖区
    材料: 报送/东湖区/{年}
    上年材料: 输出/{上年}/东湖区/*.facts.json
`,
      { ...FILES, '局/mzreport.yaml': '成文日期: 2023年1月10日\n' },
    );
    await runPlan(folder);
    const first = findJob(readManifest(folder), '东湖区');
    expect(first.notes).toEqual(['没有上年材料（输出/2021/东湖区/*.facts.json），不与上年比较']);
    expect(first.outputs.map(({ path }) => path)).toContain('东湖区/东湖区民政局2022年附表.xlsx');
    expect(readDraft(folder, '东湖区')).toContain('2023年1月10日');
    const foresee = async () => (await runPlan(folder, '--dry-run')).stdout;
    expect(await foresee()).toContain('东湖区：没有变化，跳过');
    for (const [path, text] of [
      ['局/mzreport.yaml', '成文日期: 2023年2月1日\n'],
      ['局/mzreport.yaml', '成文日期: 2023年1月10日\n模板目录: 模板\n'],
    ] as const) {
      mkdirSync(join(folder, '局/模板'), { recursive: true });
      writeFileSync(join(folder, path), text);
      expect(await foresee()).toContain('东湖区：要做');
    }
    writeFileSync(join(folder, '局/mzreport.yaml'), '成文日期: 2023年1月10日\n');
    expect(await foresee()).toContain('东湖区：没有变化，跳过');

    // Next year the same plan compares with what it wrote this year.
    mkdirSync(join(folder, '报送/东湖区/2023'));
    writeFileSync(join(folder, '报送/东湖区/2023/低保.csv'), toTable('东湖区', 600, 2023));
    const plan = readFileSync(join(folder, '计划.yaml'), 'utf8');
    writeFileSync(join(folder, '计划.yaml'), plan.replace('2022', '2023').replace('附表: true, ', ''));
    await runPlan(folder);
    const next = findJob(readManifest(folder, '输出/2023'), '东湖区');
    expect(next.notes).toEqual([]);
    expect(next.inputs.map(({ name, lastYear }) => [name, lastYear])).toEqual([
      ['低保.csv', false],
      ['东湖区民政局2022年工作总结.facts.json', true],
    ]);
    // 600 + 300 after 300 + 300.
    const draft = readFileSync(join(folder, '输出/2023/东湖区/东湖区民政局2023年工作总结.md'), 'utf8');
    expect(draft).toContain('0.09万元');
    expect(draft).toContain('50%');
  });
});

describe('a batch that is', () => {
  const start = (folder: string, how: string): ChildProcess =>
    spawn(process.execPath, [PROGRAM, 'batch', '计划.yaml'], {
      cwd: folder,
      env: { ...process.env, ...toMisbehaviour(how) },
      stdio: 'ignore',
    });
  const ONE = PLAN.replace(/ {2}- \{地区: [西南].*\n/g, '');
  const lockOf = (folder: string) => join(folder, '输出/2022/东湖区/.mzreport-batch-lock');
  const readPids = (folder: string) =>
    existsSync(lockOf(folder))
      ? [...readFileSync(lockOf(folder), 'utf8').matchAll(/^\d+/gm)].map(([pid]) => Number(pid))
      : [];

  async function waitForChild(folder: string): Promise<number> {
    for (let tries = 0; tries < 600; tries++) {
      const child = readPids(folder)[1];
      if (child !== undefined) return child;
      await wait(50);
    }
    throw new Error('no job was started');
  }

  it('told to end stops its jobs, writes its account and leaves no lock', async () => {
    const folder = make(ONE);
    const batch = start(folder, '东湖区=hang');
    const child = await waitForChild(folder);
    batch.kill('SIGTERM');
    const [code] = await once(batch, 'exit');
    expect(code).toBe(2);
    expect(() => process.kill(child, 0)).toThrow();
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'interrupted' });
    expect(readdirSync(join(folder, '输出/2022'))).toEqual(['manifest.json', '东湖区']);
    expect(readdirSync(join(folder, '输出/2022/东湖区'))).toEqual([]);
  });

  it('killed leaves locks that the next one takes over, but not from a job that still runs', async () => {
    const folder = make(PLAN.replace(/ {2}- \{地区: 南.*\n/, ''));
    const batch = start(folder, '东湖区=hang');
    const child = await waitForChild(folder);
    for (let tries = 0; tries < 1200 && toStatuses(readManifest(folder)).西湖区 !== 'done'; tries++)
      await wait(50);
    batch.kill('SIGKILL');
    await once(batch, 'exit');
    expect(readManifest(folder).finished).toBeNull();
    const second = await runPlan(folder);
    expect(second.code).toBe(2);
    expect(second.stdout).toContain(`正由另一次运行使用（进程 ${child}）`);
    // What was done before the kill is not done again.
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'busy', 西湖区: 'unchanged' });
    process.kill(child, 'SIGKILL');
    // Its parent is gone: the system reaps it when it likes.
    for (let tries = 0; tries < 100 && isAlive(child); tries++) await wait(50);
    const third = await runPlan(folder);
    expect(third.code).toBe(0);
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'done', 西湖区: 'unchanged' });
    expect(existsSync(lockOf(folder))).toBe(false);
  });

  it('already at work is not joined by another', async () => {
    const folder = make(ONE);
    mkdirSync(join(folder, '输出/2022'), { recursive: true });
    writeFileSync(join(folder, '输出/2022/.mzreport-batch-lock'), `${process.pid}@${hostname()}#`);
    const { code, stdout, stderr } = await runPlan(folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`正由另一次运行使用（进程 ${process.pid}）`);
  });
});

describe('the cron line of the README', () => {
  it('works with /bin/sh and an empty environment', async () => {
    const [line = ''] = /^0 2 6-20 1 \* .*$/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
    const year = new Date().getFullYear() - 1;
    const folder = make('', { [`报送/东湖区/${year}/低保.csv`]: toTable('东湖区', 300, year) });
    writeFileSync(join(folder, '全市计划.yaml'), PLAN.replace('2022', '上一年'));
    const command = line
      .replace('0 2 6-20 1 * ', '')
      .replace('/srv/mzreport', folder)
      .replace('/usr/bin/node', process.execPath)
      .replace('/opt/mzreport/', ROOT);
    const cron = spawn('/bin/sh', ['-c', command], { env: {}, cwd: '/', stdio: 'ignore' });
    expect(await once(cron, 'exit')).toEqual([2, null]);
    const lines = readFileSync(join(folder, '批量.log'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      done: 1,
      failed: ['西湖区', '南城县'],
      exitCode: 2,
    });
    expect(readdirSync(join(folder, '输出', String(year), '东湖区'))).toContain(
      `东湖区民政局${year}年工作总结.md`,
    );
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the schemas in docs', () => {
  it.each([MANIFEST, LOG])('describe every key', (schema) => {
    expect(findUndescribed(schema)).toEqual([]);
  });
});
