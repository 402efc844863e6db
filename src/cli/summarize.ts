import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { createBar } from './bar.ts';
import { EXAMPLES } from './help.ts';
import { addInputOptions, FORCE, FORMAT, JSON_RESULT, KIND, OUT, QUIET, TEMPLATE } from './options.ts';

/** summarize: tables in, draft and facts out. */
export function addSummarize(program: Command, terminal: SafeTerminal, done: (code: number) => void): void {
  const command = program
    .command('summarize')
    .description('读取表格，写出工作总结和数据依据')
    .argument('<文件...>', '表格文件、文件夹或通配符（*.xlsx）');
  addInputOptions(command)
    .option(...KIND)
    .option(...TEMPLATE)
    .option(...OUT)
    .option(...FORMAT)
    .option('--strict', '文稿有待核或存疑的数时，以退出码 1 结束')
    .option(...JSON_RESULT)
    .option(...QUIET)
    .option(...FORCE)
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], flags: Flags) => {
      const [{ summarize }, { toSummaryLines, toSummaryJson }, { toConfig }, { createColor }] =
        await Promise.all([
          import('../commands/summarize.ts'),
          import('../commands/print.ts'),
          import('../config.ts'),
          import('./color.ts'),
        ]);
      const config = toConfig(inputs, flags);
      const bar = createBar(terminal, config.quiet || config.json);
      const summary = await summarize(config, bar.show);
      bar.clear();
      const color = createColor(terminal);
      if (config.json) terminal.stdout.write(`${toSummaryJson(summary)}\n`);
      else if (!config.quiet) terminal.stdout.write(`${toSummaryLines(summary, color).join('\n')}\n`);
      done(config.strict && summary.doubtful ? 1 : 0);
    });
}
