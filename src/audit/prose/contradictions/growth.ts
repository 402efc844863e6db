import { toQuotient, toRounded } from '../../../format.ts';
import { compareValue } from '../compare.ts';
import type { NumberToken } from '../numbers.ts';
import type { Placed } from '../place.ts';
import { isGrowth } from './interval.ts';
import { between, type Contradiction, findEarlier, isAmount, type Scene, toSentence } from './scene.ts';

const ADJACENT = /^[，,、]?(?:与?[比较](?:上年|去年)(?:同期|末|底)?|同比|环比)?$/;
const TURNED = /(?:增加|增长|提高|上升|发展|扩大|减少|下降|降|变|调整|压减|上调)(?:到|至|为)$/;

/** Growth that does not follow: from the two numbers beside it, or from any whole number of last year. */
export function findWrongGrowth(scene: Scene): Contradiction[] {
  return scene.placed.flatMap((growth) => {
    if (growth.token.measure !== '%' || growth.token.sign === 0 || growth.token.bound !== null) return [];
    const [after, before] = findEarlier(scene, growth, isAmount);
    if (!after || scene.text.slice(after.token.to, growth.token.head).length > 14) return [];
    const turned =
      before && TURNED.test(between(scene, before.token, after.token)) && isAlike(scene, before, after);
    if (turned)
      return isGrowth(growth.token, before.token, after.token) ? [] : [toTurned(growth, before, after)];
    if (!ADJACENT.test(scene.text.slice(after.token.to, growth.token.head))) return [];
    return isWhole(scene, after) && !hasBase(growth.token, after.token) ? [toBaseless(growth, after)] : [];
  });
}

const isAlike = ({ units }: Scene, one: Placed, other: Placed): boolean =>
  units.areAlike(one.token.measure, other.token.measure);

/** Things are whole, and so are standards in 元; an average or a sum of money need not be. */
function isWhole(scene: Scene, { token }: Placed): boolean {
  if (!token.step.eq(1) || token.value.lt(1)) return false;
  const { from, to } = toSentence(scene, token);
  return token.measure !== '元' || scene.prose.整元.some((word) => scene.text.slice(from, to).includes(word));
}

/** The whole numbers of last year that come nearest. */
function findBases({ value, sign }: NumberToken, after: NumberToken) {
  const ideal = toQuotient(after.value, value.times(sign).plus(1));
  return [ideal.round(0, 0), ideal.round(0, 3)].filter((base) => base.gt(0));
}

const toChange = (after: NumberToken, base: NumberToken['value']) =>
  toQuotient(after.value.minus(base), base).abs();

function hasBase(growth: NumberToken, after: NumberToken): boolean {
  const bases = findBases(growth, after);
  return (
    bases.length === 0 ||
    bases.some((base) => compareValue({ ...growth, bound: null }, toChange(after, base)) !== 'other')
  );
}

function toBaseless(growth: Placed, after: Placed): Contradiction {
  const unit = after.token.measure;
  const decimals = (/\.(\d+)/.exec(growth.token.text)?.[1] ?? '').length;
  const bases = findBases(growth.token, after.token).map(
    (base) => `上年${base}${unit}为${toRounded(toChange(after.token, base).times(100), decimals)}%`,
  );
  return {
    primary: growth,
    others: [after],
    reason: `${after.token.text}${growth.token.text}：没有哪个整数的上年数算得出（${bases.join('，')}）`,
  };
}

const toTurned = (growth: Placed, before: Placed, after: Placed): Contradiction => ({
  primary: growth,
  others: [before, after],
  reason: `由${before.token.text}到${after.token.text}应为${toRounded(toChange(after.token, before.token.value).times(100), 1)}%，文中是${growth.token.text}`,
});
