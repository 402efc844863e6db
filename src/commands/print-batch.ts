import type { Event, JobResult, Plan, Prepared, Verdict } from '../batch/index.ts';
import type { Color } from '../terminal.ts';

/** Which ones are to be looked at stands beside each job: the last line is one that can be read. */
const SHOWN = 5;

/** What `batch` prints as it goes: a line when it starts, one per job that ended, and the verdict. */
export function toBatchLines(event: Event, color: Color): string[] {
  switch (event.event) {
    case 'start':
      return [
        `计划 ${event.plan}${event.year === null ? '' : `，年度 ${event.year}`}，${event.jobs.length}个任务，同时做${event.parallel}个`,
      ];
    case 'job-start':
      return [];
    case 'job-end':
      return toJobLines(event.result, color);
    case 'end':
      return [toVerdictLine(event.verdict)];
  }
}

/** A job that ended: what it came to, and what is not as it was wanted. */
export function toJobLines(result: JobResult, color: Color): string[] {
  const { name, status, reason, notes, seconds, inputs, outputs, rows, problems, doubtful } = result;
  if (status === 'failed') return [color.red(`  ${name}：失败，${reason}`)];
  const doubt = doubtful ? color.yellow('（涉及文稿中的数，或有待核）') : '';
  if (status === 'unchanged') return [`${color.dim(`  ${name}：没有变化，跳过`)}${doubt}`];
  const aside = rows.setAside > 0 ? `，搁置${rows.setAside}行` : '';
  const data = problems > 0 ? `，数据问题和提示${problems}条` : '';
  return [
    `  ${name}：完成，${seconds}秒，${rows.read > 0 ? `用${rows.used}行${aside}` : `汇总${inputs.length}份`}，写出${outputs.length}个文件${data}${doubt}`,
    ...notes.map((note) => color.dim(`    ${note}`)),
  ];
}

/** The one line at the end. */
export function toVerdictLine({ done, unchanged, failed, doubtful, seconds }: Verdict): string {
  const total = done + unchanged + failed.length;
  const parts = [
    `完成${done}个`,
    ...(unchanged > 0 ? [`没有变化跳过${unchanged}个`] : []),
    `失败${failed.length}个${failed.length > 0 ? `（${failed.join('、')}）` : ''}`,
    ...(doubtful.length > 0
      ? [
          `要核对${doubtful.length}个（${doubtful.slice(0, SHOWN).join('、')}${doubtful.length > SHOWN ? '等' : ''}）`,
        ]
      : []),
  ];
  return `共${total}个任务：${parts.join('，')}；用时${seconds}秒，详见 manifest.json`;
}

/** What `batch --dry-run` prints: each job's inputs and output folder, and whether it would run. */
export function toForesightLines(plan: Plan, prepared: Prepared[], color: Color): string[] {
  return [
    `计划的输出目录 ${plan.out}${plan.year === null ? '' : `，年度 ${plan.year}`}；只看不做`,
    ...prepared.flatMap((each) => [
      `${color.bold(each.job.name)}：${toIntention(each, color)}`,
      `  输出 ${each.job.out}${each.job.tables === null ? '' : '（文稿和附表）'}`,
      ...each.inputs.map(({ name, lastYear }) => `  ${lastYear ? '上年材料' : '材料'} ${name}`),
      ...each.notes.map((note) => color.dim(`  ${note}`)),
    ]),
    ...(plan.rollup === null
      ? []
      : [`${color.bold(plan.rollup.name)}：各任务结束后做`, `  输出 ${plan.rollup.out}`]),
  ];
}

function toIntention({ fault, unchanged }: Prepared, color: Color): string {
  if (fault !== null) return color.red(`不能做，${fault.reason}`);
  return unchanged === null ? '要做' : '没有变化，跳过';
}

/** One line of the log for programs; docs/batch-log.schema.json describes it. */
export function toLogLine(event: Event, time: Date, strict: boolean): string {
  const at = { time: time.toISOString(), event: event.event };
  if (event.event === 'job-end') {
    const { inputs, outputs, fingerprint: _, name: _1, ...rest } = event.result;
    return JSON.stringify({ ...at, job: event.job, ...rest, inputs: inputs.length, outputs: outputs.length });
  }
  if (event.event === 'end')
    return JSON.stringify({ ...at, ...event.verdict, exitCode: toExitCode(event.verdict, strict) });
  return JSON.stringify({ ...at, ...event });
}

/** 0 all jobs finished, 1 with --strict when one is doubtful, 2 some failed. */
export function toExitCode({ failed, doubtful }: Verdict, strict: boolean): number {
  if (failed.length > 0) return 2;
  return strict && doubtful.length > 0 ? 1 : 0;
}
