import type { Command } from 'commander';
import type { ExportFlags } from '../commands/export.ts';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { createBar } from './bar.ts';
import { addInputOptions, FORCE, JSON_RESULT, OUT, QUIET } from './options.ts';

/** export: tables in, 附表 out. */
export function addExport(program: Command, terminal: SafeTerminal): void {
  const command = program
    .command('export')
    .description('读取表格，写出供人大常委会使用的附表')
    .argument('<文件...>', '表格文件、文件夹或通配符（*.xlsx）');
  addInputOptions(command)
    .option('--layout <附表>', '要哪几张附表，逗号隔开，例如 社会救助,任务指标；默认有数的全要')
    .option(...OUT)
    .option('--format <格式>', '要哪些格式，逗号隔开：xlsx,csv,docx；默认 xlsx')
    .option('--no-suppress', '1至2人的数照印，只供内部使用')
    .option(...JSON_RESULT)
    .option(...QUIET)
    .option(...FORCE)
    .action(async (inputs: string[], { format, ...flags }: Flags & ExportFlags) => {
      const [{ exportTables }, { toExportJson, toExportLines }, { toConfig }, { createColor }] =
        await Promise.all([
          import('../commands/export.ts'),
          import('../commands/print.ts'),
          import('../config.ts'),
          import('./color.ts'),
        ]);
      const config = toConfig(inputs, flags);
      const bar = createBar(terminal, config.quiet || config.json);
      const exported = await exportTables(config, { ...flags, ...(format ? { format } : {}) }, bar.show);
      bar.clear();
      const color = createColor(terminal);
      if (config.json) terminal.stdout.write(`${toExportJson(exported)}\n`);
      else if (!config.quiet) terminal.stdout.write(`${toExportLines(exported, color).join('\n')}\n`);
    });
}
