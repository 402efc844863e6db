import { isAbsolute, relative, sep } from 'node:path';
import { Failure } from '../failure.ts';
import { type Ended, type Limits, runChild } from './child.ts';
import { hashFile } from './fingerprint.ts';
import { type Lock, lockFolder } from './lock.ts';
import type { JobResult, Manifest, OutputFile } from './manifest.ts';
import type { Job, Plan } from './plan.ts';
import { type Prepared, prepare, toUnprepared } from './prepare.ts';
import { type Fault, findCode, type Said, toFault, toSaid } from './said.ts';

const LEAST_MEGABYTES = 200;

/** Runs a job in processes of its own; resolves whatever happens. `seconds` is left to the caller. */
export async function runJob(
  job: Job,
  plan: Plan,
  before: Manifest | null,
  again: boolean,
  limits: Limits,
): Promise<JobResult> {
  let prepared = toUnprepared(job);
  if (limits.signal.aborted)
    return toFailed(prepared, { code: 'interrupted', reason: '批量被中断，没有开始' });
  try {
    prepared = await prepare(job, plan, before, again);
    const { unchanged, fault } = prepared;
    if (unchanged !== null) return { ...unchanged, status: 'unchanged', seconds: 0 };
    return fault === null ? await runAlone(prepared, plan, limits) : toFailed(prepared, fault);
  } catch (error) {
    if (error instanceof Failure)
      return toFailed(prepared, {
        code: error.code === 'folder-busy' ? 'busy' : 'run',
        reason: error.message,
      });
    // Whatever it is, the other jobs go on.
    const what = error instanceof Error && 'code' in error ? `系统错误 ${error.code}` : '程序内部出错';
    return toFailed(prepared, { code: 'crash', reason: what });
  }
}

async function runAlone(prepared: Prepared, plan: Plan, limits: Limits): Promise<JobResult> {
  const lock = await lockFolder(prepared.job.out);
  try {
    return await runLocked(prepared, plan, limits, lock);
  } finally {
    await lock.release();
  }
}

async function runLocked(prepared: Prepared, plan: Plan, limits: Limits, lock: Lock): Promise<JobResult> {
  const run = async (args: string[]) => {
    let added = Promise.resolve();
    const ended = await runChild(args, plan.folder, limits, (pid) => {
      // A disk that takes no lock will not take the outputs either: that the job says itself.
      added = lock.add(pid).catch(() => {});
    });
    await added;
    return ended;
  };
  const { command, extra } = prepared.job;
  const data = command === 'summarize' ? { memory: toDataMemory(prepared, limits) } : {};
  const draft = await run(toArguments(command, prepared, { ...extra, ...data }));
  const said = toSaid(draft);
  if (said === null) return toFailed(prepared, toFault(draft, limits));
  const result = await toDone(prepared, said, plan);
  const { tables } = prepared.job;
  if (tables === null) return result;
  const ended = await run(
    toArguments('export', prepared, { ...data, layout: tables.layouts, format: tables.formats ?? 'xlsx' }),
  );
  return addTables(result, ended, plan, limits);
}

/** No 附表 that can be filled is no failure: the draft is there, and the note says what is lacking. */
async function addTables(result: JobResult, ended: Ended, plan: Plan, limits: Limits): Promise<JobResult> {
  const said = toSaid(ended);
  if (said !== null)
    return { ...result, outputs: [...result.outputs, ...(await toOutputs(said.written, plan))] };
  const { code, reason } = toFault(ended, limits);
  if (findCode(ended) === 'no-tables') return { ...result, notes: [...result.notes, reason] };
  return { ...result, status: 'failed', code, reason: `文稿已写出，附表没有：${reason}` };
}

/** The rows may take half of what the job may: beyond that they go to a private folder, long before it is stopped. */
function toDataMemory({ ownMemory }: Prepared, { megabytes, share }: Limits): string | null {
  if (ownMemory) return null;
  return `${Math.max(LEAST_MEGABYTES, Math.floor((megabytes ?? share) / 2))}MB`;
}

/** The job as a command line; what only one of the commands knows is in `own`. */
function toArguments(
  command: 'summarize' | 'export' | 'rollup',
  { job, flags, lastYear }: Prepared,
  own: Record<string, string | null>,
): string[] {
  const { json: _, kind, template, format, lastYear: _1, ...shared } = flags;
  const all = { ...shared, ...(command === 'export' ? {} : { kind, template, format }), ...own };
  const options = Object.entries(all).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [];
    return value === '' ? [`--${name}`] : [`--${name}=${value}`];
  });
  const compared = lastYear.length > 0 ? ['--last-year', ...lastYear.map(toOperand)] : [];
  return [command, ...options, ...compared, '--json', '--', ...job.inputs.map(toOperand)];
}

/** A file may be called "-x". */
const toOperand = (path: string): string => (isAbsolute(path) ? path : `./${path}`);

async function toDone(prepared: Prepared, said: Said, plan: Plan): Promise<JobResult> {
  const sheets = said.sheets ?? [];
  const sum = (count: (sheet: (typeof sheets)[number]) => number) =>
    sheets.reduce((total, sheet) => total + count(sheet), 0);
  const kept = said.written.flatMap(({ kept: name }) => (name === null ? [] : [name]));
  const missing = (said.counties ?? []).flatMap(({ place, file }) => (file === null ? [place] : []));
  return {
    ...toResult(prepared),
    status: 'done',
    notes: [
      ...prepared.notes,
      ...kept.map((name) => `“${name}”被人改过，予以保留，新的另存`),
      ...(missing.length > 0 ? [`没有${missing.join('、')}的数，文稿中已点名`] : []),
    ],
    period: said.period ?? null,
    outputs: await toOutputs(said.written, plan),
    rows: {
      read: sum(({ read }) => read),
      used: sum(({ used }) => used),
      setAside: sum(({ setAside }) => setAside.reduce((total, { rows }) => total + rows, 0)),
    },
    problems: said.problems?.length ?? 0,
    doubtful: said.doubtful ?? false,
  };
}

async function toOutputs(written: Said['written'], plan: Plan): Promise<OutputFile[]> {
  return Promise.all(
    written.map(async ({ path }) => {
      const { bytes, sha256 } = await hashFile(path);
      return { path: relative(plan.out, path).split(sep).join('/'), bytes, sha256 };
    }),
  );
}

const toFailed = (prepared: Prepared, { code, reason }: Fault): JobResult => ({
  ...toResult(prepared),
  code,
  reason,
});

const toResult = ({ job, notes, fingerprint, inputs }: Prepared): JobResult => ({
  name: job.name,
  place: job.place,
  status: 'failed',
  code: null,
  reason: null,
  notes,
  period: null,
  seconds: 0,
  fingerprint,
  inputs,
  outputs: [],
  rows: { read: 0, used: 0, setAside: 0 },
  problems: 0,
  doubtful: false,
});
