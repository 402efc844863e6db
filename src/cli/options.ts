import { type Command, Option } from 'commander';

/** What every command that reads the tables of a bureau may be told about them, in the order of its help. */
export function addInputOptions(command: Command): Command {
  return command
    .option('--year <年份>', '哪一年，例如 2022；默认从标题、文件名和数据中找')
    .option('--period <时期>', '哪段时期，例如 2022年上半年、1-11月')
    .option('--from <年月>', '从哪个月起，与 --to 同用，例如 --from 2022-03 --to 2022-08')
    .option('--to <年月>', '到哪个月止；不写 --from 时从当年1月起')
    .option('--place <地区>', '哪个县（市、区）；默认从标题和文件名中找')
    .addOption(toFilesOption('--targets <文件...>', '任务指标表'))
    .addOption(toFilesOption('--facts <文件...>', '手工填报表'))
    .addOption(toFilesOption('--last-year <文件...>', '上年的表格或 facts.json，用来比较'))
    .option(...CONFIG)
    .option('--memory <大小>', '数据最多用多少内存，例如 2GB；超出的放进临时文件夹，运行结束即删除');
}

/** One meaning of one flag, for each command that has it. */
export const CONFIG: [string, string] = ['--config <文件>', '配置文件，默认用当前文件夹的 mzreport.yaml'];
export const KIND: [string, string] = [
  '--kind <文种>',
  '写哪种文稿，见 mzreport templates；默认按时期和数据判断',
];
export const TEMPLATE: [string, string] = ['--template <文件>', '用本单位自己的文稿模板'];
export const OUT: [string, string] = ['-o, --out <文件夹>', '写到哪个文件夹，默认当前文件夹'];
export const FORMAT: [string, string] = ['--format <格式>', '要哪些格式，逗号隔开：docx,html,md,txt'];
export const EDITED: [string, string] = ['--edited', '照用被人改过的 facts.json'];
export const QUIET: [string, string] = ['--quiet', '不显示过程，只显示错误'];
export const JSON_RESULT: [string, string] = ['--json', '以 JSON 显示结果，供程序读取'];
export const FORCE: [string, string] = ['--force', '覆盖被人改过的同名文件，原文件另存备份'];

/** commander knows an option with several values by a Latin letter before the dots. */
function toFilesOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  option.variadic = true;
  return option;
}
