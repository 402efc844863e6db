import type { Element, Node } from '@xmldom/xmldom';
import { findParagraph, isElement, isNamed, toParagraphText } from './bookmarks.ts';

/** How much of a paragraph is quoted on either side, in characters. */
const AROUND = 14;

/** Where a bookmark begins, as a person finds it: the words around it or, in a table, the first cell of its row. */
export function toPlace(start: Element): string {
  const row = findAbove(start, 'tr');
  if (row) return `表格“${findFirstCell(row)}”一行`;
  const paragraph = findParagraph(start);
  if (paragraph === null) return '';
  const text = toParagraphText(paragraph).replace(/\s+/g, '');
  const at = toTextBefore(paragraph, start).replace(/\s+/g, '').length;
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + AROUND)];
  return `“${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}”`;
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
