import Big from 'big.js';
import { findNonFigures, type Span } from './non-figures.ts';
import { parseNumeral } from './numerals.ts';
import type { Units } from './units.ts';

/** How a number may differ from the truth: 余 a little less, 近 a little more, 约 either, 不到 less, 以上 more. */
export type Bound = '余' | '近' | '约' | '不到' | '以上' | '至少' | '至多';

/** A number in a text, with its unit. */
export interface NumberToken {
  /** Where it stands with its unit, without the words before it. */
  from: number;
  to: number;
  /** Where the word before it begins that is part of what it says: 增长, 还差, 约; else `from`. */
  head: number;
  /** As written, from `head` on. */
  text: string;
  /** In base units (元, 人; 24.51% is 0.2451). */
  value: Big;
  /** Base unit: 元, 人, %, 百分点; '' where none is written. */
  measure: string;
  /** What one in its last place is worth, and one in its last place that is not zero. */
  step: Big;
  coarse: Big;
  bound: Bound | null;
  /** 1 after 增长 or 超额, -1 after 下降 or 还差, else 0. */
  sign: -1 | 0 | 1;
  /** Why it is no figure: a date, an ordinal, a heading number …; null when it may be one. */
  reason: string | null;
  /** Written in Chinese numerals. */
  chinese: boolean;
}

const SCALES: Record<string, number> = {
  百: 1e2,
  千: 1e3,
  万: 1e4,
  十万: 1e5,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
};
const DIGITS = /(?<![\d.A-Za-z])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)/g;
const NUMERALS = /[零〇一二两三四五六七八九十百千万亿]+/g;
const FLAT = /持平|正好完成/g;
const TAIL = /^\s?(余|多|来)?((?:十|百|千)?万|百|千|亿)?(余|多)?\s?/;

const BEFORE: [RegExp, Bound][] = [
  [/(?:不到|不足)$/, '不到'],
  [/(?:将近|接近|近)$/, '近'],
  [/(?:大约|约)$/, '约'],
  [/(?:超过|突破|逾|高达|多达)$/, '以上'],
  [/(?:不少于|不低于|至少|最低)$/, '至少'],
  [/(?:不超过|最高|最多)$/, '至多'],
];
const AFTER: [RegExp, Bound][] = [
  [/^左右/, '约'],
  [/^以上/, '至少'],
  [/^(?:以下|以内)/, '至多'],
];
const UP = /(?:增长|增加|提高|上升|(?<!新)增|超额|上调|升)(?:了|约|近|至少)?$/;
const DOWN = /(?:下降|减少|降低|下滑|回落|还差|减|降|少)(?:了|约|近)?$/;

/** Full-width characters as half-width ones; every place stays the same. */
export const toHalfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));

/** Every number of a text in its order, those that are no figures too. */
export function findNumbers(original: string, units: Units): NumberToken[] {
  const text = toHalfWidth(original).replace(/\u3000/g, ' ');
  const nots = findNonFigures(text);
  const found = [...findDigits(text, units), ...findNumerals(text, units), ...findFlat(text)];
  const tokens = found
    .sort((a, b) => a.from - b.from)
    .filter((token, index, all) => index === 0 || token.from >= (all[index - 1]?.to ?? 0))
    .map((token) => ({ ...token, text: original.slice(token.head, token.to) }));
  return inheritUnits(tokens, text).map((token) => ({
    ...token,
    reason: token.reason ?? findReason(token, nots),
  }));
}

function findDigits(text: string, units: Units): NumberToken[] {
  return [...text.matchAll(DIGITS)].map(({ 0: digits, index }) => {
    const plain = digits.replaceAll(',', '');
    const step = new Big(10).pow(-(plain.split('.')[1]?.length ?? 0));
    const zeros = plain.includes('.') ? 0 : (/[1-9](0*)$/.exec(plain)?.[1]?.length ?? 0);
    return toToken(
      text,
      index,
      index + digits.length,
      new Big(plain),
      step,
      step.times(new Big(10).pow(zeros)),
      units,
    );
  });
}

function findNumerals(text: string, units: Units): NumberToken[] {
  return [...text.matchAll(NUMERALS)].flatMap(({ 0: numeral, index }) => {
    const value = parseNumeral(numeral);
    if (value === null || value === 0 || /[\d.余多]$/.test(text.slice(0, index))) return [];
    const coarse = new Big(10).pow(/0*$/.exec(String(value))?.[0].length ?? 0);
    const token = toToken(text, index, index + numeral.length, new Big(value), new Big(1), coarse, units);
    // 一是, 三通一平: without a unit it is a word.
    return token.measure === '' ? [] : [{ ...token, chinese: true }];
  });
}

/** 与上年持平 and 正好完成 are figures without a digit. */
function findFlat(text: string): NumberToken[] {
  return [...text.matchAll(FLAT)].map(({ 0: word, index }) => ({
    ...{
      from: index,
      to: index + word.length,
      head: index,
      text: word,
      value: new Big(0),
      measure: '',
      step: new Big(0),
    },
    ...{ coarse: new Big(0), bound: null, sign: 0 as const, reason: null, chinese: false },
  }));
}

function toToken(
  text: string,
  from: number,
  end: number,
  number: Big,
  step: Big,
  coarse: Big,
  units: Units,
): NumberToken {
  const [tail = '', more, scale = '', after] = TAIL.exec(text.slice(end)) ?? [];
  const rest = end + tail.length;
  const unit = units.find(text.slice(rest));
  const factor = new Big(SCALES[scale] ?? 1).times(unit?.factor ?? 1);
  const bare = unit === null && scale === '' && more === undefined;
  const to = unit ? rest + unit.length : bare ? end : rest - (/\s+$/.exec(tail)?.[0].length ?? 0);
  const [left, right] = [text.slice(Math.max(0, from - 8), from).trimEnd(), text.slice(to, to + 4)];
  const before = BEFORE.find(([pattern]) => pattern.test(left));
  const bound = more || after ? '余' : (before?.[1] ?? null);
  const word = before?.[0].exec(left)?.[0] ?? UP.exec(left)?.[0] ?? DOWN.exec(left)?.[0] ?? '';
  return {
    from,
    to,
    head: word === '' ? from : text.lastIndexOf(word, from - 1),
    text: '',
    value: number.times(factor),
    measure: unit?.measure ?? '',
    step: step.times(factor),
    coarse: coarse.times(factor),
    bound: bound ?? AFTER.find(([pattern]) => pattern.test(right))?.[1] ?? null,
    sign: UP.test(left) ? 1 : DOWN.test(left) ? -1 : 0,
    reason: null,
    chinese: false,
  };
}

/** 50至300元, 3—5人: the first one has the unit of the second. */
function inheritUnits(tokens: NumberToken[], text: string): NumberToken[] {
  return tokens.map((token, index) => {
    const next = tokens[index + 1];
    if (token.measure !== '' || !next || !/^\s?(?:[-—~–]+|至|到)\s?$/.test(text.slice(token.to, next.from)))
      return token;
    return { ...token, measure: next.measure, reason: next.reason };
  });
}

function findReason({ from, to, value, measure, chinese }: NumberToken, nots: Span[]): string | null {
  const not = nots.find((span) => span.from < to && span.to > from);
  if (not) return not.reason;
  return chinese && value.lt(10) && measure !== '%' ? '约定俗成的小数目' : null;
}
