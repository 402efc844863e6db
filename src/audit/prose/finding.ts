import type { Placed } from './place.ts';

/** What is said of a number: 一致, 四舍五入后一致, 已改, 前后矛盾, 对不上. */
export type Verdict = 'equal' | 'rounded' | 'changed' | 'contradictory' | 'unbound';

/** What was found out about one number of a document. */
export interface Finding {
  verdict: Verdict;
  /** Chinese: 第12行, 第3段, 表2第4行. */
  place: string;
  line: number;
  /** The number with the words around it; long digits are cut. */
  quote: string;
  /** As it stands there. */
  now: string;
  /** As the data give it; null when nothing does. */
  was: string | null;
  /** Id of the figure; null when it is none. */
  figure: string | null;
  /** What the figure is called; null when it is none. */
  name: string | null;
  /** Chinese sentence: what contradicts what; null for all but contradictions. */
  reason: string | null;
}

/** What is known of the figure that a number stands for. */
export type About = Partial<Pick<Finding, 'was' | 'figure' | 'name' | 'reason'>>;

/** A finding about a number where it stands. */
export function toFinding(verdict: Verdict, { passage, token }: Placed, about: About = {}): Finding {
  return {
    verdict,
    place: passage.place,
    line: passage.line,
    quote: toQuote(passage.text, token.head, token.to),
    now: withoutLongDigits(token.text),
    was: about.was ?? null,
    figure: about.figure ?? null,
    name: about.name ?? null,
    reason: about.reason ?? null,
  };
}

/** The clause with the number, at most some words on either side. */
function toQuote(text: string, from: number, to: number): string {
  const left = /[^，。；：！？\t,;]*$/.exec(text.slice(Math.max(0, from - 18), from))?.[0] ?? '';
  const right = /^[^，。；：！？\t,;]*/.exec(text.slice(to, to + 10))?.[0] ?? '';
  return withoutLongDigits(`${left}${text.slice(from, to)}${right}`.trim());
}

/** Numbers of persons are long: 3601**********123X. */
const withoutLongDigits = (text: string): string =>
  text.replace(/\d{11,}[\dXx]?/g, (digits) => `${digits.slice(0, 4)}**********${digits.slice(-4)}`);

/** What a person is told about a finding: 应为855元，现为856元（低保标准）; '' where nothing is to be done. */
export function toWords({ verdict, was, now, name, reason }: Finding): string {
  if (verdict === 'contradictory') return `前后矛盾：${reason}`;
  if (verdict === 'changed') return `与数据不一致：应为${was}，现为${now}（${name}）`;
  return verdict === 'unbound' ? '对不上任何数，请人工核对' : '';
}
