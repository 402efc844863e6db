/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The HTML draft in a real Chromium: click and keyboard, what is printed, and that nothing leaves the page. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { runSample } from './programs.ts';

export const name = 'HTML: a real Chromium clicks, tabs, prints; no console error, no request leaves the page';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export async function check(folder: string): Promise<string[]> {
  const drafts = runSample('summarize', join(folder, 'pages'), '--format', 'html', '--kind', 'congress');
  const path = join(drafts, readdirSync(drafts).find((file) => file.endsWith('.html')) ?? '');
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  try {
    return await look(browser, path, folder);
  } finally {
    await browser.close();
  }
}

async function look(browser: Browser, path: string, folder: string): Promise<string[]> {
  const page = await browser.newPage();
  const faults: string[] = [];
  const own = pathToFileURL(path).href;
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${String(error)}`));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url().split('#')[0] === own) return void request.continue();
    faults.push(`request: ${request.url()}`);
    void request.abort();
  });
  await page.setViewport({ width: 1500, height: 1000 });
  await page.goto(own);
  faults.push(...(await click(page)), ...(await useKeyboard(page)), ...(await jump(page)));
  await page.setViewport({ width: 420, height: 900 });
  faults.push(...(await fit(page)), ...(await print(page, folder)));
  // From here on the console is full of what the policy refuses, and a request would be a fault still.
  const before = faults.length;
  const ran = await plant(page);
  const after = faults.splice(before);
  const refused = after.filter((fault) => fault.startsWith('console: ') && fault.includes('Content Security Policy'));
  const left = after.filter((fault) => !fault.startsWith('console: '));
  return [
    ...faults,
    ...left,
    ...(refused.length < 2 ? [`the policy refuses only ${refused.length} of 2 planted things`] : []),
    ...(ran === '' ? [] : ['a planted script runs']),
  ];
}

/** What is open: the ids of visible bases, and what they say is printed. */
const readOpen = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.basis')]
      .filter((basis) => basis.getClientRects().length > 0)
      .map((basis) => ({ id: basis.id, here: basis.querySelector('.here b')?.textContent, text: basis.innerText })),
  );

/** Every figure opens its own basis, which says what is printed there. */
async function click(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const count = await page.$$eval('.figure', (all) => all.length);
  const mute = await page.$$eval('.figure:not([data-basis])', (all) => all.map((each) => each.textContent));
  if (count < 100) faults.push(`only ${count} figures`);
  faults.push(...mute.map((text) => `${text} has no basis`));
  const wrong = await page.$$eval('.figure[data-basis]', (all) =>
    all.filter((each) => {
      (each as HTMLElement).click();
      const basis = document.getElementById((each as HTMLElement).dataset.basis ?? '');
      return basis?.hidden !== false || basis.querySelector('.here b')?.textContent !== each.textContent;
    }).length,
  );
  if (wrong > 0) faults.push(`${wrong} figures open another basis`);
  await page.keyboard.press('Escape');
  const [first] = await page.$$('.figure[data-basis]');
  await first?.click();
  const open = await readOpen(page);
  if (open.length !== 1 || !open[0]?.text.includes('算法')) faults.push(`a click opens ${JSON.stringify(open)}`);
  await page.click('#close');
  if ((await readOpen(page)).length > 0) faults.push('the button does not close');
  console.log(`     ${count} figures clicked`);
  return faults;
}

const readFocus = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');

async function useKeyboard(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.collapse(document.querySelector('main'), 0);
  });
  await page.keyboard.press('Tab');
  const figure = await readFocus(page);
  if (!figure.startsWith('mz_')) faults.push(`Tab leads to ${figure}`);
  for (const key of ['Enter', 'Space'] as const) {
    await page.keyboard.press(key);
    if ((await readOpen(page)).length !== 1) faults.push(`${key} opens nothing`);
    if ((await readFocus(page)) !== 'panel') faults.push(`${key} does not lead into the panel`);
    await page.keyboard.press('Escape');
    if ((await readOpen(page)).length > 0) faults.push('Escape does not close');
    if ((await readFocus(page)) !== figure) faults.push('focus does not return to the figure');
  }
  return faults;
}

/** A line of the list leads to its place. */
async function jump(page: Page): Promise<string[]> {
  const links = await page.$$('#todo a');
  if (links.length === 0) return ['the list is empty'];
  const last = links.at(-1);
  const target = await last?.evaluate((link) => (link as HTMLAnchorElement).hash.slice(1));
  await last?.click();
  const seen = await page.evaluate((id) => {
    const box = document.getElementById(id ?? '')?.getBoundingClientRect();
    return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
  }, target);
  const focus = await readFocus(page);
  return [...(seen ? [] : ['the list does not jump']), ...(focus === target ? [] : [`focus is at ${focus}`])];
}

/** What the page tries to fetch, and what of a script that is not ours comes to run, when somebody plants it there. */
const plant = (page: Page) =>
  page.evaluate(async () => {
    const image = document.createElement('img');
    image.src = 'http://planted.invalid/image';
    const script = document.createElement('script');
    script.textContent = 'document.body.dataset.planted = "ran"';
    document.body.append(image, script);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return document.body.dataset.planted ?? '';
  });

/** On a narrow screen nothing runs out of the window but wide tables in their own frame, and a figure stays in sight of its basis. */
async function fit(page: Page): Promise<string[]> {
  await page.reload();
  const covered = await page.evaluate(() => {
    const figures = [...document.querySelectorAll<HTMLElement>('.figure[data-basis]')];
    const low = figures.find((figure) => figure.getBoundingClientRect().bottom > innerHeight * 0.8);
    low?.click();
    const panel = document.getElementById('panel')?.getBoundingClientRect();
    return (low?.getBoundingClientRect().bottom ?? 0) > (panel?.top ?? 0);
  });
  await page.keyboard.press('Escape');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...(covered ? ['the panel lies over the figure that was asked'] : []),
    ...(wide > 0 ? [`the page is ${wide} pixels wider than a narrow window`] : []),
  ];
}

/** On paper there is the document and nothing else. */
async function print(page: Page, folder: string): Promise<string[]> {
  await page.emulateMediaType('print');
  const left = await page.evaluate(() => ({
    beside: [...document.querySelectorAll('nav, .panel')].filter((each) => each.getClientRects().length > 0).length,
    underlined: [...document.querySelectorAll('.figure, .typed, mark')].filter(
      (each) => getComputedStyle(each).textDecorationLine !== 'none',
    ).length,
  }));
  const path = join(folder, 'page.pdf');
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  return [
    ...(left.beside > 0 ? ['the list or the panel is printed'] : []),
    ...(left.underlined > 0 ? [`${left.underlined} lines under numbers are printed`] : []),
    ...(statSync(path).size < 20_000 ? ['nothing is printed'] : []),
  ];
}
