import type { Placed } from '../place.ts';
import { isSum } from './interval.ts';
import { between, type Contradiction, isAmount, type Scene, toSentence } from './scene.ts';

/** Parts behind 其中 or in brackets that do not sum to the total, or of which one is greater than it. */
export function findWrongParts(scene: Scene): Contradiction[] {
  return scene.placed.flatMap((total, index) => {
    const next = scene.placed[index + 1];
    if (!next || !isAmount(total.token)) return [];
    const opening = /^\s?(?:[，,、；]?其中|[(（])/.exec(between(scene, total.token, next.token))?.[0];
    if (opening === undefined) return [];
    const parts = findParts(scene, total, index + 1, /[(（]$/.test(opening));
    const greater = parts.slice(0, 1).find(({ token }) => token.value.gt(total.token.value));
    if (greater)
      return [
        {
          primary: greater,
          others: [total],
          reason: `其中的${greater.token.text}比总数${total.token.text}还多`,
        },
      ];
    const all = findComplete(scene, parts);
    if (
      all === null ||
      isSum(
        all.map(({ token }) => token),
        total.token,
      )
    )
      return [];
    const sum = all.reduce(
      (value, { token }) => value.plus(token.value),
      all[0]?.token.value.times(0) ?? total.token.value,
    );
    return [
      {
        primary: total,
        others: all,
        reason: `${all.map(({ token }) => token.text).join('加')}得${sum.toFixed()}，总数是${total.token.text}`,
      },
    ];
  });
}

/** What follows of the same sort, to the end of the sentence or of the brackets. */
function findParts(scene: Scene, total: Placed, from: number, bracketed: boolean): Placed[] {
  const { to } = toSentence(scene, total.token);
  const close = bracketed ? scene.text.slice(total.token.to).search(/[)）]/) + total.token.to : to;
  return scene.placed
    .slice(from)
    .filter(({ token }) => token.to <= Math.min(to, close < total.token.to ? to : close))
    .filter(({ token }) => isAmount(token) && scene.units.areAlike(token.measure, total.token.measure));
}

/** The parts that a group of the dictionary names, when each of its words names one; null when they are not all there. */
function findComplete(scene: Scene, parts: Placed[]): Placed[] | null {
  const labels = parts.map((part) => toLabel(scene, part));
  for (const group of scene.prose.分项) {
    const words = [...group].sort((a, b) => b.length - a.length);
    const named = labels.map((label) => words.find((word) => label.includes(word)));
    const found = parts.filter((_, index) => named[index] !== undefined);
    if (found.length === group.length && new Set(named.filter(Boolean)).size === group.length) return found;
  }
  return null;
}

/** The words between the number before and this one, from the last comma on. */
function toLabel(scene: Scene, part: Placed): string {
  const before = scene.placed[scene.placed.indexOf(part) - 1];
  return /[^，,、；(（]*$/.exec(scene.text.slice(before?.token.to ?? 0, part.token.from))?.[0] ?? '';
}
