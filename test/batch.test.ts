/**
 * A plan of several counties, left alone: one job's failure, hang, memory or death touches no other's output; what has
 * not changed is not done again. Jobs run as processes of their own, so dist/ must be built (npm test does).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { JobResult, Manifest } from '../src/batch/index.ts';
import { runCli } from './support/run.ts';

const HOOK = pathToFileURL(fileURLToPath(new URL('support/misbehave.mjs', import.meta.url))).href;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
afterEach(() => {
  delete process.env.NODE_OPTIONS;
  delete process.env.MISBEHAVE;
});

/** Children named here misbehave: "南城县=hang". */
function misbehave(how: string): void {
  process.env.NODE_OPTIONS = `--import=${HOOK}`;
  process.env.MISBEHAVE = how;
}

const toTable = (place: string, amount = 300, year = 2022) => `${place}${year}年低保发放明细
单位：元
乡镇街道,户编号,户主姓名,身份证号,保障人数,发放年月,发放合计
东湖街道,H1,户主甲,99010119491231002X,2,${year}-01,${amount}
东湖街道,H1,户主甲,99010119491231002X,2,${year}-02,300
`;

/** A city bureau's folder: what the counties handed in, by path, and the plan. */
function toFolder(plan: string, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-batch-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({ ...files, '计划.yaml': plan })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const PLAN = `年度: 2022
输出目录: 输出/{年}
各任务:
  格式: md
任务:
  - {地区: 东湖区, 材料: '报送/东湖区/{年}/*.csv'}
  - {地区: 西湖区, 材料: '报送/西湖区/{年}'}
  - {地区: 南城县, 材料: '报送/南城县/{年}/*.csv'}
`;
const FILES = {
  '报送/东湖区/2022/低保.csv': toTable('东湖区'),
  '报送/西湖区/2022/低保.csv': toTable('西湖区', 400),
  '报送/南城县/2022/低保.csv': toTable('南城县', 500),
};

const run = (folder: string, ...args: string[]) => runCli('batch', join(folder, '计划.yaml'), ...args);
const readManifest = (folder: string, out = '输出/2022'): Manifest =>
  JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;
const toStatuses = ({ jobs }: Manifest) =>
  Object.fromEntries(jobs.map(({ name, status, code }) => [name, code ?? status]));
const find = ({ jobs }: Manifest, name: string): JobResult => {
  const job = jobs.find((each) => each.name === name);
  if (!job) throw new Error(`no job ${name}`);
  return job;
};
const toHash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const readDraft = (folder: string, place: string) =>
  readFileSync(join(folder, '输出/2022', place, `${place}民政局2022年工作总结.md`), 'utf8');

describe('a plan of three counties', () => {
  it('is done; what is unchanged is skipped, what changed or was removed is made again', async () => {
    const folder = toFolder(PLAN, FILES);
    const first = await run(folder);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('东湖区：完成');
    expect(first.stdout.trimEnd().split('\n').at(-1)).toMatch(/^共3个任务：完成3个，失败0个/);
    // 300 + 300, 400 + 300, 500 + 300 元.
    expect(readDraft(folder, '东湖区')).toContain('0.06万元');
    expect(readDraft(folder, '西湖区')).toContain('0.07万元');
    expect(readDraft(folder, '南城县')).toContain('0.08万元');
    const manifest = readManifest(folder);
    expect(manifest.year).toBe('2022');
    expect(manifest.finished).not.toBeNull();
    const { inputs, outputs, rows } = find(manifest, '西湖区');
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

    const second = await run(folder);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('东湖区：没有变化，跳过');
    expect(second.stdout).toMatch(/共3个任务：完成0个，没有变化跳过3个，失败0个/);
    expect(find(readManifest(folder), '西湖区')).toMatchObject({ status: 'unchanged', outputs });

    writeFileSync(table, toTable('西湖区', 900));
    rmSync(join(folder, '输出/2022/南城县/南城县民政局2022年工作总结.md'));
    await run(folder);
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'unchanged', 西湖区: 'done', 南城县: 'done' });
    expect(readDraft(folder, '西湖区')).toContain('0.12万元');
    expect(readDraft(folder, '南城县')).toContain('0.08万元');
  });

  it('goes on when one hangs and one handed in nothing', async () => {
    const plan = PLAN.replace('东湖区,', '东湖区, 时限: 3,');
    const folder = toFolder(plan, { ...FILES, '报送/南城县/2022/低保.csv': '' });
    rmSync(join(folder, '报送/西湖区'), { recursive: true });
    misbehave('东湖区=hang');
    const { code, stdout } = await run(folder, '--jobs', '3');
    expect(code).toBe(2);
    expect(stdout).toContain('东湖区：失败，超过时限3秒，已停止');
    expect(stdout).toContain('西湖区：失败，找不到材料：报送/西湖区/2022');
    expect(stdout).toMatch(/南城县：失败，.*是空文件/);
    expect(toStatuses(readManifest(folder))).toEqual({ 东湖区: 'timeout', 西湖区: 'inputs', 南城县: 'run' });
    expect(readdirSync(join(folder, '输出/2022/东湖区'))).toEqual([]);
  });
});
