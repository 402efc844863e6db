import { canBeSame } from '../compare.ts';
import type { Placed } from '../place.ts';
import { type Contradiction, isAmount, type Scene, toSentence } from './scene.ts';

/** Words that say nothing of what a number is about. */
const EMPTY = /[共仅只有已达为是约近现总计至少的]|目前|截至/g;
/** A sentence that tells of several times, places or steps may give one thing several values. */
const SEVERAL = /其中|分别|另|新增|每|再|各|\d{4}年|月|上半年|下半年|第[一二三四]/;

/** One thing with two values: 养老机构5家 here and 养老机构只有6家 there. */
export function findTwoValues(scenes: Scene[]): Contradiction[] {
  const seen = new Map<string, Placed>();
  return scenes.flatMap((scene) =>
    scene.placed.flatMap((placed) => {
      const subject = toSubject(scene, placed);
      const before = subject === null ? undefined : seen.get(subject);
      if (subject !== null && before === undefined) seen.set(subject, placed);
      if (before === undefined || canBeSame(before.token, placed.token)) return [];
      const reason = `${before.passage.place}同样的话是${before.token.text}，这里是${placed.token.text}`;
      return [{ primary: placed, others: [before], reason }];
    }),
  );
}

/** The words right before a number, and its unit; null where they are too few, of another time, or begin in a number: 80岁以上老人. */
function toSubject(scene: Scene, { token }: Placed): string | null {
  const { from, to } = toSentence(scene, token);
  const { 目标, 往期 } = scene.prose;
  const sentence = scene.text.slice(from, to);
  if (
    !isAmount(token) ||
    SEVERAL.test(sentence) ||
    [...目标, ...往期].some((word) => sentence.includes(word))
  )
    return null;
  const words = (
    /(?<![\d\u4e00-\u9fa5])[\u4e00-\u9fa5]*$/.exec(scene.text.slice(from, token.from))?.[0] ?? ''
  ).replace(EMPTY, '');
  const own = words.replace(/^.*?(?=.{4,6}$)/, '');
  return own.length < 4 ? null : `${own} ${token.measure}`;
}
