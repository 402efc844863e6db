import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { toWidth, wrapText } from './wrap.ts';

/** Below the list of commands: what a clerk does first, next and last. */
export const FIRST_STEPS = `
一般这样用：
  mzreport doctor                      先看本机好不好用
  mzreport summarize 导出              “导出”文件夹里的表格，写成总结
  mzreport inspect 导出                看每张表认成了什么
  mzreport explain 低保.发放金额 导出  这个数怎么来的
  mzreport export 导出 --out 附表      给人大常委会的附表
  mzreport check 总结.docx 导出        改完的文稿，数还对不对
  mzreport summarize --help            一个命令的全部选项
一步一步怎么用、屏幕上的话是什么意思：docs/手册.md`;

export const EXAMPLES = `
例子：
  mzreport summarize 2023.xlsx
      从一个工作簿写出总结
  mzreport summarize *.xlsx *.csv --out 总结
      当前文件夹的全部表格，写到“总结”文件夹
  mzreport summarize 导出 --year 2023 --format docx
      整个文件夹，指明年份，只要 Word
任务指标、手工填报和上年的 facts.json 直接一起写上即可，程序自会认出。`;

/** Lines of the help are no longer than this even where the terminal is wider. */
const WIDEST = 100;

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
      // commander would add "(default: …)" in English, and count a Chinese character as one column.
      optionDescription: ({ description }) => description,
      displayWidth: toWidth,
      boxWrap: wrapText,
    })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(terminal.stdout.columns ?? 80, WIDEST),
    })
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
