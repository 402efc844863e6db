import { DOMParser, type Document, type Element, onErrorStopParsing, XMLSerializer } from '@xmldom/xmldom';
import JSZip from 'jszip';
import { Failure } from '../failure.ts';
import { parseArchive, readMember } from '../read/archive.ts';
import { findRelated } from './relations.ts';

/** A Word file as its parts: bytes as they came, and trees of those that were asked for. */
export interface DocxPackage {
  /** Name of the file, for messages. */
  where: string;
  /** Path of the part that holds the text, mostly word/document.xml. */
  main: string;
  /** Inflated bytes by path, in the order of the file. */
  parts: Map<string, Uint8Array>;
  /** Trees by path, with what they said when they were parsed; whatever is changed in one of them is saved. */
  trees: Map<string, { tree: Document; before: string }>;
}

/** A hand-written report has a hundred parts and pictures of a few megabytes. */
export const PACKAGE_LIMITS = { members: 5000, totalBytes: 512 * 2 ** 20, treeBytes: 48 * 2 ** 20 } as const;

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** The namespace of what Word writes; "Strict Open XML" has another one and is told apart by it. */
export const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** The bytes of a docx as a package; throws when they are none, are damaged or inflate beyond the limits. */
export function openPackage(bytes: Uint8Array, where: string): DocxPackage {
  const parts = inflate(toBuffer(bytes), where);
  const opened: DocxPackage = { where, main: '', parts, trees: new Map() };
  const main = findRelated(opened, '', `${OFFICE}/officeDocument`);
  if (main === null || !parts.has(main)) throw notDocx(where, '压缩包里没有文稿');
  opened.main = main;
  const root = readTree(opened, main)?.documentElement;
  if (root?.localName !== 'document') throw notDocx(where, '是别的 Office 文件');
  if (root.namespaceURI !== WORD) throw notDocx(where, '是“严格 Open XML”格式');
  return opened;
}

/** The tree of an XML part, parsed when first asked for; null when the package has no such part. */
export function readTree(opened: DocxPackage, path: string): Document | null {
  const { parts, trees, where } = opened;
  const known = trees.get(path)?.tree;
  const bytes = parts.get(path);
  if (known !== undefined || bytes === undefined) return known ?? null;
  if (bytes.length > PACKAGE_LIMITS.treeBytes)
    throw new Failure('file-limit', { where, found: '文稿的文字过多', expected: '48 MB' });
  const tree = parse(bytes, where);
  trees.set(path, { tree, before: toText(tree) });
  return tree;
}

/** The tree of the part that holds the text. */
export function readMain(opened: DocxPackage): Element {
  const root = readTree(opened, opened.main)?.documentElement;
  if (root) return root;
  throw notDocx(opened.where, '压缩包里没有文稿');
}

/** The package as a file: changed trees anew, all other parts byte for byte, no time of day in it. */
export async function savePackage({ parts, trees }: DocxPackage): Promise<Uint8Array> {
  const zip = new JSZip();
  // Entries that are not dated get the present time, and the same run would not give the same file.
  const date = new Date(Date.UTC(1980, 0, 1));
  for (const [path, bytes] of parts) {
    const known = trees.get(path);
    const text = known && toText(known.tree);
    const content = text === known?.before ? bytes : new TextEncoder().encode(text);
    zip.file(path, content, { date, createFolders: false });
  }
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

function inflate(bytes: Buffer, where: string): Map<string, Uint8Array> {
  if (bytes.toString('hex', 0, 4) === 'd0cf11e0') throw notDocx(where, '是旧的 doc，或设有打开密码');
  if (bytes.toString('latin1', 0, 2) !== 'PK') throw notDocx(where, '不是 Word 文件');
  const members = parseArchive(bytes, where).filter(({ isFolder, isLink }) => !isFolder && !isLink);
  const total = members.reduce((sum, { size }) => sum + size, 0);
  if (total > PACKAGE_LIMITS.totalBytes || members.length > PACKAGE_LIMITS.members)
    throw new Failure('file-limit', { where, found: '解压后过大', expected: '512 MB' });
  return new Map(members.map((member) => [member.path, new Uint8Array(readMember(bytes, member, where))]));
}

const toBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const notDocx = (where: string, found: string, cause?: unknown): Failure =>
  new Failure('file-not-docx', { where, found }, cause);

function parse(bytes: Uint8Array, where: string): Document {
  const text = decode(bytes);
  // Word writes none; entities that stand for one another are how a small file becomes a large one.
  if (/<!DOCTYPE/i.test(text)) throw notDocx(where, '含有 Word 不会写出的声明');
  try {
    return new DOMParser({ onError: onErrorStopParsing, locator: false }).parseFromString(text, 'text/xml');
  } catch (error) {
    throw new Failure('file-damaged', { where, found: '其中的 XML 不完整' }, error);
  }
}

function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** The declaration is ours: the bytes that follow are UTF-8, whatever they were before. */
function toText(tree: Document): string {
  const serializer = new XMLSerializer();
  const nodes = [...tree.childNodes].filter(({ nodeName }) => nodeName !== 'xml');
  return [HEAD, ...nodes.map((node) => serializer.serializeToString(node, { requireWellFormed: true }))].join(
    '\n',
  );
}
