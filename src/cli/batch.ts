import { type Command, Option } from 'commander';
import type { Event, Surroundings, Wishes } from '../batch/index.ts';
import { parseMemory } from '../config.ts';
import { Failure } from '../failure.ts';
import type { SafeTerminal } from '../terminal.ts';
import { QUIET } from './options.ts';
import { createStatus } from './status.ts';

interface BatchFlags {
  year?: string;
  only?: string[];
  jobs?: string;
  timeout?: string;
  memory?: string;
  dryRun?: boolean;
  again?: boolean;
  strict?: boolean;
  quiet?: boolean;
  logFormat: 'text' | 'json';
}

/** batch: many documents from one plan, left alone. */
export function addBatch(program: Command, terminal: SafeTerminal, done: (code: number) => void): void {
  const only = new Option('--only <任务...>', '只做这几个任务');
  only.variadic = true;
  program
    .command('batch')
    .description('按计划文件成批写出各地的文稿和附表，可以定时自动运行')
    .argument('<计划>', '计划文件（yaml），写法见 docs/批量.md')
    .option('--year <年份>', '哪一年，代替计划里的年度')
    .addOption(only)
    .option('--jobs <个数>', '同时做几个任务，默认2个')
    .option('--timeout <秒>', '一个任务最多用多少秒，默认1800')
    .option('--memory <大小>', '一个任务最多用多少内存，例如 2GB，超过即停止这个任务')
    .option('--dry-run', '只看会做什么，不写任何文件')
    .option('--again', '没有变化的任务也重做')
    .option('--strict', '有文稿存疑或待核时，以退出码 1 结束')
    .addOption(
      new Option('--log-format <格式>', '过程的格式：text 给人看，json 每行一条给程序读')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option(...QUIET)
    .action(async (plan: string, flags: BatchFlags) => {
      const wishes = toWishes(flags);
      const [commands, { batch, foresee }, { createColor }] = await Promise.all([
        import('../commands/print-batch.ts'),
        import('../batch/index.ts'),
        import('./color.ts'),
      ]);
      const color = createColor(terminal);
      await withSurroundings(async (surroundings) => {
        if (flags.dryRun) {
          const foreseen = await foresee(plan, wishes, surroundings);
          const lines = commands.toForesightLines(foreseen.plan, foreseen.prepared, color);
          terminal.stdout.write(`${lines.join('\n')}\n`);
          return done(foreseen.prepared.some(({ fault }) => fault !== null) ? 2 : 0);
        }
        const strict = flags.strict ?? false;
        const status = createStatus(
          terminal,
          flags.quiet === true || flags.logFormat === 'json',
          surroundings.now,
        );
        const show = (event: Event) => {
          status.clear();
          if (flags.logFormat === 'json')
            terminal.stdout.write(`${commands.toLogLine(event, surroundings.now(), strict)}\n`);
          else if (!flags.quiet)
            for (const line of commands.toBatchLines(event, color)) terminal.stdout.write(`${line}\n`);
          else if (isTrouble(event))
            for (const line of commands.toBatchLines(event, color)) terminal.stderr.write(`${line}\n`);
          status.see(event);
        };
        const verdict = await batch(plan, wishes, surroundings, show).finally(status.clear);
        done(commands.toExitCode(verdict, strict));
      });
    });
}

/** What is said even with --quiet. */
const isTrouble = (event: Event): boolean =>
  (event.event === 'job-end' && event.result.status === 'failed') ||
  (event.event === 'end' && event.verdict.failed.length > 0);

/** Ctrl-C and the end of the machine stop the jobs, not the account of them. */
async function withSurroundings(work: (surroundings: Surroundings) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);
  try {
    await work({ now: () => new Date(), signal: abort.signal });
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
  }
}

function toWishes(flags: BatchFlags): Wishes {
  if (flags.year !== undefined && !/^20\d{2}$/.test(flags.year))
    throw new Failure('usage', { where: '--year', found: `“${flags.year}”不是年份，应如 2022` });
  return {
    year: flags.year ?? null,
    only: flags.only ?? null,
    parallel: toCount('--jobs', flags.jobs),
    timeout: toCount('--timeout', flags.timeout),
    memory: parseMemory(flags.memory),
    again: flags.again ?? false,
  };
}

function toCount(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new Failure('usage', { where: option, found: `“${text}”不是正整数` });
  return Number(text);
}
