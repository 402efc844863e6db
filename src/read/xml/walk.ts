import { attributesOf } from '../xlsx/element.ts';
import { toUtf8 } from '../xlsx/encoding.ts';
import { damaged } from '../xlsx/faults.ts';
import { CDATA, CLOSE, EMPTY, findMarkup, newTag, OPEN, readTag } from '../xlsx/markup.ts';
import { decodeText, unescapeXml } from '../xlsx/text.ts';

/** What hears an XML document element by element; names are without prefix. */
export interface Visitor {
  /** `attributes` reads them; most elements are of no interest. */
  open(name: string, attributes: () => Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Walks through a whole XML document; one that stops before its root element ends is a failure. */
export function walkXml(bytes: Buffer, where: string, visitor: Visitor): void {
  const tag = newTag(where);
  let depth = 0;
  let from = 0;
  for (let at = findMarkup(bytes, 0); at >= 0; at = findMarkup(bytes, tag.next)) {
    if (!readTag(bytes, at, tag)) throw damaged(where, 'XML 不完整');
    // Character data goes on over a CDATA section; comments in it are undone with the entities.
    if (tag.kind === CDATA) continue;
    if (tag.kind !== OPEN && tag.kind !== CLOSE && tag.kind !== EMPTY) continue;
    if (depth > 0 && at > from) visitor.text(unescapeXml(decodeText(bytes, from, at, where), where));
    from = tag.next;
    const name = bytes.toString('latin1', tag.name, tag.nameEnd);
    if (tag.kind !== CLOSE) visitor.open(name, () => attributesOf(bytes, tag));
    if (tag.kind !== OPEN) visitor.close(name);
    depth += tag.kind === OPEN ? 1 : tag.kind === CLOSE ? -1 : 0;
    if (depth < 0) throw damaged(where, 'XML 结构有误');
    if (depth === 0) return;
  }
  throw damaged(where, 'XML 不完整');
}

/** The bytes of an XML document as UTF-8 without its byte order mark, whatever encoding it declares. */
export async function toUtf8Bytes(bytes: Buffer, where: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of toUtf8(once(bytes), where)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, void> {
  yield bytes;
}
