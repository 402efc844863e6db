import type { Command } from 'commander';
import type { ExplainFlags } from '../commands/explain.ts';
import type { Flags } from '../config.ts';
import type { SafeTerminal } from '../terminal.ts';
import { createBar } from './bar.ts';
import { addInputOptions, FORCE, JSON_RESULT } from './options.ts';

/** explain: where one figure comes from. */
export function addExplain(program: Command, terminal: SafeTerminal): void {
  const command = program
    .command('explain')
    .description('说明一个数怎么来的：口径、来源的行、搁置的行、上年数、目标')
    .argument('<指标>', '编号、名称或别名，例如 低保.发放金额、低保.发放金额#同比、低保.发放金额@某某镇')
    .argument('<文件...>', '表格文件、文件夹或通配符；或只写一份 *.facts.json');
  addInputOptions(command)
    .option('--sql', '同时显示算出这个数的 SQL 语句')
    .option('--rows <文件.csv>', '把用到的行写成一张表：文件、工作表、行号、地区、月份、金额，没有个人信息')
    .option(...JSON_RESULT)
    .option(...FORCE)
    .action(async (name: string, inputs: string[], flags: Flags & ExplainFlags) => {
      const [{ explainFigure }, { toExplanationLines, toExplanationJson }] = await Promise.all([
        import('../commands/explain.ts'),
        import('../commands/print-explanation.ts'),
      ]);
      const bar = createBar(terminal, flags.json ?? false);
      const explained = await explainFigure(name, inputs, flags, bar.show);
      bar.clear();
      const text = flags.json ? toExplanationJson(explained) : toExplanationLines(explained).join('\n');
      terminal.stdout.write(`${text}\n`);
    });
}
