import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { createBar } from './bar.ts';
import { CONFIG, JSON_RESULT } from './options.ts';

/** inspect: what each sheet is taken for. */
export function addInspect(program: Command, terminal: SafeTerminal): void {
  program
    .command('inspect')
    .description('逐张表、逐列显示认成了什么，不写文稿')
    .argument('<文件...>', '表格文件、文件夹或通配符')
    .option('--year <年份>', '哪一年')
    .option(...CONFIG)
    .option('--write <文件>', '把识别结果写进该文件的“识别”，改正后下次照此执行')
    .option(...JSON_RESULT)
    .action(async (inputs: string[], flags: Flags & { write?: string }) => {
      const [{ inspect }, { toInspectionLines, toInspectionJson }, { toConfig }, { createColor }] =
        await Promise.all([
          import('../commands/inspect.ts'),
          import('../commands/print.ts'),
          import('../config.ts'),
          import('./color.ts'),
        ]);
      const bar = createBar(terminal, flags.json ?? false);
      const inspected = await inspect(toConfig(inputs, flags), flags.write ?? null, bar.show);
      bar.clear();
      const color = createColor(terminal);
      const text = flags.json ? toInspectionJson(inspected) : toInspectionLines(inspected, color).join('\n');
      terminal.stdout.write(`${text}\n`);
    });
}
