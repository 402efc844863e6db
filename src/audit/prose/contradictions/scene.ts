import type { Prose } from '../../../catalogue/index.ts';
import type { NumberToken } from '../numbers.ts';
import type { Placed } from '../place.ts';
import type { Units } from '../units.ts';

/** The numbers of one passage that may be figures, and what is known of the words around them. */
export interface Scene {
  text: string;
  placed: Placed[];
  prose: Prose;
  units: Units;
  /** Months that the document is about; 12 where nothing says. */
  months: number;
}

/** Numbers of which one does not follow from the others. */
export interface Contradiction {
  /** The one that does not follow. */
  primary: Placed;
  /** Those from which it does not follow: one of them may be the wrong one. */
  others: Placed[];
  /** Chinese sentence. */
  reason: string;
}

/** The words between two numbers. */
export const between = ({ text }: Scene, one: NumberToken, other: NumberToken): string =>
  text.slice(one.to, other.from);

/** Where the sentence of a number begins and ends. */
export function toSentence({ text }: Scene, { from, to }: NumberToken): { from: number; to: number } {
  const start = /[^。；;！？\n]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  const end = /^[^。；;！？\n]*/.exec(text.slice(to))?.[0].length ?? 0;
  return { from: from - start, to: to + end };
}

/** Numbers before another in its sentence that are said of the same sort of things, the nearest first. */
export function findEarlier(
  scene: Scene,
  { token }: Placed,
  alike: (token: NumberToken) => boolean,
): Placed[] {
  const { from } = toSentence(scene, token);
  return scene.placed
    .filter(({ token: other }) => other.from >= from && other.to <= token.head && alike(other))
    .reverse();
}

/** True for what can be counted or paid: no percentage, no age. */
export const isAmount = ({ measure, bound }: NumberToken): boolean =>
  !['', '%', '百分点', ':1', '周岁', '岁', '年', '天', '小时', '分钟', '个月', '级', '位'].includes(
    measure,
  ) && bound === null;
