import { toQuotient, toRounded } from '../../../format.ts';
import type { Placed } from '../place.ts';
import { isShare, toInterval } from './interval.ts';
import { between, type Contradiction, findEarlier, isAmount, type Scene } from './scene.ts';

/** Percentages that do not follow from their two numbers: 完成目标4000张的110.3%, 占24.51%, 整改率78.3%. */
export function findWrongShares(scene: Scene): Contradiction[] {
  return scene.placed
    .filter(({ token }) => token.measure === '%' && token.sign === 0 && token.bound === null)
    .flatMap(
      (share) => findOfTarget(scene, share) ?? findOfWhole(scene, share) ?? findRate(scene, share) ?? [],
    );
}

const isAlike = ({ units }: Scene, one: Placed, other: Placed): boolean =>
  units.areAlike(one.token.measure, other.token.measure);

/** 完成…目标4000张的110.3%, …指标(4000张)110.3%: some number before is that share of the target. */
function findOfTarget(scene: Scene, share: Placed): Contradiction[] | null {
  const index = scene.placed.indexOf(share);
  const target = scene.placed[index - 1];
  if (!target || !isAmount(target.token) || !/^\s?[)）]?的?$/.test(between(scene, target.token, share.token)))
    return null;
  const before = scene.text.slice(Math.max(0, target.token.head - 20), target.token.head);
  if (!/完成[^，。；]*$/.test(before)) return null;
  const parts = scene.placed
    .slice(0, index - 1)
    .filter((each) => isAlike(scene, each, target) && each.token.sign === 0);
  if (parts.length === 0 || parts.some((part) => isShare(share.token, part.token, target.token))) return [];
  return [toContradiction(share, parts.at(-1), target, parts)];
}

/** 占24.51%: the nearest number is that share of a greater one in the sentence. */
function findOfWhole(scene: Scene, share: Placed): Contradiction[] | null {
  if (!/占(?:比|[^，。；、]{0,12}的)?(?:为|达|约)?$/.test(scene.text.slice(0, share.token.head))) return null;
  const [part, ...rest] = findEarlier(scene, share, isAmount);
  if (!part) return null;
  const wholes = rest.filter((each) => isAlike(scene, each, part) && each.token.value.gte(part.token.value));
  if (wholes.length === 0 || wholes.some((whole) => isShare(share.token, part.token, whole.token))) return [];
  return [toContradiction(share, part, wholes[0], wholes)];
}

/** 整改18条，整改率78.3%: what the rate is named after, divided by a number before it. */
function findRate(scene: Scene, share: Placed): Contradiction[] | null {
  const stem = /([\u4e00-\u9fa5]{2})率(?:为|达|达到)?$/.exec(scene.text.slice(0, share.token.head))?.[1];
  if (stem === undefined) return null;
  const [part, ...rest] = findEarlier(scene, share, isAmount);
  if (!part?.left.slice(-6).includes(stem)) return null;
  const wholes = rest.filter((each) => isAlike(scene, each, part));
  if (wholes.length === 0 || wholes.some((whole) => isShare(share.token, part.token, whole.token))) return [];
  return [toContradiction(share, part, wholes[0], wholes)];
}

/** `tried` are those of which none fits: any of them may be the wrong one. */
function toContradiction(
  share: Placed,
  part: Placed | undefined,
  whole: Placed | undefined,
  tried: Placed[],
): Contradiction {
  const named = [part, whole].filter((each) => each !== undefined);
  const percent =
    part && whole && toInterval(whole.token).low.gt(0)
      ? `${toRounded(toQuotient(part.token.value, whole.token.value).times(100), 2)}%`
      : '别的数';
  return {
    primary: share,
    others: [...named, ...tried],
    reason: `${named.map(({ token }) => token.text).join('除以')}得${percent}，文中是${share.token.text}`,
  };
}
