import type { Command } from 'commander';
import type { Flags } from '../config.ts';
import type { Terminal } from '../terminal.ts';
import { CONFIG } from './options.ts';

/** templates: the list of them; eject copies one. */
export function addTemplates(program: Command, terminal: Terminal): void {
  const load = async (flags: Flags) => {
    const [commands, { loadCatalogue }, { toConfig }] = await Promise.all([
      import('../commands/templates.ts'),
      import('../catalogue/index.ts'),
      import('../config.ts'),
    ]);
    return { ...commands, catalogue: loadCatalogue(toConfig([], flags)) };
  };
  const templates = program
    .command('templates')
    .description('列出能写的文种；templates eject 把模板复制出来修改')
    .option(...CONFIG)
    .action(async (flags: Flags) => {
      const { listTemplates, catalogue } = await load(flags);
      terminal.stdout.write(`${listTemplates(catalogue).join('\n')}\n`);
    });
  templates
    .command('eject')
    .description('把一个文种的模板和它用到的部分复制到文件夹，改好后用 --template')
    .argument('<文种>', '见 mzreport templates')
    .argument('<文件夹>', '复制到哪里')
    .option(...CONFIG)
    .action(async (kind: string, folder: string, flags: Flags) => {
      const { ejectTemplate, catalogue } = await load(flags);
      const written = await ejectTemplate(kind, folder, catalogue);
      const lines = written.map(
        ({ path, kept }) => `  ${path}${kept ? `（${kept}被人改过或不是本程序写的，予以保留）` : ''}\n`,
      );
      terminal.stdout.write(`已写出\n${lines.join('')}改好后这样用  --template ${written[0]?.path}\n`);
    });
}
