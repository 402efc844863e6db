import type { Element, Node } from '@xmldom/xmldom';
import { type DocxPackage, readMain, WORD } from '../package.ts';
import type { Mark, Passage } from './passage.ts';

/** A stretch of a passage that stands in one element of the document. */
export interface Piece {
  /** w:t, w:tab or w:br. */
  element: Element;
  from: number;
  to: number;
}

/** A passage of a Word document, and where in the file its text stands. */
export interface DocxPassage extends Passage {
  pieces: Piece[];
}

/** Paragraphs and rows of tables in their order; what was deleted under tracking, and text boxes, are left out. */
export function toDocxPassages(opened: DocxPackage): DocxPassage[] {
  const passages: DocxPassage[] = [];
  const counts = { paragraph: 0, table: 0 };
  const body = [...readMain(opened).childNodes].find((node) => isWord(node, 'body'));
  for (const block of body ? flatten(body as Element) : []) {
    if (isWord(block, 'p')) {
      counts.paragraph += 1;
      passages.push(readPassage([block], `第${counts.paragraph}段`, counts.paragraph));
    } else if (isWord(block, 'tbl')) {
      counts.table += 1;
      for (const [index, row] of [...block.getElementsByTagNameNS(WORD, 'tr')].entries()) {
        const cells = [...row.childNodes].filter(isElement).filter((node) => isWord(node, 'tc'));
        passages.push(readPassage(cells, `表${counts.table}第${index + 1}行`, counts.paragraph));
      }
    }
  }
  return passages.filter(({ text }) => text.trim() !== '');
}

const isElement = (node: Node): node is Element => node.nodeType === 1;

const isWord = (node: Node, name: string): boolean =>
  isElement(node) && node.namespaceURI === WORD && node.localName === name;

const AROUND = ['sdt', 'sdtContent', 'ins', 'moveTo', 'customXml', 'smartTag'];

/** Blocks also stand in content controls and in insertions. */
function flatten(parent: Element): Element[] {
  return [...parent.childNodes]
    .filter(isElement)
    .flatMap((element) => (AROUND.some((name) => isWord(element, name)) ? flatten(element) : [element]));
}

const GONE = ['del', 'moveFrom', 'txbxContent', 'pPr', 'rPr', 'instrText', 'delText'];
const BREAKS: Record<string, string> = { tab: ' ', br: '\n', cr: '\n', noBreakHyphen: '-' };

/** The text of a paragraph, or of the cells of a row with tabs between them. */
function readPassage(parents: Element[], place: string, line: number): DocxPassage {
  const passage: DocxPassage = { place, line, text: '', marks: [], pieces: [] };
  const open = new Map<string, Mark>();
  const add = (element: Element, text: string) => {
    passage.pieces.push({ element, from: passage.text.length, to: passage.text.length + text.length });
    passage.text += text;
  };
  const walk = (element: Element): void => {
    for (const node of element.childNodes) {
      if (!isElement(node) || GONE.some((name) => isWord(node, name))) continue;
      const child: Element = node;
      const id = child.getAttributeNS(WORD, 'id') ?? '';
      const gap = child.namespaceURI === WORD ? BREAKS[child.localName ?? ''] : undefined;
      if (isWord(child, 't')) add(child, child.textContent ?? '');
      else if (gap !== undefined) add(child, gap);
      else if (isWord(child, 'bookmarkStart')) {
        const name = child.getAttributeNS(WORD, 'name') ?? '';
        open.set(id, { name, from: passage.text.length, to: passage.text.length });
      } else if (isWord(child, 'bookmarkEnd')) {
        const mark = open.get(id);
        if (mark) passage.marks.push({ ...mark, to: passage.text.length });
        open.delete(id);
      } else walk(child);
    }
  };
  for (const [index, parent] of parents.entries()) {
    if (index > 0) passage.text += '\t';
    walk(parent);
  }
  return passage;
}
