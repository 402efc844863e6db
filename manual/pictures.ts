/** npm run manual:pictures: the pictures of docs/手册.md, made by the program itself over the sample bureau. Needs Chromium, LibreOffice, poppler-utils and python3-pil. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
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

interface Screen {
  name: string;
  command: string;
  /** Exit code, where it is not 0. */
  code?: number;
  /** What happens in the folder before. */
  before?: (folder: string) => void;
}

const SCREENS: Screen[] = [
  { name: 'doctor', command: 'mzreport doctor' },
  { name: 'summarize', command: 'mzreport summarize 导出 --out 2022年总结' },
  { name: 'inspect', command: 'mzreport inspect 导出/婚姻登记2022.csv 导出/任务指标2022.xlsx' },
  { name: 'export', command: 'mzreport export 导出 --out 附表' },
  { name: 'explain', command: 'mzreport explain 婚姻登记.结婚对数 导出' },
  { name: 'check', command: 'mzreport check 总结.md 导出', code: 1, before: mistype },
  { name: 'refresh', command: 'mzreport refresh 改过的总结.docx 导出', before: correct },
  { name: 'batch', command: 'mzreport batch 全市计划.yaml', code: 2, before: plan },
];

/** What a person made of the draft: two figures mistyped, as happens. */
function mistype(folder: string): void {
  const draft = readFileSync(findFile(join(folder, '2022年总结'), '.md'), 'utf8');
  const edited = draft.replace('855元', '865元').replace('321人次', '312人次');
  if (edited === draft) throw new Error('the draft has no longer what is to be mistyped');
  writeFileSync(join(folder, '总结.md'), edited);
}

/** A corrected export comes in: the last twenty registrations of the year were another county's. */
function correct(folder: string): void {
  cpSync(findFile(join(folder, '2022年总结'), '.docx'), join(folder, '改过的总结.docx'));
  const path = join(folder, '导出', '婚姻登记2022.csv');
  const lines = readFileSync(path, 'latin1').trimEnd().split('\n');
  writeFileSync(path, `${lines.slice(0, -20).join('\n')}\n`, 'latin1');
}

/** Three counties of which one has sent nothing. */
function plan(folder: string): void {
  for (const [place, name] of [
    ['东湖区', '婚姻登记2022.csv'],
    ['西湖区', '上门服务工单2022下半年.csv'],
  ] as const) {
    mkdirSync(join(folder, '报送', place), { recursive: true });
    cpSync(join(ROOT, 'samples', name), join(folder, '报送', place, name));
  }
  const jobs = ['东湖区', '西湖区', '青云谱区'].map((place) => `  - 地区: ${place}\n`).join('');
  const text = `年度: 2022\n输出目录: 输出/{年}\n各任务: {材料: "报送/{地区}/*.csv", 格式: txt}\n任务:\n${jobs}`;
  writeFileSync(join(folder, '全市计划.yaml'), text);
  // Its jobs would take the settings beside them.
  rmSync(join(folder, 'mzreport.yaml'));
}

/** Longer screens are cut, and say so. */
const LINES = 60;

/** Clicks on a figure, so that it says where it comes from. */
const ask = (page: Page): Promise<void> =>
  page.$$eval('.figure[data-basis]', (figures) => {
    const found = figures.find((each) => each.textContent?.includes('2850.46')) ?? figures[0];
    (found as unknown as { click(): void } | undefined)?.click();
  });

const findFile = (folder: string, ending: string): string =>
  join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) ?? '');

const folder = prepare();
process.chdir(folder);
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
try {
  await withBrowser(async (page) => {
    for (const { name, command, code = 0, before } of SCREENS) {
      before?.(folder);
      const screen = await show(...command.split(' ').slice(1));
      if (screen.code !== code) throw new Error(`${command}\n${screen.text}`);
      await shootHtml(page, toPage(command, screen, LINES), join(OUT, `${name}.png`));
    }
    const html = findFile(join(folder, '2022年总结'), '.html');
    await shootFile(page, html, join(OUT, 'html.png'), { width: 1280, height: 820 }, ask);
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
