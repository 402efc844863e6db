import { Command, CommanderError, Option } from 'commander';
import type { ExportFlags } from './commands/export.ts';
import type { Flags } from './config.ts';
import { Failure } from './failure.ts';
import { VERSION } from './version.ts';

/** The parts of `process` that a run touches; tests give their own. */
export interface Terminal {
  argv: string[];
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  stdin?: NodeJS.ReadableStream;
}

const START = `mzreport ${VERSION}：把民政业务系统导出的表格变成工作总结
用法  mzreport summarize <表格文件...>
例如  mzreport summarize 东湖区2022.xlsx 婚姻登记2022.csv
口径  mzreport indicators
帮助  mzreport --help
`;

const EXAMPLES = `
例子：
  mzreport summarize 2023.xlsx                     从一个工作簿写出总结
  mzreport summarize *.xlsx *.csv --out 总结       当前文件夹的全部表格，写到“总结”文件夹
  mzreport summarize 导出 --year 2023 --format docx  整个文件夹，指明年份，只要 Word
任务指标、手工填报和上年的 facts.json 直接一起写上即可，程序自会认出。`;

/** Runs one command line. Resolves to the exit code: 0 done, 1 doubtful with --strict, 2 failure, 70 our own fault. */
export async function run(terminal: Terminal): Promise<number> {
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

function createProgram(terminal: Terminal, done: (code: number) => void): Command {
  const program = configure(new Command('mzreport'), terminal)
    .description('把民政业务系统导出的表格变成工作总结，每个数都能说出来历')
    .version(VERSION, '-V, --version', '显示版本')
    .addOption(new Option('--debug', '程序出错时显示详情').hideHelp())
    .addHelpText('after', EXAMPLES);
  addSummarize(program, terminal, done);
  addExport(program, terminal);
  addInspect(program, terminal);
  addInit(program, terminal);
  addIndicators(program, terminal);
  addTemplates(program, terminal);
  for (const command of program.commands) {
    configure(command, terminal);
    for (const inner of command.commands) configure(inner, terminal);
  }
  return program;
}

function addSummarize(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('summarize')
    .description('读取表格，写出工作总结和数据依据')
    .argument('<文件...>', '表格文件、文件夹或通配符（*.xlsx）')
    .option('--year <年份>', '哪一年，例如 2022；默认从标题、文件名和数据中找')
    .option('--period <时期>', '哪段时期，例如 2022年上半年、1-11月')
    .option('--from <年月>', '从哪个月起，与 --to 同用，例如 --from 2022-03 --to 2022-08')
    .option('--to <年月>', '到哪个月止；不写 --from 时从当年1月起')
    .option('--place <地区>', '哪个县（市、区）；默认从标题和文件名中找')
    .addOption(toFilesOption('--targets <文件...>', '任务指标表'))
    .addOption(toFilesOption('--facts <文件...>', '手工填报表'))
    .addOption(toFilesOption('--last-year <文件...>', '上年的表格或 facts.json，用来比较'))
    .option('--config <文件>', '配置文件，默认用当前文件夹的 mzreport.yaml')
    .option('--kind <文种>', '写哪种文稿，见 mzreport templates；默认按时期和数据判断')
    .option('--template <文件>', '用本单位自己的文稿模板')
    .option('-o, --out <文件夹>', '写到哪个文件夹，默认当前文件夹')
    .option('--format <格式>', '要哪些格式，逗号隔开：docx,html,md,txt')
    .option('--strict', '文稿有待核或存疑的数时，以退出码 1 结束')
    .option('--json', '以 JSON 显示结果，供程序读取')
    .option('--quiet', '不显示过程，只显示错误')
    .option('--force', '覆盖被人改过的同名文件')
    .addHelpText('after', EXAMPLES);
  command.action(async (inputs: string[], flags: Flags) => {
    const [{ summarize }, { toSummaryLines, toSummaryJson }, { toConfig }, { Chalk }] = await Promise.all([
      import('./commands/summarize.ts'),
      import('./commands/print.ts'),
      import('./config.ts'),
      import('chalk'),
    ]);
    const config = toConfig(inputs, flags);
    const bar = createBar(terminal, config.quiet || config.json);
    const summary = await summarize(config, bar.show);
    bar.clear();
    const color = new Chalk({ level: terminal.stdout.isTTY ? 1 : 0 });
    if (config.json) terminal.stdout.write(`${toSummaryJson(summary)}\n`);
    else if (!config.quiet) terminal.stdout.write(`${toSummaryLines(summary, color).join('\n')}\n`);
    done(config.strict && summary.doubtful ? 1 : 0);
  });
}

function addExport(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('读取表格，写出供人大常委会使用的附表')
    .argument('<文件...>', '表格文件、文件夹或通配符（*.xlsx）')
    .option('--year <年份>', '哪一年，例如 2022；默认从标题、文件名和数据中找')
    .option('--period <时期>', '哪段时期，例如 2022年上半年、1-11月')
    .option('--place <地区>', '哪个县（市、区）；默认从标题和文件名中找')
    .addOption(toFilesOption('--targets <文件...>', '任务指标表'))
    .addOption(toFilesOption('--facts <文件...>', '手工填报表'))
    .addOption(toFilesOption('--last-year <文件...>', '上年的表格或 facts.json，用来比较'))
    .option('--config <文件>', '配置文件，默认用当前文件夹的 mzreport.yaml')
    .option('--layout <附表>', '要哪几张附表，逗号隔开，例如 社会救助,任务指标；默认有数的全要')
    .option('-o, --out <文件夹>', '写到哪个文件夹，默认当前文件夹')
    .option('--format <格式>', '要哪些格式，逗号隔开：xlsx,csv,docx；默认 xlsx')
    .option('--no-suppress', '1至2人的数照印，只供内部使用')
    .option('--quiet', '不显示过程，只显示错误')
    .option('--force', '覆盖被人改过的同名文件')
    .action(async (inputs: string[], { format, ...flags }: Flags & ExportFlags) => {
      const [{ exportTables }, { toExportLines }, { toConfig }, { Chalk }] = await Promise.all([
        import('./commands/export.ts'),
        import('./commands/print.ts'),
        import('./config.ts'),
        import('chalk'),
      ]);
      const config = toConfig(inputs, flags);
      const bar = createBar(terminal, config.quiet);
      const exported = await exportTables(config, { ...flags, ...(format ? { format } : {}) }, bar.show);
      bar.clear();
      const color = new Chalk({ level: terminal.stdout.isTTY ? 1 : 0 });
      if (!config.quiet) terminal.stdout.write(`${toExportLines(exported, color).join('\n')}\n`);
    });
}

function addInspect(program: Command, terminal: Terminal): void {
  program
    .command('inspect')
    .description('逐张表、逐列显示认成了什么，不写文稿')
    .argument('<文件...>', '表格文件、文件夹或通配符')
    .option('--year <年份>', '哪一年')
    .option('--config <文件>', '配置文件，默认用当前文件夹的 mzreport.yaml')
    .option('--write <文件>', '把识别结果写进该文件的“识别”，改正后下次照此执行')
    .option('--json', '以 JSON 显示结果，供程序读取')
    .action(async (inputs: string[], flags: Flags & { write?: string }) => {
      const [{ inspect }, { toInspectionLines, toInspectionJson }, { toConfig }, { Chalk }] =
        await Promise.all([
          import('./commands/inspect.ts'),
          import('./commands/print.ts'),
          import('./config.ts'),
          import('chalk'),
        ]);
      const bar = createBar(terminal, flags.json ?? false);
      const inspected = await inspect(toConfig(inputs, flags), flags.write ?? null, bar.show);
      bar.clear();
      const color = new Chalk({ level: terminal.stdout.isTTY ? 1 : 0 });
      const text = flags.json ? toInspectionJson(inspected) : toInspectionLines(inspected, color).join('\n');
      terminal.stdout.write(`${text}\n`);
    });
}

function addInit(program: Command, terminal: Terminal): void {
  program
    .command('init')
    .description('问几个问题，写出 mzreport.yaml、手工填报.xlsx 和 任务指标.xlsx')
    .argument('[文件...]', '已有的表格：它们给得出的数就不必再填')
    .option('--config <文件>', '配置文件，默认用当前文件夹的 mzreport.yaml')
    .option('--kind <文种>', '写哪种文稿，见 mzreport templates；默认按时期和数据判断')
    .option('--template <文件>', '用本单位自己的文稿模板')
    .option('-o, --out <文件夹>', '写到哪个文件夹，默认当前文件夹')
    .action(async (inputs: string[], flags: Flags) => {
      const [{ init }, { toConfig }, { createAsk }] = await Promise.all([
        import('./commands/init.ts'),
        import('./config.ts'),
        import('./ask.ts'),
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

function addIndicators(program: Command, terminal: Terminal): void {
  program
    .command('indicators')
    .description('列出全部指标；加 --explain 说明一个指标的口径')
    .option('--explain <指标>', '说明这个指标的口径，例如 低保.月人均补差')
    .option('--config <文件>', '配置文件，默认用当前文件夹的 mzreport.yaml')
    .action(async (flags: Flags & { explain?: string }) => {
      const [{ explainIndicator, listIndicators }, { loadCatalogue }, { toConfig }] = await Promise.all([
        import('./commands/indicators.ts'),
        import('./catalogue/index.ts'),
        import('./config.ts'),
      ]);
      const catalogue = loadCatalogue(toConfig([], flags));
      const { explain } = flags;
      const lines = explain === undefined ? listIndicators(catalogue) : explainIndicator(explain, catalogue);
      terminal.stdout.write(`${lines.join('\n')}\n`);
    });
}

function addTemplates(program: Command, terminal: Terminal): void {
  const config = '--config <文件>';
  const help = '配置文件，默认用当前文件夹的 mzreport.yaml';
  const load = async (flags: Flags) => {
    const [commands, { loadCatalogue }, { toConfig }] = await Promise.all([
      import('./commands/templates.ts'),
      import('./catalogue/index.ts'),
      import('./config.ts'),
    ]);
    return { ...commands, catalogue: loadCatalogue(toConfig([], flags)) };
  };
  const templates = program
    .command('templates')
    .description('列出能写的文种；templates eject 把模板复制出来修改')
    .option(config, help)
    .action(async (flags: Flags) => {
      const { listTemplates, catalogue } = await load(flags);
      terminal.stdout.write(`${listTemplates(catalogue).join('\n')}\n`);
    });
  templates
    .command('eject')
    .description('把一个文种的模板和它用到的部分复制到文件夹，改好后用 --template')
    .argument('<文种>', '见 mzreport templates')
    .argument('<文件夹>', '复制到哪里')
    .option(config, help)
    .action(async (kind: string, folder: string, flags: Flags) => {
      const { ejectTemplate, catalogue } = await load(flags);
      const written = await ejectTemplate(kind, folder, catalogue);
      const lines = written.map(
        ({ path, kept }) => `  ${path}${kept ? `（${kept}被人改过或不是本程序写的，予以保留）` : ''}\n`,
      );
      terminal.stdout.write(`已写出\n${lines.join('')}改好后这样用  --template ${written[0]?.path}\n`);
    });
}

/** commander knows an option with several values by a Latin letter before the dots. */
function toFilesOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  option.variadic = true;
  return option;
}

/** Chinese help, and errors thrown instead of printed. */
function configure(command: Command, terminal: Terminal): Command {
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

/** One line on the terminal for a file that takes longer than a second. */
function createBar(terminal: Terminal, silent: boolean) {
  const started = new Map<string, number>();
  let shown = false;
  const off = silent || !terminal.stderr.isTTY;
  return {
    show: (file: string, rows: number) => {
      if (off) return;
      const start = started.get(file) ?? Date.now();
      started.set(file, start);
      if (Date.now() - start < 1000) return;
      terminal.stderr.write(`\r\x1b[K正在读取 ${file}：${rows}行`);
      shown = true;
    },
    clear: () => {
      if (shown) terminal.stderr.write('\r\x1b[K');
    },
  };
}

function report(error: unknown, terminal: Terminal, debug: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    terminal.stderr.write(`错误：${new Failure('usage', toUsage(error)).message}\n`);
    return 2;
  }
  if (error instanceof Failure) {
    terminal.stderr.write(`错误：${error.message}\n`);
    if (debug && error.cause instanceof Error)
      terminal.stderr.write(`${error.cause.stack ?? error.cause.message}\n`);
    return 2;
  }
  terminal.stderr.write(
    '程序内部出错，没有写出任何文件。请加 --debug 重新运行，把显示的内容发给维护人员。\n',
  );
  if (debug) terminal.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
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
