/** npm run manual:pictures: the pictures of docs/手册.md, made by the program itself over the sample bureau. Needs Chromium, LibreOffice, poppler-utils and python3-pil. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shootFile, shootHtml, shootPages, shrink, withBrowser } from './shots.ts';
import { show, toPage } from './terminal.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const OUT = join(ROOT, 'docs', 'pictures');

/** A clerk's folder: the sample bureau's exports and its settings. */
function prepare(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mzreport-manual-'));
  const samples = join(ROOT, 'samples');
  mkdirSync(join(folder, '导出'));
  for (const name of readdirSync(samples).filter((each) => /\.(?:xlsx|csv)$/.test(each)))
    cpSync(join(samples, name), join(folder, '导出', name));
  for (const name of ['mzreport.yaml', '年度总结.hbs']) cpSync(join(samples, name), join(folder, name));
  return folder;
}

/** Name of the picture → the command as the manual shows it, and how many lines of its screen. */
const SCREENS: [name: string, command: string, lines: number][] = [
  ['doctor', 'mzreport doctor', 40],
  ['summarize', 'mzreport summarize 导出 --out 2022年总结', 60],
  ['inspect', 'mzreport inspect 导出/婚姻登记2022.csv 导出/任务指标2022.xlsx', 40],
  ['export', 'mzreport export 导出 --out 附表', 30],
];

const findFile = (folder: string, ending: string): string =>
  join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) ?? '');

const folder = prepare();
process.chdir(folder);
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
try {
  await withBrowser(async (page) => {
    for (const [name, command, lines] of SCREENS) {
      const screen = await show(...command.split(' ').slice(1));
      if (screen.code > 0) throw new Error(`${command}\n${screen.text}`);
      await shootHtml(page, toPage(command, screen, lines), join(OUT, `${name}.png`));
    }
    const html = findFile(join(folder, '2022年总结'), '.html');
    await shootFile(page, html, join(OUT, 'html.png'), { width: 1000, height: 760 });
  });
  shootPages(findFile(join(folder, '2022年总结'), '.docx'), [1], 'docx', OUT, folder);
  shootPages(findFile(join(folder, '附表'), '.xlsx'), [2], 'xlsx', OUT, folder);
  shrink(OUT);
} finally {
  process.chdir(ROOT);
  rmSync(folder, { recursive: true, force: true });
}
const sizes = readdirSync(OUT).map((name) => ({ name, size: statSync(join(OUT, name)).size }));
for (const { name, size } of sizes) console.log(`${name}  ${Math.ceil(size / 1024)} KiB`);
console.log(`together ${Math.ceil(sizes.reduce((sum, { size }) => sum + size, 0) / 1024)} KiB`);
