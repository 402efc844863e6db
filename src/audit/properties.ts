import type { Document, Element } from '@xmldom/xmldom';
import { isRecordProperty, type PrintedRecord, parseProperties, toProperties } from '../render/index.ts';
import { type DocxPackage, readTree } from './package.ts';
import { addPart, findRelated } from './relations.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/officeDocument/2006/custom-properties';
const VALUES = 'http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties';
const CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument.custom-properties+xml';
/** Says of a property that a user made it. */
const FORMAT = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';

/** What the file says was printed in it; null for one that we did not write or that lost a piece of its record. */
export function readRecord(opened: DocxPackage): PrintedRecord | null {
  const tree = findTree(opened);
  if (tree === null) return null;
  return parseProperties(
    listProperties(tree).map((each) => ({ name: nameOf(each), value: each.textContent ?? '' })),
  );
}

/** Puts a record in the place of the one that the file has; its other properties stay. */
export function writeRecord(opened: DocxPackage, record: PrintedRecord): void {
  const tree = findTree(opened) ?? addTree(opened);
  const root = tree.documentElement as Element;
  for (const each of listProperties(tree)) if (isRecordProperty(nameOf(each))) root.removeChild(each);
  let id = Math.max(1, ...listProperties(tree).map((each) => Number(each.getAttribute('pid'))));
  for (const { name, value } of toProperties(record)) {
    const property = tree.createElementNS(NAMESPACE, 'property');
    for (const [key, text] of Object.entries({ fmtid: FORMAT, pid: String(++id), name }))
      property.setAttribute(key, text);
    const text = tree.createElementNS(VALUES, 'vt:lpwstr');
    text.appendChild(tree.createTextNode(value));
    property.appendChild(text);
    root.appendChild(property);
  }
}

const listProperties = (tree: Document): Element[] => [...tree.getElementsByTagNameNS(NAMESPACE, 'property')];

const nameOf = (property: Element): string => property.getAttribute('name') ?? '';

function findTree(opened: DocxPackage): Document | null {
  const path = findRelated(opened, '', RELATION);
  return path === null ? null : readTree(opened, path);
}

function addTree(opened: DocxPackage): Document {
  const xml = `<Properties xmlns="${NAMESPACE}" xmlns:vt="${VALUES}"/>`;
  const part = { path: 'docProps/custom.xml', contentType: CONTENT_TYPE, relation: RELATION, from: '', xml };
  return readTree(opened, addPart(opened, part)) as Document;
}
