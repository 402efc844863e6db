import { posix } from 'node:path';
import type { Document, Element } from '@xmldom/xmldom';
import { type DocxPackage, readTree } from './package.ts';

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const CONTENT_TYPES = '[Content_Types].xml';

/** A part that a package may lack. */
export interface NewPart {
  path: string;
  contentType: string;
  /** Type of the relation by which `from` (with '' the package) finds it. */
  relation: string;
  from: string;
  xml: string;
}

/** Path of the part to which a part, or with '' the package, is related in this way; null when there is none. */
export function findRelated(opened: DocxPackage, from: string, type: string): string | null {
  const relation = listRelations(opened, from).find(
    (each) => each.getAttribute('Type') === type && each.getAttribute('TargetMode') !== 'External',
  );
  const target = relation?.getAttribute('Target');
  return target ? posix.resolve('/', posix.dirname(from), target).slice(1) : null;
}

/** Adds a part, tells its content type and relates it; returns its path, which is another where that one is taken. */
export function addPart(opened: DocxPackage, part: NewPart): string {
  let path = part.path;
  for (let n = 2; opened.parts.has(path); n++) path = part.path.replace(/\d*(?=\.\w+$)/, String(n));
  opened.parts.set(path, new TextEncoder().encode(part.xml));
  const types = readTree(opened, CONTENT_TYPES);
  if (types) append(types, TYPES, 'Override', { PartName: `/${path}`, ContentType: part.contentType });
  const relations = readTree(opened, toRelationsPath(part.from)) ?? addRelations(opened, part.from);
  const ids = new Set(listRelations(opened, part.from).map((each) => each.getAttribute('Id')));
  let id = ids.size + 1;
  while (ids.has(`rIdMz${id}`)) id++;
  append(relations, RELATIONS, 'Relationship', {
    Id: `rIdMz${id}`,
    Type: part.relation,
    Target: `/${path}`,
  });
  return path;
}

function listRelations(opened: DocxPackage, from: string): Element[] {
  const tree = readTree(opened, toRelationsPath(from));
  return tree === null ? [] : [...tree.getElementsByTagNameNS(RELATIONS, 'Relationship')];
}

/** word/document.xml → word/_rels/document.xml.rels */
const toRelationsPath = (from: string): string =>
  posix.join(posix.dirname(from), '_rels', `${posix.basename(from)}.rels`);

function addRelations(opened: DocxPackage, from: string): Document {
  const path = toRelationsPath(from);
  opened.parts.set(path, new TextEncoder().encode(`<Relationships xmlns="${RELATIONS}"/>`));
  return readTree(opened, path) as Document;
}

function append(tree: Document, namespace: string, name: string, attributes: Record<string, string>): void {
  const element = tree.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  tree.documentElement?.appendChild(element);
}
