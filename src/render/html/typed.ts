/** What digits may stand in without being a figure: dates, ordinals, numbers of documents and lists, ages, hours, names. */
const NO_FIGURES = [
  // 2022年, 2022—2025年, 1—11月, 3月至5月, 10日, 2022-09
  /\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)/,
  /\d{1,4}(?:[—–~～至-]\d{1,4})?(?:年代?|月份?|日|号|时|点钟)(?![均度])/,
  /\d{1,2}[:：]\d{2}/,
  // 第14届, 附件1, 附表2, 表3
  /(?:第|附件|附表|表|图|之)\s*\d+/,
  // 〔2022〕5号, （1）, 1.
  /[〔[［(（]\s*\d+\s*[〕\]］)）]/,
  /(?<=^|[。：；])\s*\d+[.．、](?!\d)/,
  // 60周岁, 0—6岁
  /\d+(?:[—–~～至-]\d+)?周?岁/,
  // 1至2人（户）: what is withheld in our own tables
  /1至2人（户）/,
  // 12345热线, A4, GB/T 9704
  /\d+(?:热线|平台|专线)/,
  /[A-Za-z][\w/.-]*\s?\d[\w.-]*/,
];

const SKIPPED = NO_FIGURES.map(({ source }) => `(?:${source})`).join('|');
const NUMBER = String.raw`\d+(?:[,，]\d{3})*(?:[.．]\d+)?[万亿]?[%％‰]?`;
const PATTERN = new RegExp(`${SKIPPED}|(?<number>${NUMBER})`, 'g');

/** A piece of a text. */
export interface Piece {
  text: string;
  /** The words around a number that a person wrote and that no figure stands behind; null for all else. */
  typed: string | null;
}

/** So many characters on either side tell one number from another. */
const AROUND = 8;

/** Cuts a text at the numbers in it that are no dates, ordinals, ages or names. */
export function splitTyped(text: string): Piece[] {
  // Full-width digits count like others and keep their form: both have one character each.
  const plain = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const pieces: Piece[] = [];
  let at = 0;
  for (const { index, 0: found, groups } of plain.matchAll(PATTERN)) {
    if (groups?.number === undefined) continue;
    if (index > at) pieces.push({ text: text.slice(at, index), typed: null });
    at = index + found.length;
    const typed = text.slice(Math.max(0, index - AROUND), at + AROUND).trim();
    pieces.push({ text: text.slice(index, at), typed });
  }
  if (at < text.length) pieces.push({ text: text.slice(at), typed: null });
  return pieces;
}
