/** A piece of an HTML document. */
export type Token =
  | { type: 'text'; text: string }
  /** `name` in lower case; `attributes` as written, to be looked at with `attributeOf`. */
  | { type: 'open' | 'close'; name: string; attributes: string };

/** A longer tag has a quote that nobody closed. */
const LONGEST_TAG = 65_536;
const NAME = /^\/?[a-zA-Z][\w:-]*/;

/** Cuts HTML into texts and tags, in one pass whatever is wrong with it; comments, scripts and styles are left out. */
export function* toTokens(html: string): Iterable<Token> {
  for (let at = 0; at < html.length; ) {
    const next = html.indexOf('<', at);
    if (next !== at) yield { type: 'text', text: unescapeHtml(html.slice(at, next < 0 ? undefined : next)) };
    if (next < 0) return;
    at = yield* toMarkup(html, next);
  }
}

/** The tag, comment or bare '<' at `at`; returns where the document goes on. */
function* toMarkup(html: string, at: number): Generator<Token, number, void> {
  if (html.startsWith('<!--', at)) return findAfter(html, '-->', at + 4);
  const [name = ''] = NAME.exec(html.slice(at + 1, at + 65)) ?? [];
  if (name === '' && !/^[!?/]$/.test(html.charAt(at + 1))) {
    yield { type: 'text', text: '<' };
    return at + 1;
  }
  const end = findTagEnd(html, at + 1);
  const attributes = html.slice(at + 1 + name.length, end);
  if (name !== '') yield toTag(name.toLowerCase(), attributes);
  if (attributes.endsWith('/') && /^t[dh]$/i.test(name)) yield toTag(`/${name.toLowerCase()}`, '');
  return /^(?:script|style)$/i.test(name) ? findClosing(html, name, end + 1) : end + 1;
}

function toTag(name: string, attributes: string): Token {
  return name.startsWith('/')
    ? { type: 'close', name: name.slice(1), attributes: '' }
    : { type: 'open', name, attributes };
}

function findAfter(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function findClosing(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
}

/** Where the '>' of a tag is; one inside quotes does not end it. */
function findTagEnd(html: string, from: number): number {
  let quote = '';
  const most = Math.min(html.length, from + LONGEST_TAG);
  for (let i = from; i < most; i++) {
    const character = html.charAt(i);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return i;
    else if ((character === '"' || character === "'") && html.charAt(i - 1) === '=') quote = character;
  }
  const end = html.indexOf('>', from);
  return end < 0 ? html.length : end;
}

/** An attribute's value; undefined when the tag has none of that name. */
export function attributeOf(attributes: string, name: string): string | undefined {
  if (!attributes.includes(name) && !attributes.toLowerCase().includes(name)) return undefined;
  const pattern = /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (const [, key = '', double, single, bare] of attributes.matchAll(pattern))
    if (key.toLowerCase() === name) return unescapeHtml(double ?? single ?? bare ?? '');
  return undefined;
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: '\u3000',
  yen: '¥',
  middot: '·',
  mdash: '—',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
};

/** Character references undone; one that nobody knows stays as it is. */
export function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/gi, (match, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? match;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (point === 0xa0) return ' ';
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : match;
  });
}
