import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { createBar } from './bar.ts';
import { addInputOptions, JSON_RESULT, KIND, QUIET, TEMPLATE } from './options.ts';

/** check: a document that people edited, its numbers against the data. */
export function addCheck(program: Command, terminal: SafeTerminal, done: (code: number) => void): void {
  const command = program
    .command('check')
    .description('核对人改过或人写的文稿：每个数与数据是否一致，前后是否矛盾')
    .argument('<文稿>', '要核对的文稿：docx、md 或 txt')
    .argument('[文件...]', '表格文件、文件夹或通配符，或上次写出的 facts.json；不写时只查前后矛盾');
  addInputOptions(command)
    .option(...KIND)
    .option(...TEMPLATE)
    .option('--annotate <文件>', '另写一份 docx 副本，把问题写成 Word 批注')
    .option(...JSON_RESULT)
    .option(...QUIET)
    .action(async (draft: string, inputs: string[], flags: Flags & { annotate?: string }) => {
      const [{ check }, { toCheckLines, toCheckJson }, { toConfig }] = await Promise.all([
        import('../commands/check.ts'),
        import('../commands/print-check.ts'),
        import('../config.ts'),
      ]);
      const config = toConfig(inputs, flags);
      const bar = createBar(terminal, config.quiet || config.json);
      const checked = await check(draft, flags.annotate ?? null, config, bar.show);
      bar.clear();
      if (config.json) terminal.stdout.write(`${toCheckJson(checked)}\n`);
      else if (!config.quiet) terminal.stdout.write(`${toCheckLines(checked).join('\n')}\n`);
      done(checked.wrong > 0 ? 1 : 0);
    });
}
