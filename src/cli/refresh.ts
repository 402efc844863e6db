import type { Command } from 'commander';
import type { RefreshFlags } from '../commands/refresh.ts';
import type { SafeTerminal } from '../terminal.ts';
import { createBar } from './bar.ts';
import { addInputOptions, EDITED, FORCE, JSON_RESULT, QUIET, TEMPLATE } from './options.ts';

/** refresh: a document that people have edited and corrected tables in, the document with fresh figures out. */
export function addRefresh(program: Command, terminal: SafeTerminal, done: (code: number) => void): void {
  const command = program
    .command('refresh')
    .description('按更正后的表格更新改过的 docx 里的数，其余一字不动')
    .argument('<文稿>', 'summarize 写出、可能已被人改过的 docx')
    .argument('<文件...>', '更正后的表格文件、文件夹或通配符，或一份 facts.json');
  addInputOptions(command)
    .option(...TEMPLATE)
    .option('--accept', '直接改，不留修订痕迹')
    .option('-o, --out <文件>', '写到哪个 docx 文件或文件夹，默认在文稿旁边另写一份“（更新）”')
    .option(...EDITED)
    .option(...JSON_RESULT)
    .option(...QUIET)
    .option(...FORCE)
    .action(async (path: string, inputs: string[], flags: RefreshFlags) => {
      const [{ isUnsettled, refresh }, { toRefreshLines }, { createColor }] = await Promise.all([
        import('../commands/refresh.ts'),
        import('../commands/print-refresh.ts'),
        import('./color.ts'),
      ]);
      const silent = (flags.quiet ?? false) || (flags.json ?? false);
      const bar = createBar(terminal, silent);
      const refreshed = await refresh(path, inputs, flags, bar.show);
      bar.clear();
      const color = createColor(terminal);
      const { results, written } = refreshed;
      if (flags.json) terminal.stdout.write(`${JSON.stringify({ results, written }, null, 1)}\n`);
      else if (!silent) terminal.stdout.write(`${toRefreshLines(refreshed, color).join('\n')}\n`);
      done(isUnsettled(results) ? 1 : 0);
    });
}
