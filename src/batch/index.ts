import { createHash } from 'node:crypto';
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { Failure } from '../failure.ts';
import type { Limits } from './child.ts';
import { runJob } from './job.ts';
import { lockFolder } from './lock.ts';
import { type JobResult, type Manifest, readManifest, writeManifest } from './manifest.ts';
import { type Job, type Plan, readPlan } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { toRollupJob } from './rollup.ts';

export type { JobResult, Manifest } from './manifest.ts';
export type { Job, Plan } from './plan.ts';
export type { Prepared } from './prepare.ts';

/** What a batch is told on the command line; null: as the plan says. */
export interface Wishes {
  year: string | null;
  /** Names of the jobs that are wanted; null for all. */
  only: string[] | null;
  parallel: number | null;
  timeout: number | null;
  memory: number | null;
  /** Also what has not changed. */
  again: boolean;
}

/** What the world gives: the clock, and what stops everything. */
export interface Surroundings {
  now(): Date;
  signal: AbortSignal;
}

/** What happens, as it happens. */
export type Event =
  | { event: 'start'; plan: string; year: string | null; jobs: string[]; parallel: number }
  | { event: 'job-start'; job: string }
  | { event: 'job-end'; job: string; result: JobResult }
  | { event: 'end'; verdict: Verdict };

/** The end of it. */
export interface Verdict {
  done: number;
  unchanged: number;
  failed: string[];
  /** Names of jobs in which a problem touches a printed figure or a 〔待核〕 stands. */
  doubtful: string[];
  seconds: number;
}

const TIMEOUT_SECONDS = 1800;
const PARALLEL = 2;

/** What would run, and what not and why; writes nothing. */
export async function foresee(
  path: string,
  wishes: Wishes,
  { now }: Surroundings,
): Promise<{ plan: Plan; prepared: Prepared[] }> {
  const plan = readPlan(path, wishes.year, now().getFullYear());
  const before = await readManifest(plan.out);
  const prepared: Prepared[] = [];
  for (const job of choose(plan, wishes.only)) prepared.push(await prepare(job, plan, before, wishes.again));
  return { plan, prepared };
}

/** Runs a plan: each job isolated from the others, the manifest written after each. */
export async function batch(
  path: string,
  wishes: Wishes,
  surroundings: Surroundings,
  onEvent: (event: Event) => void,
): Promise<Verdict> {
  const plan = readPlan(path, wishes.year, surroundings.now().getFullYear());
  const jobs = choose(plan, wishes.only);
  const lock = await lockFolder(plan.out);
  try {
    return await runAll(plan, jobs, wishes, surroundings, onEvent);
  } finally {
    await lock.release();
  }
}

async function runAll(
  plan: Plan,
  jobs: Job[],
  wishes: Wishes,
  { now, signal }: Surroundings,
  onEvent: (event: Event) => void,
): Promise<Verdict> {
  const started = now();
  const since = (from: Date) => Math.max(0, Math.round(now().getTime() - from.getTime()) / 1000);
  const parallel = wishes.parallel ?? plan.parallel ?? PARALLEL;
  const before = await readManifest(plan.out);
  const results = new Map<string, JobResult>();
  // One after the other: jobs end at the same moment.
  let saving = Promise.resolve();
  const save = (finished: Date | null) => {
    saving = saving.then(() =>
      writeManifest(toManifest(plan, before, results, started, finished, since(started)), plan.out),
    );
    return saving;
  };
  onEvent({
    event: 'start',
    plan: basename(plan.path),
    year: plan.year,
    jobs: [...jobs, ...(wishes.only === null ? [plan.rollup ?? []] : [])].flat().map(({ name }) => name),
    parallel,
  });
  await save(null);
  const work = async (job: Job) => {
    const from = now();
    onEvent({ event: 'job-start', job: job.name });
    const result = await runJob(job, plan, before, wishes.again, toLimits(job, wishes, parallel, signal));
    if (result.status !== 'unchanged') result.seconds = since(from);
    results.set(job.name, result);
    await save(null);
    onEvent({ event: 'job-end', job: job.name, result });
  };
  await inParallel(jobs, parallel, work);
  // What some jobs alone have done is no city yet: the roll-up belongs to the whole plan.
  if (plan.rollup !== null && wishes.only === null) await work(toRollupJob(plan.rollup, plan, results));
  await save(now());
  const verdict = toVerdict([...results.values()], since(started));
  onEvent({ event: 'end', verdict });
  return verdict;
}

function choose(plan: Plan, only: string[] | null): Job[] {
  if (only === null) return plan.jobs;
  const names = plan.jobs.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Failure('usage', {
      where: '--only',
      found: `计划里没有任务“${unknown}”，有${names.join('、')}`,
    });
  return plan.jobs.filter(({ name }) => only.includes(name));
}

/** To be made when the job begins: its time runs from then on. */
function toLimits(job: Job, { timeout, memory }: Wishes, parallel: number, signal: AbortSignal): Limits {
  const seconds = timeout ?? job.timeout ?? TIMEOUT_SECONDS;
  return {
    seconds,
    deadline: AbortSignal.timeout(seconds * 1000),
    megabytes: memory ?? job.memory,
    share: totalmem() / 2 ** 20 / parallel,
    signal,
  };
}

async function inParallel<T>(items: T[], parallel: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

/** Jobs that were not this run's turn stay as the run before left them. */
function toManifest(
  plan: Plan,
  before: Manifest | null,
  results: Map<string, JobResult>,
  started: Date,
  finished: Date | null,
  seconds: number,
): Omit<Manifest, 'schemaVersion' | 'generator'> {
  const jobs = plan.jobs.flatMap(
    ({ name }) => results.get(name) ?? before?.jobs.find((each) => each.name === name) ?? [],
  );
  return {
    plan: { name: basename(plan.path), sha256: createHash('sha256').update(plan.text).digest('hex') },
    year: plan.year,
    started: started.toISOString(),
    finished: finished?.toISOString() ?? null,
    seconds,
    jobs,
    rollup: plan.rollup === null ? null : (results.get(plan.rollup.name) ?? before?.rollup ?? null),
  };
}

function toVerdict(results: JobResult[], seconds: number): Verdict {
  return {
    done: results.filter(({ status }) => status === 'done').length,
    unchanged: results.filter(({ status }) => status === 'unchanged').length,
    failed: results.filter(({ status }) => status === 'failed').map(({ name }) => name),
    doubtful: results.filter(({ doubtful }) => doubtful).map(({ name }) => name),
    seconds,
  };
}
