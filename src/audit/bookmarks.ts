import type { Element, Node } from '@xmldom/xmldom';
import { WORD } from './package.ts';

/** What stands in a bookmark, or under a comment. */
export interface MarkedRange {
  start: Element;
  end: Element;
  /** Its runs with a text that is printed, in their order; those that a revision deletes are none of them. */
  runs: Element[];
  /** As printed. */
  text: string;
  /** True when it ends in the paragraph in which it begins and has nothing but text. */
  whole: boolean;
}

/** Every bookmark that begins and ends, by its name. */
export const findBookmarks = (main: Element): Map<string, MarkedRange> =>
  findRanges(main, 'bookmark', 'name');

/** What each comment is about, by the comment's number. */
export const findCommented = (main: Element): Map<string, MarkedRange> =>
  findRanges(main, 'commentRange', 'id');

function findRanges(main: Element, word: string, key: string): Map<string, MarkedRange> {
  const open = new Map<string, MarkedRange>();
  const found = new Map<string, MarkedRange>();
  const visit = (element: Element): void => {
    const id = element.getAttributeNS(WORD, 'id') ?? '';
    if (isNamed(element, `${word}Start`))
      open.set(id, { start: element, end: element, runs: [], text: '', whole: true });
    else if (isNamed(element, `${word}End`)) close(open, found, id, key, element);
    else if (isNamed(element, 'r')) for (const range of open.values()) range.runs.push(element);
    else if (!isNamed(element, 'del') && !isNamed(element, 'moveFrom'))
      for (const child of childrenOf(element)) visit(child);
  };
  visit(main);
  return found;
}

function close(
  open: Map<string, MarkedRange>,
  found: Map<string, MarkedRange>,
  id: string,
  key: string,
  end: Element,
): void {
  const range = open.get(id);
  open.delete(id);
  if (range === undefined) return;
  range.end = end;
  range.runs = range.runs.filter((run) => toRunText(run) !== '');
  range.text = range.runs.map(toRunText).join('');
  range.whole = findParagraph(range.start) === findParagraph(end) && range.runs.every(isPlain);
  found.set(range.start.getAttributeNS(WORD, key) ?? '', range);
}

const WORDS: Record<string, string> = { tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' };

/** The text of a run as printed. */
export const toRunText = (run: Element): string =>
  childrenOf(run)
    .map((child) => (isNamed(child, 't') ? (child.textContent ?? '') : (WORDS[child.localName ?? ''] ?? '')))
    .join('');

/** True for a run without a picture, a field or a note beside its text. */
export const isPlain = (run: Element): boolean =>
  childrenOf(run).every(({ localName }) => /^(?:rPr|t|lastRenderedPageBreak)$/.test(localName ?? ''));

/** The text of a paragraph as printed. */
export const toParagraphText = (element: Element): string => listRuns(element).map(toRunText).join('');

/** The runs of an element that have a text, without those that a revision deletes. */
export function listRuns(element: Element): Element[] {
  if (isNamed(element, 'r')) return toRunText(element) === '' ? [] : [element];
  if (isNamed(element, 'del') || isNamed(element, 'moveFrom')) return [];
  return childrenOf(element).flatMap(listRuns);
}

/** The paragraph in which something stands; null between paragraphs. */
export function findParagraph(element: Element): Element | null {
  for (let at: Node | null = element; at; at = at.parentNode)
    if (isElement(at) && isNamed(at, 'p')) return at;
  return null;
}

export const isElement = (node: Node): node is Element => node.nodeType === 1;

export const childrenOf = (element: Element): Element[] => [...element.childNodes].filter(isElement);

/** True for an element of Word's own with this name. */
export const isNamed = (element: Element, name: string): boolean =>
  element.localName === name && element.namespaceURI === WORD;
