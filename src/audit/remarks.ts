import type { Element } from '@xmldom/xmldom';
import { childrenOf, findCommented, isNamed, type MarkedRange } from './bookmarks.ts';
import { type DocxPackage, readTree, WORD } from './package.ts';
import { findRelated } from './relations.ts';

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments';

/** Our comments by the first run that they are about. */
export type Remarks = Map<Element, Element>;

/** Finds the comments of one author. */
export function findRemarks(opened: DocxPackage, main: Element, author: string): Remarks {
  const path = findRelated(opened, opened.main, RELATION);
  const comments = path === null ? null : (readTree(opened, path)?.documentElement ?? null);
  const commented = findCommented(main);
  const found: Remarks = new Map();
  for (const comment of comments === null ? [] : childrenOf(comments)) {
    const run = commented.get(comment.getAttributeNS(WORD, 'id') ?? '')?.runs[0];
    if (run && comment.getAttributeNS(WORD, 'author') === author) found.set(run, comment);
  }
  return found;
}

/**
 * A comment on a 〔待核〕 that is filled says so from now on. It stays, with its last paragraph, because a person may
 * have answered it, and the answer is tied to both.
 */
export function settleRemark(remarks: Remarks, { runs }: MarkedRange, text: string): void {
  const comment = runs[0] && remarks.get(runs[0]);
  const paragraphs = comment ? childrenOf(comment).filter((child) => isNamed(child, 'p')) : [];
  for (const each of paragraphs.slice(0, -1)) comment?.removeChild(each);
  const [first, ...others] = paragraphs.at(-1)?.getElementsByTagNameNS(WORD, 't') ?? [];
  if (first) first.textContent = `原为待核，更新时填入“${text}”。`;
  for (const each of others) each.textContent = '';
}
