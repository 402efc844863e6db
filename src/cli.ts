import { Command, CommanderError, Option } from 'commander';
import { addBatch } from './cli/batch.ts';
import { addCheck } from './cli/check.ts';
import { toDebugText } from './cli/debug.ts';
import { addDiff } from './cli/diff.ts';
import { addDoctor } from './cli/doctor.ts';
import { addExplain } from './cli/explain.ts';
import { addExport } from './cli/export.ts';
import { configure, FIRST_STEPS } from './cli/help.ts';
import { addIndicators } from './cli/indicators.ts';
import { addInit } from './cli/init.ts';
import { addInspect } from './cli/inspect.ts';
import { addRefresh } from './cli/refresh.ts';
import { addRender } from './cli/render.ts';
import { addRollup } from './cli/rollup.ts';
import { makeSafe } from './cli/safe.ts';
import { addSummarize } from './cli/summarize.ts';
import { addTemplates } from './cli/templates.ts';
import { Failure } from './failure.ts';
import type { SafeTerminal, Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const START = `mzreport ${VERSION}：把民政业务系统导出的表格变成工作总结
用法  mzreport summarize <表格文件...>
例如  mzreport summarize 东湖区2022.xlsx 婚姻登记2022.csv
口径  mzreport indicators
帮助  mzreport --help
`;

/** In the order of the help: as a clerk comes to need them. */
const COMMANDS = [
  addSummarize,
  addInit,
  addInspect,
  addExplain,
  addExport,
  addCheck,
  addRefresh,
  addRender,
  addDiff,
  addRollup,
  addBatch,
  addIndicators,
  addTemplates,
  addDoctor,
];

/** Runs one command line. Resolves to the exit code: 0 done, 1 doubtful with --strict, 2 failure, 70 our own fault. */
export async function run(given: Terminal): Promise<number> {
  const terminal = makeSafe(given);
  const debug = terminal.argv.includes('--debug');
  if (terminal.argv.length <= 2) {
    terminal.stdout.write(START);
    return 0;
  }
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(terminal.argv);
    return exitCode;
  } catch (error) {
    return report(error, terminal, debug);
  }
}

function createProgram(terminal: SafeTerminal, done: (code: number) => void): Command {
  const program = configure(new Command('mzreport'), terminal)
    .description('把民政业务系统导出的表格变成工作总结，每个数都能说出来历')
    .version(VERSION, '-V, --version', '显示版本')
    .addOption(new Option('--debug', '程序出错时显示详情').hideHelp())
    .addHelpText('after', FIRST_STEPS);
  for (const add of COMMANDS) add(program, terminal, done);
  for (const command of program.commands) {
    configure(command, terminal);
    for (const inner of command.commands) configure(inner, terminal);
  }
  return program;
}

function report(error: unknown, terminal: SafeTerminal, debug: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    terminal.stderr.write(`错误：${new Failure('usage', toUsage(error)).message}\n`);
    return 2;
  }
  if (error instanceof Failure) {
    terminal.stderr.write(`错误：${error.message}\n`);
    // A program that asked for JSON need not read Chinese to know what went wrong.
    if (terminal.argv.includes('--json'))
      terminal.stdout.write(`${JSON.stringify({ failure: { code: error.code, message: error.message } })}\n`);
    if (debug && error.cause instanceof Error) terminal.stderr.write(`${toDebugText(error.cause)}\n`);
    return 2;
  }
  terminal.stderr.write(
    '程序内部出错，没有写出任何文件。请加 --debug 重新运行，把显示的内容发给维护人员。\n',
  );
  if (debug) terminal.stderr.write(`${toDebugText(error)}\n`);
  return 70;
}

/** commander's English turned into what was wrong and where. */
function toUsage(error: CommanderError): { where: string; found: string } {
  const quoted = /'([^']*)'/.exec(error.message)?.[1]?.split(' ')[0] ?? '';
  const words: Record<string, string> = {
    'commander.unknownOption': '没有这个选项',
    'commander.unknownCommand': '没有这个命令',
    'commander.missingArgument': quoted === '文件' ? '没有写表格文件' : `没有写${quoted}`,
    'commander.optionMissingArgument': '后面缺少内容',
    'commander.excessArguments': '多写了内容',
    'commander.help': '没有写命令',
  };
  return {
    where: error.code === 'commander.missingArgument' ? '命令' : quoted || '命令',
    found: words[error.code] ?? '写法不对',
  };
}
