import { damaged } from './faults.ts';
import { CLOSE, EMPTY, findMarkup, newTag, OPEN, readTag, type Tag } from './markup.ts';
import { unescapeXml } from './text.ts';

/** How an element's tag was met; an empty element (<a/>) is met once. */
export type TagKind = 'open' | 'close' | 'empty';

/** Calls `visit` for each tag of a part that is held whole; a tag that is cut off is a failure. */
export function readElements(
  bytes: Buffer,
  where: string,
  visit: (name: string, kind: TagKind, tag: Tag) => void,
): void {
  const tag = newTag(where);
  for (let at = findMarkup(bytes, 0); at >= 0; at = findMarkup(bytes, tag.next)) {
    if (!readTag(bytes, at, tag)) throw damaged(where, 'XML 不完整');
    const kind =
      tag.kind === OPEN ? 'open' : tag.kind === CLOSE ? 'close' : tag.kind === EMPTY ? 'empty' : null;
    if (kind) visit(bytes.toString('latin1', tag.name, tag.nameEnd), kind, tag);
  }
}

/** A tag's attributes by their name without prefix (r:id is `id`), entities undone; an unprefixed name goes first. */
export function attributesOf(bytes: Buffer, tag: Tag): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let i = 0; i < tag.count * 4; i += 4) {
    const [from = 0, nameEnd = 0, value = 0, to = 0] = tag.spans.subarray(i, i + 4);
    const name = bytes.toString('utf8', from, nameEnd);
    const local = name.slice(name.indexOf(':') + 1);
    if (name !== local && attributes[local] !== undefined) continue;
    attributes[local] = unescapeXml(bytes.toString('utf8', value, to), tag.where);
  }
  return attributes;
}
