import type { Command } from 'commander';
import type { RollupFlags } from '../commands/rollup.ts';
import type { Flags } from '../config.ts';
import type { Terminal } from '../terminal.ts';
import { CONFIG, EDITED, FORCE, FORMAT, JSON_RESULT, KIND, OUT, QUIET, TEMPLATE } from './options.ts';

/** rollup: counties' facts in; the city's draft, facts and tables out. */
export function addRollup(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('rollup')
    .description('把各县区的 facts.json 汇总成全市的文稿、facts.json 和附表')
    .argument('<facts.json...>', '各县区的 *.facts.json、文件夹或通配符')
    .option('--place <市名>', '哪个市；县区名称以同一个市开头的可以不写')
    .option('--expect <县区>', '应有哪些县区，逗号隔开，或一行一个的文本文件；没有报送的会点名')
    .option('--partial', '有县区没有报送或没有某项数时，照其余县区相加，并写明不含哪里')
    .option('--year <年份>', '只汇总这一年的；默认各县区的时期应当相同')
    .option('--period <时期>', '只汇总这段时期的，例如 2022年上半年')
    .option(...CONFIG)
    .option(...KIND)
    .option(...TEMPLATE)
    .option(...OUT)
    .option(...FORMAT)
    .option('--no-suppress', '附表里1至2人的数照印，只供内部使用')
    .option('--strict', '文稿有待核或存疑的数时，以退出码 1 结束')
    .option(...EDITED)
    .option(...JSON_RESULT)
    .option(...QUIET)
    .option(...FORCE)
    .action(async (inputs: string[], flags: Flags & RollupFlags) => {
      const [{ rollup }, { toRollupJson, toRollupLines }, { toConfig }, { Chalk }] = await Promise.all([
        import('../commands/rollup.ts'),
        import('../commands/print-rollup.ts'),
        import('../config.ts'),
        import('chalk'),
      ]);
      const config = toConfig(inputs, flags);
      const rolled = await rollup(config, flags);
      const color = new Chalk({ level: terminal.stdout.isTTY ? 1 : 0 });
      if (config.json) terminal.stdout.write(`${toRollupJson(rolled)}\n`);
      else if (!config.quiet) terminal.stdout.write(`${toRollupLines(rolled, color).join('\n')}\n`);
      done(config.strict && rolled.doubtful ? 1 : 0);
    });
}
