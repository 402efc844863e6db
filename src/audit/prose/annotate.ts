import type { Document, Element, Node } from '@xmldom/xmldom';
import { type DocxPackage, readMain, readTree, WORD } from '../package.ts';
import { addPart, findRelated } from '../relations.ts';
import type { DocxPassage } from './docx.ts';

/** A remark on a stretch of a passage. */
export interface Remark {
  passage: DocxPassage;
  from: number;
  to: number;
  text: string;
}

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml';
const AUTHOR = 'mzreport';

/** Puts each remark into the package as a Word comment on the runs that hold its stretch; nothing else is changed. */
export function annotate(opened: DocxPackage, remarks: Remark[]): void {
  if (remarks.length === 0) return;
  const comments = readComments(opened);
  const root = comments.documentElement as Element;
  let id = Math.max(-1, ...[...root.getElementsByTagNameNS(WORD, 'comment')].map(toId)) + 1;
  for (const { passage, from, to, text } of remarks) {
    const pieces = passage.pieces.filter((piece) => piece.from < to && piece.to > from);
    const [first, last] = [findRun(pieces[0]?.element), findRun(pieces.at(-1)?.element)];
    if (!first?.parentNode || !last?.parentNode) continue;
    const tree = readMain(opened).ownerDocument as Document;
    first.parentNode.insertBefore(toMark(tree, 'commentRangeStart', id), first);
    const end = toMark(tree, 'commentRangeEnd', id);
    last.parentNode.insertBefore(end, last.nextSibling);
    last.parentNode.insertBefore(toReference(tree, id), end.nextSibling);
    root.appendChild(toComment(comments, id, text));
    id += 1;
  }
}

const toId = (element: Element): number => Number(element.getAttributeNS(WORD, 'id') ?? -1);

function readComments(opened: DocxPackage): Document {
  const path =
    findRelated(opened, opened.main, RELATION) ??
    addPart(opened, {
      path: 'word/comments.xml',
      contentType: TYPE,
      relation: RELATION,
      from: opened.main,
      xml: `<w:comments xmlns:w="${WORD}"/>`,
    });
  return readTree(opened, path) as Document;
}

function findRun(element: Element | undefined): Element | null {
  let node: Node | null = element ?? null;
  while (node && (node as Element).localName !== 'r') node = node.parentNode;
  return node as Element | null;
}

function toElement(tree: Document, name: string, attributes: Record<string, string> = {}): Element {
  const element = tree.createElementNS(WORD, `w:${name}`);
  for (const [key, value] of Object.entries(attributes)) element.setAttributeNS(WORD, `w:${key}`, value);
  return element;
}

const toMark = (tree: Document, name: string, id: number): Element =>
  toElement(tree, name, { id: String(id) });

function toReference(tree: Document, id: number): Element {
  const run = toElement(tree, 'r');
  run.appendChild(toMark(tree, 'commentReference', id));
  return run;
}

/** Without a date: the same run gives the same file. */
function toComment(tree: Document, id: number, words: string): Element {
  const comment = toElement(tree, 'comment', { id: String(id), author: AUTHOR, initials: '核' });
  const paragraph = comment.appendChild(toElement(tree, 'p'));
  const run = paragraph.appendChild(toElement(tree, 'r'));
  const text = run.appendChild(toElement(tree, 't'));
  text.appendChild(tree.createTextNode(words));
  return comment;
}
