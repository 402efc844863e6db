import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

export const EXAMPLES = `
例子：
  mzreport summarize 2023.xlsx                     从一个工作簿写出总结
  mzreport summarize *.xlsx *.csv --out 总结       当前文件夹的全部表格，写到“总结”文件夹
  mzreport summarize 导出 --year 2023 --format docx  整个文件夹，指明年份，只要 Word
任务指标、手工填报和上年的 facts.json 直接一起写上即可，程序自会认出。`;

/** Chinese help, and errors thrown instead of printed. */
export function configure(command: Command, terminal: Terminal): Command {
  const titles: Record<string, string> = {
    'Usage:': '用法：',
    'Options:': '选项：',
    'Commands:': '命令：',
    'Arguments:': '参数：',
  };
  return command
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      subcommandTerm: (each) => each.name(),
      commandUsage: toUsageLine,
    })
    .configureOutput({ writeOut: (text) => terminal.stdout.write(text), writeErr: () => {} })
    .helpOption('-h, --help', '显示帮助')
    .helpCommand(false);
}

/** "mzreport templates eject [选项] <文种> <文件夹>" */
function toUsageLine(command: Command): string {
  if (!command.parent) return `${command.name()} <命令> [选项]`;
  const names: string[] = [];
  for (let each: Command | null = command; each; each = each.parent) names.unshift(each.name());
  const values = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [...names, '[选项]', ...values].join(' ');
}
