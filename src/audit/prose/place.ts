import type { NumberToken } from './numbers.ts';
import type { Passage } from './passage.ts';

/** How many characters around a number tell where it stands. */
const LEFT = 28;
const RIGHT = 10;

/** A number where it stands. */
export interface Placed {
  token: NumberToken;
  passage: Passage;
  /** The words before it, with other numbers as #; begins with ¶ where the passage does. */
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
  const starts = [...tokens.map(({ from }) => from), text.length];
  return ends.map((end, index) => text.slice(end, starts[index]).replace(/[ \u3000\r\n]/g, ''));
}

/** How alike two places are, 0 to 1: the nearest words count most. */
export function comparePlaces(one: Placed, other: Placed): number {
  if (one.key === other.key) return 1;
  return (
    0.7 * compareTexts(reverse(one.left), reverse(other.left)) + 0.3 * compareTexts(one.right, other.right)
  );
}

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
