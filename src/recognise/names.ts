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

/**
 * The programme and 款项 that a head's text names and nothing else: 低保金, 孤儿生活费, 临时救助金额. Null when part of
 * the text is left over (低保对象). Of several programmes with the same word, `preferred` or its parts win.
 */
export function findWholeProgramme(
  text: string,
  preferred: string | null,
  catalogue: Catalogue,
): Omit<Named, 'text'> | null {
  const plain = toComparable(text);
  const spans = withoutInner(findSpans(plain, catalogue));
  if (spans.length === 0 || !isCovered(plain, spans, catalogue.wide.金额词)) return null;
  const parts = (name: string) => [name, ...(catalogue.programmes.get(name)?.包含 ?? [])];
  const near = preferred ? parts(preferred) : [];
  // 孤儿生活费 is a word of 孤儿 and of 儿童福利, which holds it: the part says more.
  const single = spans.filter((span) => parts(span.programme).length === 1);
  const best =
    longest(spans.filter((span) => near.includes(span.programme))) ??
    longest(single.filter((span) => span.item === null)) ??
    longest(single) ??
    longest(spans);
  if (!best) return null;
  const { programme } = best;
  // 低保高龄补贴 names two programmes: nobody can tell whose money it is.
  const related = (name: string) => parts(name).includes(programme) || parts(programme).includes(name);
  if (spans.some((span) => span.item === null && !related(span.programme) && !isInside(span, best)))
    return null;
  const item = longest(spans.filter((span) => span.item !== null && span.programme === programme))?.item;
  return { programme, item: item ?? catalogue.programmes.get(programme)?.默认款项 ?? null };
}

const isInside = (span: Span, other: Span): boolean => other.start <= span.start && other.end >= span.end;

/** True when the spans, and one money word at the end, leave nothing of the text. */
function isCovered(text: string, spans: Span[], moneyWords: string[]): boolean {
  const left = [...text].map((character, i) =>
    spans.some(({ start, end }) => i >= start && i < end) ? ' ' : character,
  );
  const rest = left.join('').trim();
  return rest === '' || (!rest.includes(' ') && text.endsWith(rest) && moneyWords.includes(rest));
}
