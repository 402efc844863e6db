import type { Element } from '@xmldom/xmldom';
import {
  childrenOf,
  findParagraph,
  isNamed,
  isPlain,
  listRuns,
  type MarkedRange,
  toRunText,
} from './bookmarks.ts';

/**
 * Sets the end of a bookmark right where the text from its beginning on still says what we wrote. LibreOffice (7.4) sets
 * every bookmark behind a comment in its paragraph one character short, each time that it opens the file.
 */
export function healBookmark(range: MarkedRange, printed: string): void {
  if (range.text === printed || !printed.startsWith(range.text)) return;
  const runs: Element[] = [];
  let rest = printed;
  for (const run of listRunsAfter(range.start)) {
    const text = toRunText(run);
    if (rest === '' || !isPlain(run)) break;
    if (!rest.startsWith(text)) {
      if (!text.startsWith(rest)) return;
      split(run, rest.length);
    }
    runs.push(run);
    rest = rest.slice(Math.min(text.length, rest.length));
  }
  const last = runs.at(-1);
  if (rest !== '' || last === undefined) return;
  last.parentNode?.insertBefore(range.end, last.nextSibling);
  Object.assign(range, { runs, text: printed, whole: true } satisfies Partial<MarkedRange>);
}

const OPEN = /[\d.]$/;
const GOES_ON = /^[\d.%]/;

/** What stands in a bookmark, and the digits beside it that a person added to its number. */
export function readWithNeighbours({ start, runs, text }: MarkedRange): string {
  const paragraph = findParagraph(start);
  const [first, last] = [runs[0], runs.at(-1)];
  if (paragraph === null || first === undefined || last === undefined) return text;
  const all = listRuns(paragraph);
  const after = all
    .slice(all.indexOf(last) + 1)
    .map(toRunText)
    .join('');
  const before = all.slice(0, all.indexOf(first)).map(toRunText).join('');
  const more = OPEN.test(text) && GOES_ON.test(after) ? (/^[\d.%]+/.exec(after)?.[0] ?? '') : '';
  const less = /^\d/.test(text) && OPEN.test(before) ? (/[\d.]+$/.exec(before)?.[0] ?? '') : '';
  return less + text + more;
}

/** Runs with a text behind an element in its paragraph. */
function listRunsAfter(start: Element): Element[] {
  const paragraph = findParagraph(start);
  if (paragraph === null) return [];
  const order = [...paragraph.getElementsByTagName('*')];
  const at = order.indexOf(start);
  return listRuns(paragraph).filter((run) => order.indexOf(run) > at);
}

/** Cuts a run in two after so many characters. */
function split(run: Element, length: number): void {
  const second = run.cloneNode(true) as Element;
  cut(run, (text, at) => text.slice(0, Math.max(0, length - at)));
  cut(second, (text, at) => text.slice(Math.max(0, length - at)));
  run.parentNode?.insertBefore(second, run.nextSibling);
}

function cut(run: Element, keep: (text: string, at: number) => string): void {
  let at = 0;
  for (const text of childrenOf(run).filter((child) => isNamed(child, 't'))) {
    const before = text.textContent ?? '';
    text.textContent = keep(before, at);
    text.setAttribute('xml:space', 'preserve');
    at += before.length;
  }
}
