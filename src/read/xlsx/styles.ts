import { DATE, ELAPSED, NUMBER, TIME } from './date.ts';
import { attributesOf, readElements } from './element.ts';

/** Built-in formats that show a date or time; 27-36 and 50-58 are the Chinese ones, 46 is [h]:mm:ss. */
const BUILT_IN: [first: number, last: number, kind: number][] = [
  [14, 17, DATE],
  [18, 21, TIME],
  [22, 22, DATE],
  [27, 31, DATE],
  [32, 35, TIME],
  [36, 36, DATE],
  [45, 45, TIME],
  [46, 46, ELAPSED],
  [47, 47, TIME],
  [50, 54, DATE],
  [55, 56, TIME],
  [57, 58, DATE],
];

/** The kind (NUMBER, DATE, TIME, ELAPSED) of each cell style, from the bytes of styles.xml. */
export function parseStyles(bytes: Buffer, where: string): Uint8Array {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let place = '';
  readElements(bytes, where, (name, kind, tag) => {
    if (name === 'numFmts' || name === 'cellXfs') place = kind === 'open' ? name : '';
    if (kind === 'close') return;
    // Only in their own lists: <dxfs> has a <numFmt> and <cellStyleXfs> an <xf> too.
    if (name === 'numFmt' && place === 'numFmts') {
      const { numFmtId = '', formatCode = '' } = attributesOf(bytes, tag);
      formats.set(Number(numFmtId), formatCode);
    }
    if (name === 'xf' && place === 'cellXfs') styles.push(Number(attributesOf(bytes, tag).numFmtId ?? 0));
  });
  const kinds = new Map<number, number>();
  return Uint8Array.from(styles, (id) => {
    const known = kinds.get(id) ?? toKind(id, formats.get(id));
    kinds.set(id, known);
    return known;
  });
}

/** The kind of a format code such as `yyyy"年"m"月"`; of several sections the first with a date or time counts. */
export function parseFormat(code: string): number {
  return (
    code
      .replace(/"[^"]*"?|[\\_*]./gu, '')
      .split(';')
      .map(parseSection)
      .find((kind) => kind !== NUMBER) ?? NUMBER
  );
}

function toKind(id: number, code: string | undefined): number {
  if (code !== undefined) return parseFormat(code);
  return BUILT_IN.find(([first, last]) => id >= first && id <= last)?.[2] ?? NUMBER;
}

function parseSection(section: string): number {
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return ELAPSED;
  // Colours, conditions, [$-804], [DBNum1]; then words whose letters mean nothing: General, its Chinese form, 0.00E+00.
  const letters = section.replace(/\[[^\]]*\]?/g, '').replace(/General|G\/通用格式|E[+-]/gi, '');
  if (/[yde年日]|aaa|b{2}/i.test(letters)) return isNumberWithWords(letters) ? NUMBER : DATE;
  if (/[hs]|AM\/PM|上午\/下午/i.test(letters)) return TIME;
  return /[m月]/i.test(letters) && !isNumberWithWords(letters) ? DATE : NUMBER;
}

/** `0年` and `0个月` are numbers with a word after them, though a careful writer would have quoted it. */
function isNumberWithWords(letters: string): boolean {
  return /[0#?]/.test(letters) && !/[ymdhs]/i.test(letters);
}
