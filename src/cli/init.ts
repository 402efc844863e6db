import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { Terminal } from '../terminal.ts';
import { CONFIG, KIND, OUT, TEMPLATE } from './options.ts';

/** init: a commented mzreport.yaml and two sheets to be filled in. */
export function addInit(program: Command, terminal: Terminal): void {
  program
    .command('init')
    .description('问几个问题，写出 mzreport.yaml、手工填报.xlsx 和 任务指标.xlsx')
    .argument('[文件...]', '已有的表格：它们给得出的数就不必再填')
    .option(...CONFIG)
    .option(...KIND)
    .option(...TEMPLATE)
    .option(...OUT)
    .action(async (inputs: string[], flags: Flags) => {
      const [{ init }, { toConfig }, { createAsk }] = await Promise.all([
        import('../commands/init.ts'),
        import('../config.ts'),
        import('../ask.ts'),
      ]);
      const ask = createAsk(terminal);
      try {
        const written = await init(toConfig(inputs, flags), ask.ask, () => {});
        terminal.stdout.write(`已写出\n${written.map(({ path }) => `  ${path}\n`).join('')}`);
      } finally {
        ask.close();
      }
    });
}
