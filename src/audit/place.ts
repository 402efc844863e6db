import type { Element, Node } from '@xmldom/xmldom';
import { findParagraph, isElement, isNamed, toParagraphText } from './bookmarks.ts';

/** How much of a paragraph is quoted on either side, in characters. */
const AROUND = 14;

/** A person's text as it may be shown: long numbers are IDs, phones or accounts, never figures. */
export const toShown = (text: string): string =>
  text.replace(/\d{11,}[Xx]?/g, (digits) => `${digits.slice(0, 4)}**********${digits.slice(-4)}`);

/** Where a bookmark begins, as a person finds it: the words around it or, in a table, the first cell of its row. */
export function toPlace(start: Element): string {
  const row = findAbove(start, 'tr');
  if (row) return `表格“${toShown(findFirstCell(row))}”一行`;
  const paragraph = findParagraph(start);
  if (paragraph === null) return '';
  const text = toParagraphText(paragraph).replace(/\s+/g, '');
  const at = toTextBefore(paragraph, start).replace(/\s+/g, '').length;
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + AROUND)];
  return `“${from > 0 ? '…' : ''}${toQuote(text, from, to)}${to < text.length ? '…' : ''}”`;
}

/** Masked before it is cut: half an ID is no longer known for one. */
function toQuote(text: string, from: number, to: number): string {
  const hidden = text.replace(/\d{11,}[Xx]?/g, (digits) => '*'.repeat(digits.length));
  return hidden.slice(from, to);
}

function findAbove(element: Element, name: string): Element | null {
  for (let at: Node | null = element; at; at = at.parentNode)
    if (isElement(at) && isNamed(at, name)) return at;
  return null;
}

const findFirstCell = (row: Element): string => {
  const cell = [...row.childNodes].filter(isElement).find((child) => isNamed(child, 'tc'));
  return cell ? toParagraphText(cell).trim() : '';
};

/** The text of a paragraph up to one of its elements. */
function toTextBefore(paragraph: Element, end: Element): string {
  let text = '';
  const visit = (element: Element): boolean => {
    for (const child of [...element.childNodes].filter(isElement)) {
      if (child === end) return true;
      if (isNamed(child, 'r')) text += toParagraphText(child);
      else if (!isNamed(child, 'del') && visit(child)) return true;
    }
    return false;
  };
  visit(paragraph);
  return text;
}
