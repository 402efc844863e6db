/** A stretch of a text and why a number in it is no figure. */
export interface Span {
  from: number;
  to: number;
  reason: string;
}

/** What looks like a figure and is none; texts are half-width. */
const PATTERNS: [reason: string, pattern: RegExp][] = [
  ['日期', /\d{4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}/g],
  ['日期', /(?:19|20)\d{2}\s?(?:[-—~–至到]+\s?(?:19|20)\d{2}\s?)?年(?!限)/g],
  [
    '日期',
    /(?<!\d)\d{1,2}\s?(?:[-—~–至到]+\s?\d{1,2}\s?)?月(?:份|底|初|末|上旬|中旬|下旬)?(?:\d{1,2}\s?(?:日|号))?(?!人均)/g,
  ],
  ['日期', /(?<!\d)\d{1,2}\s?日(?![常间均])/g],
  ['时刻', /(?<!\d)[0-2]?\d:[0-5]\d(?!\d)/g],
  ['文号', /[〔([]\s?(?:19|20)\d{2}\s?[〕)\]]\s?\d*\s?号?/g],
  ['待核和待填', /〔待[核填][^〕]*〕/g],
  ['次序', /第\s?[\d零〇一二两三四五六七八九十百千]+/g],
  ['编号', /\d+\s?号/g],
  ['编号', /(?:附件|附表|附图|(?:^|[（(见“])[表图])\s?\d+/g],
  ['序号', /^\s*(?:\d{1,3}\s?[.、﹒．)](?!\d)|\(\s?\d{1,3}\s?\))/g],
  ['序号', /(?<![\d.])\d{1,2}\s?[.．、]\s?(?=[\u4e00-\u9fa5“])/g],
  ['年龄', /\d{1,3}\s?(?:[-—~–至到]+\s?\d{1,3}\s?)?(?:周岁|岁)/g],
  ['名称', /[“"][^”"]{1,14}[”"]/g],
  ['名称', /《[^》]{1,60}》/g],
  ['号码', /\d{11,}/g],
  ['五年规划', /十[一二三四五六七八九]五/g],
];

/** Stretches in which a number is no figure. */
export function findNonFigures(text: string): Span[] {
  return PATTERNS.flatMap(([reason, pattern]) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
      from: index,
      to: index + found.length,
      reason,
    })),
  );
}
