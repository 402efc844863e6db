import type { NumberToken } from './numbers.ts';
import type { Passage } from './passage.ts';

/** How many characters around a number tell where it stands. */
const LEFT = 28;
const RIGHT = 10;

/** A number where it stands. */
export interface Placed {
  token: NumberToken;
  passage: Passage;
  /** The words before it, without 增长 or 约, with other numbers as #; begins with ¶ where the passage does. */
  left: string;
  /** The words after it, likewise. */
  right: string;
  /** Both as one, to be looked up. */
  key: string;
}

/** The numbers of a passage with the words around them. */
export function toPlaced(passage: Passage, tokens: NumberToken[]): Placed[] {
  const masked = mask(passage.text, tokens);
  return tokens.map((token, index) => {
    const left = `¶${masked.slice(0, index + 1).join('#')}`.slice(-LEFT);
    const right = `${masked.slice(index + 1).join('#')}¶`.slice(0, RIGHT);
    return { token, passage, left, right, key: `${left}#${right}` };
  });
}

/** The text between the numbers; blanks and marks of paragraphs differ between formats and say nothing. */
function mask(text: string, tokens: NumberToken[]): string[] {
  const ends = [0, ...tokens.map(({ to }) => to)];
  const starts = [...tokens.map(({ head }) => head), text.length];
  return ends.map((end, index) => text.slice(end, starts[index]).replace(/[ \u3000\r\n]/g, ''));
}

/** How alike two places are, 0 to 1: the words from the last comma on count most. */
export function comparePlaces(one: Placed, other: Placed): number {
  if (one.key === other.key) return 1;
  const label = compareLabels(toLabel(one.left), toLabel(other.left));
  const left = compareTexts(reverse(one.left), reverse(other.left));
  return 0.4 * label + 0.4 * left + 0.2 * compareTexts(one.right, other.right);
}

/** In a row of a table all cells before say what a number is. */
const toLabel = (left: string): string =>
  left.includes('\t') ? left : (/[^，。；、,;¶]*$/.exec(left)?.[0] ?? '');

/** True where the very same words lead to both. */
export const hasSameLabel = (one: Placed, other: Placed): boolean =>
  toLabel(one.left) === toLabel(other.left);

const compareLabels = (one: string, other: string): number => (one === other ? 1 : comparePairs(one, other));

const reverse = (text: string): string => [...text].reverse().join('');

/** Half for what both begin with, half for the pairs of characters that both have. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 1;
  let same = 0;
  while (same < 8 && same < one.length && one[same] === other[same]) same += 1;
  return 0.5 * (same / Math.min(8, Math.max(one.length, other.length))) + 0.5 * comparePairs(one, other);
}

function comparePairs(one: string, other: string): number {
  const pairs = (text: string) =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
  const [a, b] = [pairs(one), new Set(pairs(other))];
  if (a.length === 0 || b.size === 0) return 0;
  return (2 * new Set(a.filter((pair) => b.has(pair))).size) / (new Set(a).size + b.size);
}
