import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';
import { JSON_RESULT } from './options.ts';

/** diff: two facts in, what changed and why out. */
export function addDiff(program: Command, terminal: Terminal): void {
  program
    .command('diff')
    .description('比较两份 facts.json：哪些数变了，为什么')
    .argument('<原>', '原来的 *.facts.json')
    .argument('<现>', '现在的 *.facts.json')
    .option('--all', '全部列出，不限一页')
    .option(...JSON_RESULT)
    .action(async (was: string, now: string, { all, json }: { all?: boolean; json?: boolean }) => {
      const [{ compare }, { toDiffJson, toDiffLines }, { Chalk }] = await Promise.all([
        import('../commands/diff.ts'),
        import('../commands/print-diff.ts'),
        import('chalk'),
      ]);
      const compared = await compare(was, now);
      const color = new Chalk({ level: terminal.stdout.isTTY ? 1 : 0 });
      const text = json ? toDiffJson(compared) : toDiffLines(compared, all ?? false, color).join('\n');
      terminal.stdout.write(`${text}\n`);
    });
}
