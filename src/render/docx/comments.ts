import {
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  type ICommentsOptions,
  Run,
  type XmlComponent,
} from 'docx';
import { escapeXml, HEAD, WORD } from './xml.ts';

/** Who says what stands in comments. */
export const AUTHOR = 'mzreport';

/** Style of a comment, by the name that Word gives it: in the text's own it would be as large as the text. */
export const COMMENT_STYLE = 'CommentText';

/** The children with the range of a comment set about them. */
export const toCommented = (children: readonly XmlComponent[], id: number): XmlComponent[] => [
  new CommentRangeStart(id),
  ...children,
  new CommentRangeEnd(id),
];

/** What ties a comment to the text; it belongs behind all bookmarks, see src/audit/heal.ts. */
export const toReference = (id: number): XmlComponent => new Run({ children: [new CommentReference(id)] });

/** Tells the library that there is a part of comments; what it would write in it has the present time. */
export const toCommentsOptions = (comments: readonly string[][]): ICommentsOptions => ({
  children: comments.map((_, id) => ({ id, date: new Date(0), children: [] })),
});

/** The part of comments: each by its number, a paragraph a line, no date. */
export function toCommentsPart(comments: readonly string[][]): string {
  const toParagraph = (line: string) =>
    `<w:p><w:pPr><w:pStyle w:val="${COMMENT_STYLE}"/></w:pPr><w:r><w:t xml:space="preserve">${escapeXml(line)}</w:t></w:r></w:p>`;
  const all = comments.map(
    (lines, id) =>
      `<w:comment w:id="${id}" w:author="${AUTHOR}" w:initials="mz">${lines.map(toParagraph).join('')}</w:comment>`,
  );
  return `${HEAD}<w:comments xmlns:w="${WORD}">${all.join('')}</w:comments>`;
}
