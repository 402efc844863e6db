import {
  BookmarkEnd,
  BookmarkStart,
  type IParagraphOptions,
  Paragraph,
  TextRun,
  type XmlComponent,
} from 'docx';
import type { Run } from '../../model.ts';
import { toCommented, toReference } from './comments.ts';
import type { Marks } from './marks.ts';
import { clean } from './xml.ts';

/** Without the hint Word sets “” ‘’ … — in the Latin font, because Western text has them too. */
const HINT = { hint: 'eastAsia' };

/** Punctuation that Latin text has too. */
const SHARED = /[“”‘’…—·]+/g;

/**
 * The runs as docx children: a figure whole in one run inside its bookmark, a placeholder highlighted, a comment about
 * what is doubtful. `font` is the Chinese one.
 */
export function toChildren(runs: readonly Run[], marks: Marks, font: string): XmlComponent[] {
  let before = '';
  const references: XmlComponent[] = [];
  const all = runs.flatMap((run) => {
    const text = clean(run.text);
    if (text === '') return [];
    const pieces = run.type === 'figure' ? [{ text, shared: false }] : toPieces(text, before);
    before = text.slice(-1);
    const children = pieces.map((piece) => toTextRun(piece, run, font));
    const { bookmark, comment } = marks.mark(run, text);
    const marked = bookmark ? toBookmarked(children, bookmark) : children;
    if (comment === null) return marked;
    references.push(toReference(comment));
    return toCommented(marked, comment);
  });
  return [...all, ...references];
}

const toBookmarked = (children: readonly XmlComponent[], { name, id }: { name: string; id: number }) => [
  new BookmarkStart(name, id),
  ...children,
  new BookmarkEnd(id),
];

interface Piece {
  text: string;
  /** True for shared punctuation after a Latin character. */
  shared: boolean;
}

/** LibreOffice does not read the hint: it takes such punctuation for Latin where a Latin character stands before it. */
function toPieces(text: string, before: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const { 0: marks, index } of text.matchAll(SHARED)) {
    if (!/[\x21-\x7e]/.test(text[index - 1] ?? before)) continue;
    pieces.push({ text: text.slice(start, index), shared: false }, { text: marks, shared: true });
    start = index + marks.length;
  }
  return [...pieces, { text: text.slice(start), shared: false }].filter((piece) => piece.text !== '');
}

function toTextRun({ text, shared }: Piece, { type }: Run, font: string): TextRun {
  const all = { ascii: font, hAnsi: font, eastAsia: font, cs: font };
  return new TextRun({
    text,
    font: shared ? { ...all, ...HINT } : HINT,
    ...(type === 'placeholder' && { highlight: 'yellow' }),
  });
}

/** The library's own children list takes its Bookmark only, whose ids go on counting from document to document. */
export function toParagraph(options: IParagraphOptions, children: readonly XmlComponent[]): Paragraph {
  const paragraph = new Paragraph(options);
  for (const child of children) paragraph.addChildElement(child);
  return paragraph;
}
