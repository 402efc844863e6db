import type { Catalogue } from '../catalogue/index.ts';
import { toComparable } from './label.ts';

interface Span {
  word: string;
  start: number;
  end: number;
  programme: string;
  /** Set when the word names a 款项, not the programme itself. */
  item: string | null;
}

/** A programme and, where the text says so, its 款项. */
export interface Named {
  programme: string;
  item: string | null;
  /** The text in which it was found. */
  text: string;
}

/** The programme named by the first of the texts that names one. */
export function findProgramme(texts: string[], catalogue: Catalogue): Named | null {
  for (const text of texts) {
    const spans = withoutInner(findSpans(toComparable(text), catalogue));
    const own = longest(spans.filter((span) => span.item === null));
    const programme = own?.programme ?? longest(spans)?.programme;
    if (programme === undefined) continue;
    const item =
      longest(spans.filter((span) => span.item !== null && span.programme === programme))?.item ?? null;
    return { programme, item, text };
  }
  return null;
}

function findSpans(text: string, catalogue: Catalogue): Span[] {
  const spans: Span[] = [];
  const add = (word: string, programme: string, item: string | null) => {
    const start = text.indexOf(toComparable(word));
    if (start >= 0) spans.push({ word, start, end: start + toComparable(word).length, programme, item });
  };
  for (const [programme, spec] of catalogue.programmes) {
    for (const word of spec.同义) add(word, programme, null);
    for (const [item, words] of Object.entries(spec.款项))
      for (const word of words) add(word, programme, item);
  }
  return spans;
}

/** 生活补贴 inside 一次性生活补贴 names nothing of its own. */
function withoutInner(spans: Span[]): Span[] {
  const length = (span: Span) => span.end - span.start;
  return spans.filter(
    (span) =>
      !spans.some(
        (other) =>
          other.start <= span.start &&
          other.end >= span.end &&
          length(other) > length(span) &&
          other.item !== null &&
          span.item === null,
      ),
  );
}

const longest = (spans: Span[]): Span | undefined =>
  spans.reduce<Span | undefined>(
    (best, span) => (best && best.end - best.start >= span.end - span.start ? best : span),
    undefined,
  );
