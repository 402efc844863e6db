import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Config, type Flags, toConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { readOwn } from '../output/write.ts';
import { findInputs } from '../read/inputs.ts';
import { hashInputs, type InputFile, toFingerprint } from './fingerprint.ts';
import type { FailedBy, JobResult, Manifest } from './manifest.ts';
import type { Job, Plan } from './plan.ts';

/** A job whose inputs were looked up: what would happen if it ran. */
export interface Prepared {
  job: Job;
  flags: Flags;
  inputs: InputFile[];
  /** Patterns of last year's files that are there. */
  lastYear: string[];
  fingerprint: string | null;
  /** True when its configuration says how much memory the rows may take. */
  ownMemory: boolean;
  /** Chinese: what is not quite as it was wanted. */
  notes: string[];
  /** What it came to last time, when there is nothing to be done again; else null. */
  unchanged: JobResult | null;
  /** Why it cannot run; null when it can. */
  fault: { code: FailedBy; reason: string } | null;
}

/** Looks up a job's inputs and tells whether anything changed since the manifest; throws nothing that is the job's own fault. */
export async function prepare(
  job: Job,
  plan: Plan,
  before: Manifest | null,
  again: boolean,
): Promise<Prepared> {
  const prepared = toUnprepared(job);
  try {
    const config = toConfig(job.inputs, prepared.flags, plan.folder);
    prepared.ownMemory = config.megabytes !== null;
    await lookUp(prepared, plan, config);
    if (prepared.fault === null && !again) prepared.unchanged = findUnchanged(prepared, plan, before);
  } catch (error) {
    if (error instanceof Failure) prepared.fault = { code: 'settings', reason: error.message };
    else if (error instanceof Error && 'code' in error)
      prepared.fault = { code: 'inputs', reason: `无法读取材料或配置（系统错误 ${error.code}）` };
    else throw error;
  }
  return prepared;
}

/** A job of which nothing is known but what the plan says. */
export const toUnprepared = (job: Job): Prepared => ({
  job,
  flags: toFlags(job),
  inputs: [],
  lastYear: [],
  fingerprint: null,
  ownMemory: false,
  notes: [],
  unchanged: null,
  fault: null,
});

async function lookUp(prepared: Prepared, plan: Plan, config: Config): Promise<void> {
  const { job } = prepared;
  if (job.inputs.length === 0) {
    prepared.fault = { code: 'inputs', reason: '没有一个任务做成，没有可以汇总的' };
    return;
  }
  const missing = await findMissing(job.inputs, plan.folder);
  if (missing.length > 0) {
    prepared.fault = { code: 'inputs', reason: `找不到材料：${missing.join('、')}` };
    return;
  }
  const absent = await findMissing(job.lastYear, plan.folder);
  if (absent.length > 0) prepared.notes.push(`没有上年材料（${absent.join('、')}），不与上年比较`);
  prepared.lastYear = job.lastYear.filter((pattern) => !absent.includes(pattern));
  const isOwn = await readOwn(job.out);
  const found = await findInputs(job.inputs, isOwn, prepared.lastYear, plan.folder);
  prepared.inputs = await hashInputs(found);
  prepared.fingerprint = await toFingerprint(job, config, prepared.inputs);
}

/** Patterns that no file answers to. */
async function findMissing(patterns: string[], folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (const pattern of patterns) {
    const there = await findInputs([pattern], () => false, [], folder).catch((error) => {
      if (error instanceof Failure) return null;
      throw error;
    });
    if (there === null) missing.push(pattern);
  }
  return missing;
}

/** A file that a person edited is there, and stays; one that was removed is made again. */
function findUnchanged(prepared: Prepared, plan: Plan, before: Manifest | null): JobResult | null {
  const { job, fingerprint } = prepared;
  const last = job.command === 'rollup' ? before?.rollup : before?.jobs.find(({ name }) => name === job.name);
  if (!last || last.status === 'failed' || fingerprint === null) return null;
  const own = `${relative(plan.out, job.out).split(sep).join('/')}/`;
  const there = last.outputs.every(({ path }) => path.startsWith(own) && existsSync(join(plan.out, path)));
  return last.fingerprint === fingerprint && last.outputs.length > 0 && there ? last : null;
}

/** The job as it stands on a command line. */
function toFlags(job: Job): Flags {
  const given = <T>(key: string, value: T | null) => (value === null ? {} : { [key]: value });
  return {
    place: job.place,
    out: job.out,
    json: true,
    ...given('year', job.year),
    ...given('period', job.period),
    ...given('kind', job.kind),
    ...given('template', job.template),
    ...given('format', job.formats),
    ...given('config', job.config),
  };
}
