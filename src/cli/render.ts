import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { CONFIG, EDITED, FORCE, FORMAT, JSON_RESULT, KIND, OUT, QUIET, TEMPLATE } from './options.ts';

/** render: facts in, documents out. */
export function addRender(program: Command, terminal: SafeTerminal): void {
  program
    .command('render')
    .description('不用表格，由 facts.json 重新写出文稿')
    .argument('<facts.json>', '以前写出的 *.facts.json')
    .option(...CONFIG)
    .option(...KIND)
    .option(...TEMPLATE)
    .option(...OUT)
    .option(...FORMAT)
    .option(...EDITED)
    .option(...JSON_RESULT)
    .option(...QUIET)
    .option(...FORCE)
    .action(async (path: string, flags: Flags & { edited?: boolean }) => {
      const [{ rerender }, { toRenderLines }, { createColor }] = await Promise.all([
        import('../commands/render.ts'),
        import('../commands/print-facts.ts'),
        import('./color.ts'),
      ]);
      const { config, ...done } = await rerender(path, flags);
      const color = createColor(terminal);
      if (config.json) terminal.stdout.write(`${JSON.stringify(done, null, 1)}\n`);
      else if (!config.quiet) terminal.stdout.write(`${toRenderLines(done, color).join('\n')}\n`);
    });
}
