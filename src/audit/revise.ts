import type { Element } from '@xmldom/xmldom';
import { childrenOf, isNamed, type MarkedRange, toRunText } from './bookmarks.ts';
import { WORD } from './package.ts';

/** How a change is written. */
export interface Manner {
  /** False: as if it had always stood there. */
  tracked: boolean;
  author: string;
  /** "2023-01-10T00:00:00Z"; null: a revision without a date. */
  date: string | null;
  /** Gives the next number that no other revision has. */
  nextId: () => string;
}

/** What replaces the text of a bookmark. */
export interface Replacement {
  text: string;
  /** True for a 〔待核〕, which is highlighted as the draft's own are; false takes the highlight away. */
  pending: boolean;
  wasPending: boolean;
}

/**
 * Puts another text into a bookmark. Runs at its ends that say the same stay as they are ("万元", set apart by another
 * font), the new run looks like the first that it replaces.
 */
export function revise({ runs, start }: MarkedRange, by: Replacement, manner: Manner): void {
  const { replaced, rest, before } = findDifference(runs, by);
  const model = replaced[0] ?? before ?? null;
  const document = start.ownerDocument;
  if (document === null) return;
  const run = document.createElementNS(WORD, 'w:r');
  const look = model && childrenOf(model).find((child) => isNamed(child, 'rPr'));
  const properties = toProperties(look ? (look.cloneNode(true) as Element) : null, start, by);
  if (properties) run.appendChild(properties);
  run.appendChild(toText(start, rest));
  const anchor = replaced.at(-1) ?? before ?? start;
  const place = { parent: anchor.parentNode as Element, next: anchor.nextSibling };
  for (const each of replaced) markRemoved(each, manner);
  if (rest !== '') place.parent.insertBefore(toInserted(run, place.parent, start, manner), place.next);
  for (const each of replaced) dropOwn(each, manner);
}

/** The runs between those at either end that the new text begins and ends with. */
function findDifference(runs: Element[], { text, pending, wasPending }: Replacement) {
  let [from, to, rest] = [0, runs.length, text];
  const said = (index: number): string => toRunText(runs[index] as Element);
  // A 〔待核〕 is marked as a whole.
  if (!pending && !wasPending) {
    while (from < to && said(from) !== '' && rest.startsWith(said(from)))
      rest = rest.slice(said(from++).length);
    while (to > from && said(to - 1) !== '' && rest.endsWith(said(to - 1)))
      rest = rest.slice(0, -said(--to).length);
  }
  return { replaced: runs.slice(from, to), rest, before: runs[from - 1] };
}

function toText(start: Element, text: string): Element {
  const element = create(start, 't');
  element.setAttribute('xml:space', 'preserve');
  element.textContent = text;
  return element;
}

/** What stands before w:highlight in w:rPr; Word asks to repair what is out of order. */
const BEFORE_HIGHLIGHT =
  'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs'.split(
    ' ',
  );

function toProperties(
  look: Element | null,
  start: Element,
  { pending, wasPending }: Replacement,
): Element | null {
  const properties = look ?? (pending ? create(start, 'rPr') : null);
  if (properties === null) return null;
  for (const child of childrenOf(properties)) {
    const old = isNamed(child, 'highlight') && wasPending && !pending;
    // Another person's revisions of the old text's look are none of the new one's.
    if (old || ['rPrChange', 'ins', 'del', 'moveFrom', 'moveTo'].includes(child.localName ?? ''))
      properties.removeChild(child);
  }
  if (!pending || childrenOf(properties).some((child) => isNamed(child, 'highlight'))) return properties;
  const highlight = create(start, 'highlight');
  highlight.setAttributeNS(WORD, 'w:val', 'yellow');
  const next = childrenOf(properties).find((child) => !BEFORE_HIGHLIGHT.includes(child.localName ?? ''));
  properties.insertBefore(highlight, next ?? null);
  return properties;
}

function toInserted(run: Element, parent: Element, start: Element, manner: Manner): Element {
  // Within what another revision inserts it is inserted already.
  if (!manner.tracked || isNamed(parent, 'ins')) return run;
  const inserted = toRevision('ins', start, manner);
  inserted.appendChild(run);
  return inserted;
}

/** What we ourselves inserted and nobody has accepted just goes, as everything does where nothing is tracked. */
const isToGo = (run: Element, { tracked, author }: Manner): boolean => {
  const parent = run.parentNode as Element;
  return !tracked || (isNamed(parent, 'ins') && parent.getAttributeNS(WORD, 'author') === author);
};

function dropOwn(run: Element, manner: Manner): void {
  if (!isToGo(run, manner)) return;
  const parent = run.parentNode as Element;
  parent.removeChild(run);
  if (isNamed(parent, 'ins') && childrenOf(parent).length === 0) parent.parentNode?.removeChild(parent);
}

function markRemoved(run: Element, manner: Manner): void {
  if (isToGo(run, manner)) return;
  const deleted = toRevision('del', run, manner);
  run.parentNode?.replaceChild(deleted, run);
  deleted.appendChild(run);
  for (const text of childrenOf(run).filter((child) => isNamed(child, 't'))) {
    const gone = create(run, 'delText');
    gone.setAttribute('xml:space', 'preserve');
    gone.textContent = text.textContent;
    run.replaceChild(gone, text);
  }
}

function toRevision(name: 'ins' | 'del', near: Element, { author, date, nextId }: Manner): Element {
  const revision = create(near, name);
  revision.setAttributeNS(WORD, 'w:id', nextId());
  revision.setAttributeNS(WORD, 'w:author', author);
  if (date !== null) revision.setAttributeNS(WORD, 'w:date', date);
  return revision;
}

function create(near: Element, name: string): Element {
  const document = near.ownerDocument;
  if (document === null) throw new Error('an element without a document');
  return document.createElementNS(WORD, `w:${name}`);
}

/** Numbers that none of the document's annotations has. */
export function createIds(main: Element): () => string {
  const used = new Set([...main.getElementsByTagName('*')].map((each) => each.getAttributeNS(WORD, 'id')));
  let last = 0;
  return () => {
    do last++;
    while (used.has(String(last)));
    return String(last);
  };
}
