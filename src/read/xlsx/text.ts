import { isUtf8 } from 'node:buffer';
import { damaged } from './faults.ts';
import { ASIDE, CDATA, CLOSE, EMPTY, isNamed, readTag, type Tag } from './markup.ts';

const LT = 0x3c;
const AMPERSAND = 0x26;
const RETURN = 0x0d;
const UNDERSCORE = 0x5f;

/** Character content of an element as positions in the bytes; made once and filled again and again. */
export interface Content {
  from: number;
  /** Where the element's end tag begins. */
  to: number;
  /** True when the bytes are the text: nothing to decode but UTF-8. */
  plain: boolean;
  tag: Tag;
}

/** Reads character content from `from` up to the end tag; false when the bytes end within it. */
export function readContent(bytes: Uint8Array, from: number, content: Content): boolean {
  content.from = from;
  content.plain = true;
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > UNDERSCORE) continue;
    if (byte === AMPERSAND || byte === RETURN || byte === UNDERSCORE) content.plain = false;
    if (byte !== LT) continue;
    content.to = i;
    if (!readTag(bytes, i, content.tag)) return false;
    if (content.tag.kind === CLOSE) return true;
    if (content.tag.kind !== CDATA && content.tag.kind !== ASIDE)
      throw damaged(content.tag.where, 'XML 结构有误');
    content.plain = false;
    i = content.tag.next - 1;
  }
  return false;
}

/** The same for content that ends at its first '<'; returns where that is, -1 when it has not come. */
export function readPlainContent(bytes: Uint8Array, from: number, content: Content): number {
  content.from = from;
  content.plain = true;
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > UNDERSCORE) continue;
    if (byte === LT) {
      content.to = i;
      return i;
    }
    if (byte === AMPERSAND || byte === RETURN || byte === UNDERSCORE) content.plain = false;
  }
  return -1;
}

/** The text of bytes[from, to); bytes that are not UTF-8 are a failure, not a U+FFFD. */
export function decodeText(bytes: Uint8Array, from: number, to: number, where: string): string {
  const slice = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
  const text = slice.toString('utf8');
  if (text.includes('\uFFFD') && !isUtf8(slice)) throw damaged(where, '文字不是有效的 UTF-8');
  return text;
}

/** Raw character content as the text it stands for: line ends, CDATA, comments and entities undone. */
export function unescapeXml(raw: string, where: string): string {
  return raw.replace(MARKED, (match, cdata: string | undefined, entity: string | undefined) => {
    if (cdata !== undefined) return cdata.replace(/\r\n?/g, '\n');
    if (entity !== undefined) return toCharacter(entity, where);
    if (match === '&') throw damaged(where, 'XML 实体有误');
    return match.startsWith('\r') ? '\n' : '';
  });
}

/** Undoes the _x000D_ escapes by which OOXML writes characters that XML has no room for. */
export function unescapeOoxml(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The text that content stands for, all escapes undone. */
export function toText(bytes: Uint8Array, content: Content): string {
  const { where } = content.tag;
  return unescapeOoxml(unescapeXml(decodeText(bytes, content.from, content.to, where), where));
}

/** Moves past an element whose start tag is `tag`; -1 when the bytes end within it. Elements of its name may nest. */
export function skipElement(bytes: Uint8Array, tag: Tag): number {
  if (tag.kind === EMPTY) return tag.next;
  const name = Buffer.from(bytes.buffer, bytes.byteOffset + tag.name, tag.nameEnd - tag.name).toString(
    'latin1',
  );
  let depth = 1;
  for (let at = tag.next; at < bytes.length; ) {
    if (bytes[at] !== LT) {
      at++;
      continue;
    }
    if (!readTag(bytes, at, tag)) return -1;
    at = tag.next;
    if (tag.kind === EMPTY || !isNamed(bytes, tag, name)) continue;
    if (tag.kind === CLOSE) depth--;
    else depth++;
    if (depth === 0) return at;
  }
  return -1;
}

const MARKED = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|\r\n?|&(#?\w+);|&/g;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function toCharacter(entity: string, where: string): string {
  const named = NAMED[entity];
  if (named !== undefined) return named;
  const code = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(entity);
  const point = code?.[1] !== undefined ? Number.parseInt(code[1], 16) : Number(code?.[2] ?? Number.NaN);
  if (!(point <= 0x10ffff)) throw damaged(where, 'XML 实体未定义');
  return String.fromCodePoint(point);
}
