import type { Element } from '@xmldom/xmldom';
import { type Appearance, type Printed, type PrintedRecord, toBookmarkName } from '../render/index.ts';
import { findBookmarks, type MarkedRange } from './bookmarks.ts';
import { healBookmark, readWithNeighbours } from './heal.ts';
import { type DocxPackage, readMain, WORD } from './package.ts';
import { isPending, type Pair, pairFigures } from './pairing.ts';
import { toPlace, toShown } from './place.ts';
import { writeRecord } from './properties.ts';
import { findRemarks, settleRemark } from './remarks.ts';
import { createIds, type Manner, revise } from './revise.ts';

/**
 * What became of a figure. changed, filled (a 〔待核〕 got its value), pending (a value became 〔待核〕): written.
 * The rest is left to a person: overwritten (its bookmark says what we did not write), lost (its bookmark is gone),
 * reworded (the words around it would now be others), gone and added (the draft no longer says, or now says, such a thing).
 */
export type Fate = 'changed' | 'filled' | 'pending' | 'overwritten' | 'lost' | 'reworded' | 'gone' | 'added';

/** What is written into the document; everything else is left to a person. */
export const WRITTEN: ReadonlySet<Fate> = new Set(['changed', 'filled', 'pending']);

/** One figure at one place of the document. */
export interface Refreshed {
  fate: Fate;
  figure: string;
  /** As we printed it; null where the document has no such place. */
  was: string | null;
  /** What stands there; null where nothing is known to. */
  found: string | null;
  /** As it would be printed now; null where it would not be. */
  now: string | null;
  /** Where in the document, in words; '' where it is no more. */
  place: string;
  /** The fresh draft's clause, where its words are others. */
  fresh: string | null;
}

/** Puts fresh figures into a document that people have edited, and nothing else; the package is changed. */
export function refreshFigures(
  opened: DocxPackage,
  record: PrintedRecord,
  fresh: readonly Appearance[],
  how: Omit<Manner, 'nextId'>,
): Refreshed[] {
  const main = readMain(opened);
  const bookmarks = findBookmarks(main);
  for (const { figure, n, text } of record.printed) {
    const range = bookmarks.get(toBookmarkName(figure, n));
    if (range) healBookmark(range, text);
  }
  const remarks = findRemarks(opened, main, how.author);
  const manner: Manner = { ...how, nextId: createIds(main) };
  const { pairs, left } = pairFigures(record.printed, fresh);
  // All places first: they quote the text as the person knows it.
  const outcomes = pairs
    .map((each) => settle(each, bookmarks))
    .map((outcome) => rename(write(outcome, manner), bookmarks));
  for (const { result, range } of outcomes)
    if (result?.fate === 'filled' && range) settleRemark(remarks, range, result.now ?? '');
  const added = left.map((each) => toResult('added', each.figure, { now: each.text, fresh: each.quote }));
  writeRecord(opened, { ...record, printed: outcomes.map(({ printed }) => printed) });
  return [...sort(outcomes, main).flatMap(({ result }) => result ?? []), ...added];
}

interface Outcome {
  result: Refreshed | null;
  /** As the document's record will have it. */
  printed: Printed;
  range: MarkedRange | null;
}

/** Says what is to become of one figure. */
function settle({ printed, fresh, same }: Pair, bookmarks: Map<string, MarkedRange>): Outcome {
  const range = bookmarks.get(toBookmarkName(printed.figure, printed.n)) ?? null;
  const now = fresh?.text ?? null;
  const [was, found] = [printed.text, range ? readWithNeighbours(range) : null];
  const done = (fate: Fate | null, text = was): Outcome => {
    const place = range ? toPlace(range.start) : '';
    const rest = {
      was,
      found: found && toShown(found),
      now,
      place,
      fresh: same ? null : (fresh?.quote ?? null),
    };
    return {
      range,
      printed: { ...printed, text },
      result: fate && toResult(fate, (same && fresh?.figure) || printed.figure, rest),
    };
  };
  const isNews = now !== was;
  if (range === null || found === null) return done(isNews ? 'lost' : null);
  // A person who put in the right figure has nothing to look at.
  if (same && fresh && isSame(found, fresh.text) && range.whole) return done(null, fresh.text);
  if (!isSame(found, was) || !range.whole) return done('overwritten');
  if (fresh === null) return done('gone');
  if (!same) return done('reworded');
  return done(fresh.pending ? 'pending' : isPending(was) ? 'filled' : 'changed', fresh.text);
}

/** Writes what is to be written. */
function write(outcome: Outcome, manner: Manner): Outcome {
  const { result, range } = outcome;
  if (!range || !result?.now || !WRITTEN.has(result.fate)) return outcome;
  const replacement = {
    text: result.now,
    pending: result.fate === 'pending',
    wasPending: isPending(result.was ?? ''),
  };
  revise(range, replacement, manner);
  return outcome;
}

/** The bookmark of a figure that was written in another's place gets its own name, so that it leads to it. */
function rename(outcome: Outcome, bookmarks: Map<string, MarkedRange>): Outcome {
  const { printed, range, result } = outcome;
  if (!range || !result || !WRITTEN.has(result.fate) || result.figure === printed.figure) return outcome;
  let n = 1;
  while (bookmarks.has(toBookmarkName(result.figure, n))) n++;
  const name = toBookmarkName(result.figure, n);
  bookmarks.set(name, range);
  range.start.setAttributeNS(WORD, 'w:name', name);
  return { ...outcome, printed: { ...printed, figure: result.figure, n } };
}

/** Word processors change blanks. */
const isSame = (a: string, b: string): boolean => a.replace(/\s/g, '') === b.replace(/\s/g, '');

function toResult(fate: Fate, figure: string, rest: Partial<Refreshed>): Refreshed {
  return { fate, figure, was: null, found: null, now: null, place: '', fresh: null, ...rest };
}

/** In the order of the document; what has no place any more last. */
function sort(outcomes: Outcome[], main: Element): Outcome[] {
  const order = new Map([...main.getElementsByTagName('*')].map((element, index) => [element, index]));
  const at = ({ range }: Outcome): number => (range && order.get(range.start)) ?? order.size;
  return [...outcomes].sort((a, b) => at(a) - at(b));
}
