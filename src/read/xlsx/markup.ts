import { damaged } from './faults.ts';

export const OPEN = 1;
export const CLOSE = 2;
/** <a/> */
export const EMPTY = 3;
/** A comment or processing instruction: nothing to see. */
export const ASIDE = 4;
export const CDATA = 5;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SPACE = 0x20;

/** More attributes than any element of a workbook has; what goes beyond is not looked at. */
const ATTRIBUTES = 64;

/**
 * One tag as positions in the bytes it was read from; made once and filled again and again, because a sheet has millions.
 * A tag's name is its local name: some writers put a prefix (x:row) before every element.
 */
export interface Tag {
  /** For failures. */
  where: string;
  kind: number;
  name: number;
  nameEnd: number;
  /** The byte after the tag. */
  next: number;
  /** Attributes: name, end of name, value, end of value of each one. */
  spans: Int32Array;
  count: number;
}

/** An empty tag to be filled by `readTag`. */
export function newTag(where: string): Tag {
  const spans = new Int32Array(ATTRIBUTES * 4);
  return { where, kind: ASIDE, name: 0, nameEnd: 0, next: 0, spans, count: 0 };
}

/** The position of the next '<' from `at` on, -1 when there is none. */
export function findMarkup(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) if (bytes[i] === LT) return i;
  return -1;
}

/** Reads the markup that begins with the '<' at `at` into `tag`; false when the bytes end within it. */
export function readTag(bytes: Uint8Array, at: number, tag: Tag): boolean {
  const end = bytes.length;
  let i = at + 1;
  if (i >= end) return false;
  let byte = bytes[i] ?? 0;
  if (byte === EXCLAMATION || byte === QUESTION) return readAside(bytes, at, tag);
  tag.kind = OPEN;
  tag.count = 0;
  if (byte === SLASH) {
    tag.kind = CLOSE;
    i++;
  }
  tag.name = i;
  for (; i < end; i++) {
    byte = bytes[i] ?? 0;
    if (byte <= SPACE || byte === GT || byte === SLASH) break;
    if (byte === COLON) tag.name = i + 1;
  }
  tag.nameEnd = i;
  return readAttributes(bytes, i, tag);
}

/** True when the tag's local name is `name`, which is ASCII. */
export function isNamed(bytes: Uint8Array, tag: Tag, name: string): boolean {
  return isAscii(bytes, tag.name, tag.nameEnd, name);
}

/** True when bytes[from, to) spell `text`, which is ASCII. */
export function isAscii(bytes: Uint8Array, from: number, to: number, text: string): boolean {
  if (to - from !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The index in `spans` of the attribute written exactly as `name`, -1 when the tag has none. */
export function findAttribute(bytes: Uint8Array, tag: Tag, name: string): number {
  for (let i = 0; i < tag.count * 4; i += 4)
    if (isAscii(bytes, tag.spans[i] ?? 0, tag.spans[i + 1] ?? 0, name)) return i;
  return -1;
}

function readAttributes(bytes: Uint8Array, from: number, tag: Tag): boolean {
  const end = bytes.length;
  for (let i = from; i < end; ) {
    const byte = bytes[i] ?? 0;
    if (byte === GT) {
      tag.next = i + 1;
      return true;
    }
    if (byte === SLASH) {
      if (i + 1 >= end) return false;
      if (bytes[i + 1] !== GT || tag.kind === CLOSE) throw damaged(tag.where, 'XML 标签有误');
      tag.kind = EMPTY;
      tag.next = i + 2;
      return true;
    }
    if (byte <= SPACE) i++;
    else i = readAttribute(bytes, i, tag);
  }
  return false;
}

/** Returns the byte after the attribute's value, or the end of the bytes when it is not whole. */
function readAttribute(bytes: Uint8Array, from: number, tag: Tag): number {
  const end = bytes.length;
  let i = from;
  for (; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === EQUALS || byte <= SPACE) break;
    if (byte === LT || byte === GT) throw damaged(tag.where, 'XML 属性有误');
  }
  const nameEnd = i;
  i = skipSpace(bytes, i);
  if (i >= end) return end;
  if (bytes[i] !== EQUALS) throw damaged(tag.where, 'XML 属性有误');
  i = skipSpace(bytes, i + 1);
  if (i >= end) return end;
  const quote = bytes[i];
  if (quote !== QUOTE && quote !== APOSTROPHE) throw damaged(tag.where, 'XML 属性有误');
  const value = i + 1;
  for (i = value; i < end && bytes[i] !== quote; ) i++;
  if (i >= end) return end;
  if (tag.count < ATTRIBUTES) {
    const span = tag.count++ * 4;
    tag.spans[span] = from;
    tag.spans[span + 1] = nameEnd;
    tag.spans[span + 2] = value;
    tag.spans[span + 3] = i;
  }
  return i + 1;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let i = from;
  while (i < bytes.length && (bytes[i] ?? 0) <= SPACE) i++;
  return i;
}

const COMMENT_START = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');
const CDATA_START = Buffer.from('<![CDATA[');
const CDATA_END = Buffer.from(']]>');
const INSTRUCTION_END = Buffer.from('?>');

/** A DOCTYPE is refused as every Office program does: its entities are a known way to bombs and to other files. */
function readAside(bytes: Uint8Array, at: number, tag: Tag): boolean {
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
  tag.count = 0;
  tag.name = tag.nameEnd = at;
  if (rest[1] === QUESTION) return endAside(rest, at, tag, ASIDE, 2, INSTRUCTION_END);
  if (startsWith(rest, COMMENT_START)) return endAside(rest, at, tag, ASIDE, 4, COMMENT_END);
  if (startsWith(rest, CDATA_START)) return endAside(rest, at, tag, CDATA, 9, CDATA_END);
  if (rest.length >= CDATA_START.length) throw damaged(tag.where, 'XML 含有文档类型声明');
  return false;
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && bytes.compare(start, 0, start.length, 0, start.length) === 0;
}

function endAside(rest: Buffer, at: number, tag: Tag, kind: number, skip: number, end: Buffer): boolean {
  const found = rest.indexOf(end, skip);
  if (found < 0) return false;
  tag.kind = kind;
  tag.next = at + found + end.length;
  return true;
}
