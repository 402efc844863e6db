import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { findLine, parseYaml } from '../catalogue/read-yaml.ts';
import { parseMemory } from '../config.ts';
import { Failure } from '../failure.ts';
import { type Fail, fillIn, toPlace } from './place.ts';
import { File, type JobSpec, type RollupSpec, type Settings } from './spec.ts';

/** One document to be made: everything resolved, nothing looked up yet. */
export interface Job {
  command: 'summarize' | 'rollup';
  name: string;
  place: string;
  year: string | null;
  period: string | null;
  kind: string | null;
  /** Absolute, as are all paths but patterns. */
  template: string | null;
  /** Formats as on the command line; null for all. */
  formats: string | null;
  /** What 附表 are wanted besides; null for none, no layouts for all that can be filled. */
  tables: { layouts: string | null; formats: string | null } | null;
  /** Patterns, absolute or from the plan's folder. */
  inputs: string[];
  lastYear: string[];
  /** Options that only its command has. */
  extra: Record<string, string>;
  config: string | null;
  out: string;
  /** Seconds and megabytes it may take; null where the plan does not say. */
  timeout: number | null;
  memory: number | null;
}

/** A plan with its years filled in. */
export interface Plan {
  /** Path as given. */
  path: string;
  /** Absolute; relative patterns are meant from here. */
  folder: string;
  text: string;
  /** The year that 年度 came to; null when the plan has none. */
  year: string | null;
  /** Absolute. */
  out: string;
  parallel: number | null;
  jobs: Job[];
  /** The last step, without its inputs: they are what the jobs write. Null when the plan has none. */
  rollup: Job | null;
}

/** Reads and checks a plan; `given` is --year, `current` the year in which we are. Throws with file and line. */
export function readPlan(path: string, given: string | null, current: number): Plan {
  if (!existsSync(path)) throw new Failure('file-missing', { where: path });
  const text = readFileSync(path, 'utf8');
  const where = basename(path);
  const spec = parseYaml(text, where, File, 'config-invalid');
  const folder = dirname(resolve(path));
  const at =
    (...keys: string[]): Fail =>
    (found) =>
      new Failure('config-invalid', { where: `${where}${findLine(path, keys)}`, found });
  const year = toYear(given ?? spec.年度 ?? null, current, at('年度'));
  const out = toPlace(fillIn(spec.输出目录, year, null, at('输出目录')), folder, at('输出目录'));
  const jobs = spec.任务.map((each, index) => {
    const fail = at('任务', String(index));
    const merged = merge(spec.各任务, each);
    const own = given === null && merged.年度 !== undefined ? toYear(merged.年度, current, fail) : year;
    return toJob(merged, own, { folder, out, fail });
  });
  const rollup =
    spec.汇总 === undefined
      ? null
      : toRollup(spec.汇总, spec.各任务, year, { folder, out, fail: at('汇总') });
  requireOneEach(rollup === null ? jobs : [...jobs, rollup], (index) =>
    index < jobs.length ? at('任务', String(index)) : at('汇总'),
  );
  return { path, folder, text, year, out, parallel: spec.并行 ?? null, jobs, rollup };
}

const RELATIVE: Record<string, number> = { 上一年: -1, 上年: -1, 本年: 0, 今年: 0 };

function toYear(text: string | null, current: number, fail: Fail): string | null {
  if (text === null) return null;
  const step = RELATIVE[text];
  if (step !== undefined) return String(current + step);
  if (/^20\d{2}$/.test(text)) return text;
  throw fail(`年度“${text}”不是年份，应如 2022，或写 上一年、本年`);
}

/** A job's own 文种 or 模板 stands before either of the defaults. */
function merge(defaults: Partial<JobSpec>, own: JobSpec): JobSpec {
  const { 文种, 模板, ...rest } = defaults;
  const wanted = own.文种 === undefined && own.模板 === undefined ? { 文种, 模板 } : {};
  return { ...rest, ...wanted, ...own };
}

interface Around {
  folder: string;
  out: string;
  fail: Fail;
}

function toJob(spec: JobSpec, year: string | null, around: Around): Job {
  const name = spec.名称 ?? spec.地区;
  const fill = (path: string) => fillIn(path, year, spec.地区, around.fail);
  const inputs = [...(spec.材料 ?? []), ...(spec.任务指标 ?? []), ...(spec.手工填报 ?? [])].map(fill);
  if (inputs.length === 0) throw around.fail(`任务“${name}”没有写材料`);
  return {
    command: 'summarize',
    name,
    ...toShared({ ...spec, 名称: name }, year, around),
    tables: toTables(spec),
    inputs,
    lastYear: (spec.上年材料 ?? []).map(fill),
    extra: {},
  };
}

/** The city's own kind of document is that of its counties where nothing else is said: the command knows. */
function toRollup(
  spec: z.infer<typeof RollupSpec>,
  { 时期, 格式, 配置, 时限, 内存 }: z.infer<typeof Settings>,
  year: string | null,
  around: Around,
): Job {
  const wanted = { 时期, 格式, 配置, 时限, 内存, ...spec, 输出: spec.输出 ?? spec.地区 };
  return {
    command: 'rollup',
    name: spec.名称,
    ...toShared(wanted, year, around),
    tables: null,
    inputs: [],
    lastYear: [],
    extra: spec.部分汇总 ? { partial: '' } : {},
  };
}

type Shared = Pick<
  JobSpec,
  '名称' | '地区' | '时期' | '文种' | '模板' | '格式' | '配置' | '输出' | '时限' | '内存'
>;

function toShared(spec: Shared, year: string | null, { folder, out, fail }: Around) {
  const fill = (path: string) => fillIn(path, year, spec.地区, fail);
  const place = (path: string | undefined) => (path === undefined ? null : resolve(folder, fill(path)));
  return {
    place: spec.地区,
    year,
    period: spec.时期 ?? null,
    kind: spec.文种 ?? null,
    template: place(spec.模板),
    formats: spec.格式 ?? null,
    config: place(spec.配置) ?? findConfig(folder),
    out: toPlace(fill(spec.输出 ?? spec.名称 ?? spec.地区), out, fail, true),
    timeout: spec.时限 ?? null,
    memory: parseMemory(spec.内存, fail),
  };
}

function toTables({ 附表: wanted, 附表格式: formats }: JobSpec): Job['tables'] {
  if (wanted === undefined || wanted === false) return null;
  return { layouts: wanted === true ? null : wanted, formats: formats ?? null };
}

/** The mzreport.yaml beside the plan holds for all jobs that name no other. */
function findConfig(folder: string): string | null {
  const path = join(folder, 'mzreport.yaml');
  return existsSync(path) ? path : null;
}

/** Two jobs of one name or one folder would take each other's outputs for their own. */
function requireOneEach(jobs: Job[], at: (index: number) => Fail): void {
  const names = new Set<string>();
  const folders = new Map<string, string>();
  for (const [index, { name, out }] of jobs.entries()) {
    // Windows and macOS take names that differ in case for the same.
    const folder = out.normalize('NFC').toLowerCase();
    const other = folders.get(folder);
    const fail = at(index);
    if (names.has(name)) throw fail(`有两个任务都叫“${name}”，请各写一个名称`);
    if (other !== undefined) throw fail(`任务“${other}”和“${name}”写到同一个文件夹，请各写一个输出`);
    names.add(name);
    folders.set(folder, name);
  }
}
