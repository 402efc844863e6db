import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { JobResult, Manifest } from '../../src/batch/index.ts';
import { type Outcome, runCli } from './run.ts';

const HOOK = pathToFileURL(fileURLToPath(new URL('misbehave.mjs', import.meta.url))).href;

/** Environment in which children misbehave: "南城县=hang". */
export const toMisbehaviour = (how: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${HOOK}`,
  MISBEHAVE: how,
});

/** Payments of one household: 600 元 in two months where nothing else is said. */
export const toTable = (place: string, amount = 300, year = 2022): string => `${place}${year}年低保发放明细
单位：元
乡镇街道,户编号,户主姓名,身份证号,保障人数,发放年月,发放合计
东湖街道,H1,户主甲,99010119491231002X,2,${year}-01,${amount}
东湖街道,H1,户主甲,99010119491231002X,2,${year}-02,300
`;

/** A city bureau's folder: what the counties handed in, by path, and the plan. */
export function toFolder(plan: string, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-batch-'));
  for (const [path, text] of Object.entries({ ...files, '计划.yaml': plan })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export const PLAN = `年度: 2022
输出目录: 输出/{年}
各任务:
  格式: md
  材料: '报送/{地区}/{年}/*.csv'
任务:
  - {地区: 东湖区, 材料: '报送/东湖区/{年}/*.csv'}
  - {地区: 西湖区, 材料: '报送/西湖区/{年}'}
  - {地区: 南城县}
`;

export const FILES = {
  '报送/东湖区/2022/低保.csv': toTable('东湖区'),
  '报送/西湖区/2022/低保.csv': toTable('西湖区', 400),
  '报送/南城县/2022/低保.csv': toTable('南城县', 500),
};

/** Runs the plan of a folder in this process; its jobs are processes of their own. */
export const runPlan = (folder: string, ...args: string[]): Promise<Outcome> =>
  runCli('batch', join(folder, '计划.yaml'), ...args);

export const readManifest = (folder: string, out = '输出/2022'): Manifest =>
  JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')) as Manifest;

/** Job → what became of it: its code where it failed, else its status. */
export const toStatuses = ({ jobs }: Manifest): Record<string, string> =>
  Object.fromEntries(jobs.map(({ name, status, code }) => [name, code ?? status]));

/** The result of one job; throws when there is none. */
export function findJob({ jobs }: Manifest, name: string): JobResult {
  const job = jobs.find((each) => each.name === name);
  if (!job) throw new Error(`no job ${name}`);
  return job;
}

export const toHash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

export const readDraft = (folder: string, place: string): string =>
  readFileSync(join(folder, '输出/2022', place, `${place}民政局2022年工作总结.md`), 'utf8');
