/** Units in head brackets that say nothing about which field a column is. */
const UNIT =
  /[（(](万?元|元\/?(人|月|户|年|人[·、/]?月)?|人|户|人次|户次|张|个|名|对|件|岁|月|%|㎡|亩|公斤|单位[：:]?.{0,6})[）)]/g;

/** Head text as it is compared: NFKC, without white space, brackets, dashes and slashes, lower-cased. */
export const toComparable = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s_()（）\-/、:：*#]/g, '')
    .toLowerCase();

/** The same without a unit in brackets, so that 发放金额（元） is 发放金额. */
export const withoutUnit = (text: string): string => toComparable(text.normalize('NFKC').replace(UNIT, ''));

/** How many 元 one unit is, from "（万元）" in a head or "单位：万元" above it; null when no money unit is named. */
export function findYuan(text: string): number | null {
  const plain = text.normalize('NFKC');
  const bracket = /\(([^()]*元[^()]*)\)/.exec(plain)?.[1] ?? /单位:?\s*([^\s]*元)/.exec(plain)?.[1];
  if (bracket === undefined) return null;
  if (bracket.includes('亿元')) return 100_000_000;
  // "单位：人、万元" names several units; only the money one matters here.
  return bracket.includes('万元') ? 10_000 : 1;
}

/** A cell that is a number, a date, an ID or an amount: data, never a head. */
export const isPlainValue = (cell: string): boolean =>
  /^[¥-]?\d[\d,.\-/:年月日xX]*$/.test(cell.normalize('NFKC').trim()) &&
  !/^(20\d{2}年?|(20\d{2}[年./-]?)?\d{1,2}月?)$/.test(cell.trim());

/** A text without its unit in brackets and without white space, otherwise as it stands. */
export const toPlain = (text: string): string => text.normalize('NFKC').replace(UNIT, '').replace(/\s/g, '');
