import { CLOSE, findMarkup, isNamed, newTag, OPEN, readTag, type Tag } from './markup.ts';
import { type Content, decodeText, readContent, skipElement, toText } from './text.ts';

/** The text of a shared or inline string: either bytes[from, to) as they are, or `text` where something was undone. */
export interface RichText {
  tag: Tag;
  content: Content;
  from: number;
  to: number;
  text: string | undefined;
  /** The byte after the element's end tag. */
  next: number;
}

/** An empty text to be filled by `readRichText`. */
export function newRichText(where: string): RichText {
  const content = { from: 0, to: 0, plain: true, tag: newTag(where) };
  return { tag: newTag(where), content, from: 0, to: 0, text: undefined, next: 0 };
}

/** Reads from after the start tag of `element` (si or is) past its end tag; false when the bytes end within it. */
export function readRichText(bytes: Uint8Array, from: number, element: string, rich: RichText): boolean {
  const { tag, content } = rich;
  rich.from = rich.to = from;
  rich.text = undefined;
  for (let at = findMarkup(bytes, from); at >= 0; at = findMarkup(bytes, at)) {
    if (!readTag(bytes, at, tag)) return false;
    at = tag.next;
    if (tag.kind === CLOSE && isNamed(bytes, tag, element)) {
      rich.next = at;
      return true;
    }
    if (tag.kind !== OPEN) continue;
    if (isNamed(bytes, tag, 't')) {
      if (!readContent(bytes, at, content)) return false;
      addRun(bytes, rich);
      at = content.tag.next;
    } else if (isNamed(bytes, tag, 'rPh')) {
      // The reading aid above Japanese and some Chinese names, in elements of the same name as the text's.
      at = skipElement(bytes, tag);
      if (at < 0) return false;
    }
  }
  return false;
}

function addRun(bytes: Uint8Array, rich: RichText): void {
  const { content, tag } = rich;
  const isFirst = rich.text === undefined && rich.from === rich.to;
  if (isFirst && content.plain) {
    rich.from = content.from;
    rich.to = content.to;
    return;
  }
  const before = rich.text ?? decodeText(bytes, rich.from, rich.to, tag.where);
  rich.text = before + toText(bytes, content);
}
