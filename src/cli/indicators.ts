import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { Terminal } from '../terminal.ts';
import { CONFIG } from './options.ts';

/** indicators: the list of them, or the 口径 of one. */
export function addIndicators(program: Command, terminal: Terminal): void {
  program
    .command('indicators')
    .description('列出全部指标；加 --explain 说明一个指标的口径')
    .option('--explain <指标>', '说明这个指标的口径，例如 低保.月人均补差')
    .option(...CONFIG)
    .action(async (flags: Flags & { explain?: string }) => {
      const [{ explainIndicator, listIndicators }, { loadCatalogue }, { toConfig }] = await Promise.all([
        import('../commands/indicators.ts'),
        import('../catalogue/index.ts'),
        import('../config.ts'),
      ]);
      const catalogue = loadCatalogue(toConfig([], flags));
      const { explain } = flags;
      const lines = explain === undefined ? listIndicators(catalogue) : explainIndicator(explain, catalogue);
      terminal.stdout.write(`${lines.join('\n')}\n`);
    });
}
