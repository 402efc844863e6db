import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Page } from 'puppeteer-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A browser without network for one piece of work. */
export async function withBrowser(work: (page: Page) => Promise<void>): Promise<void> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  const browser = await puppeteer.launch({ executablePath: CHROMIUM, args });
  try {
    const page = await browser.newPage();
    await page.setOfflineMode(true);
    await work(page);
  } finally {
    await browser.close();
  }
}

/** A picture of HTML, as high as what it holds. */
export async function shootHtml(page: Page, html: string, path: string): Promise<void> {
  await page.setViewport({ width: 960, height: 100 });
  await page.setContent(html);
  await page.screenshot({ path, fullPage: true });
}

/** A picture of the upper part of an HTML file as a browser shows it; `act` clicks before it is taken. */
export async function shootFile(
  page: Page,
  file: string,
  path: string,
  size: { width: number; height: number },
  act: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await page.setViewport(size);
  await page.goto(pathToFileURL(file).href);
  await act(page);
  await page.screenshot({ path });
}

/** Pages of an office document as LibreOffice prints them, one picture each. */
export function shootPages(file: string, pages: number[], name: string, out: string, work: string): void {
  const profile = `-env:UserInstallation=${pathToFileURL(join(work, 'lo')).href}`;
  execFileSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', work, file], {
    stdio: 'ignore',
  });
  const pdf = join(
    work,
    `${file
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]+$/, '')}.pdf`,
  );
  for (const page of pages) {
    const args = ['-png', '-r', '64', '-f', String(page), '-l', String(page), '-singlefile', pdf];
    execFileSync('pdftoppm', [...args, join(work, 'page')]);
    renameSync(join(work, 'page.png'), join(out, pages.length > 1 ? `${name}-${page}.png` : `${name}.png`));
  }
  rmSync(pdf);
}

/** Fewer colours, smaller files: these pictures are text. */
export function shrink(folder: string): void {
  const code = `import sys
from PIL import Image
for path in sys.argv[1:]:
    image = Image.open(path).convert('RGB')
    image.quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)`;
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .map((name) => join(folder, name));
  execFileSync('/usr/bin/python3', ['-c', code, ...paths]);
}
