import { toQuotient, toRounded } from '../../../format.ts';
import type { Placed } from '../place.ts';
import { between, type Contradiction, type Scene } from './scene.ts';

/** How far a sum of money may lie from its monthly amount per person. */
const NEAR = 90;
/** Persons on a roll at one time may be fewer than those of a month before. */
const SLACK = 1.25;

/** 月人均730元, 3028人, 2850.46万元: that much money is more months than the persons have. */
export function findTooManyMonths(scene: Scene): Contradiction[] {
  return scene.placed.flatMap((rate) => {
    if (rate.token.measure !== '元' || !isMonthly(scene, rate)) return [];
    const sums = scene.placed.filter(
      (each) => each !== rate && isSum(each) && toDistance(rate, each) <= NEAR,
    );
    const [sum] = sums.sort((a, b) => toDistance(rate, a) - toDistance(rate, b));
    const persons = sum && findPersons(scene, sum);
    if (!sum || !persons) return [];
    const months = toQuotient(sum.token.value, rate.token.value);
    const most = persons.token.value.times(scene.months);
    const strict = scene.prose.累计.some((word) => clauseBefore(scene, persons).includes(word));
    // Half a unit of the rate either way moves the months by less than this.
    if (months.times(0.995).lte(most.times(strict ? 1 : SLACK))) return [];
    const reason = `${sum.token.text}按每人每月${rate.token.text.replace(/^\D+/, '')}是${toRounded(months, 0)}人月，${persons.token.text}${scene.months}个月最多${most.toFixed()}人月`;
    return [{ primary: rate, others: [sum, persons], reason }];
  });
}

const clauseBefore = ({ text }: Scene, { token }: Placed): string =>
  /[^，。；,;]*$/.exec(text.slice(0, token.from))?.[0] ?? '';

function isMonthly(scene: Scene, rate: Placed): boolean {
  const clause = clauseBefore(scene, rate).slice(-14);
  return (
    scene.prose.人均.some((word) => clause.includes(word)) &&
    !scene.prose.整元.some((word) => clause.includes(word))
  );
}

/** Money in 万元 or more is a sum. */
const isSum = ({ token }: Placed): boolean => token.measure === '元' && token.value.gte(100_000);

const toDistance = (one: Placed, other: Placed): number =>
  Math.min(Math.abs(other.token.from - one.token.to), Math.abs(one.token.from - other.token.to));

/** Whose money it is: the persons just before it, households aside. */
function findPersons(scene: Scene, sum: Placed): Placed | undefined {
  const index = scene.placed.indexOf(sum);
  const before = scene.placed[index - 1];
  if (!before || !scene.units.areAlike(before.token.measure, '人')) return undefined;
  return /^[^，。；,;]{0,24}$/.test(between(scene, before.token, sum.token)) ? before : undefined;
}
