import {
  BookmarkEnd,
  BookmarkStart,
  type IParagraphOptions,
  Paragraph,
  TextRun,
  type XmlComponent,
} from 'docx';
import type { Run } from '../../model.ts';
import type { Bookmarks } from '../bookmark.ts';

/** Without the hint Word sets “” ‘’ … — in the Latin font, because Western text has them too. */
const HINT = { hint: 'eastAsia' };

/** The runs as docx children: a figure whole in one run inside its bookmark, a placeholder highlighted. */
export function toChildren(runs: readonly Run[], bookmarks: Bookmarks): XmlComponent[] {
  return runs.flatMap((run) => {
    const text = clean(run.text);
    if (text === '') return [];
    const child = new TextRun({
      text,
      font: HINT,
      ...(run.type === 'placeholder' && { highlight: 'yellow' }),
    });
    if (run.type === 'text' || run.figure === null) return [child];
    const { name, id } = bookmarks(run.figure);
    return [new BookmarkStart(name, id), child, new BookmarkEnd(id)];
  });
}

/** The library's own children list takes its Bookmark only, whose ids go on counting from document to document. */
export function toParagraph(options: IParagraphOptions, children: readonly XmlComponent[]): Paragraph {
  const paragraph = new Paragraph(options);
  for (const child of children) paragraph.addChildElement(child);
  return paragraph;
}

/** XML 1.0 has no way to write these; one of them, from a pasted cell, makes the whole file unreadable. */
function clean(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
