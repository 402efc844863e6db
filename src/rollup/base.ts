import { type Earlier, evaluate, toDecimal, toFraction } from '../aggregate/index.ts';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import type { Base } from '../model.ts';
import { type Answers, type Counties, toAnswers, toNames } from './county.ts';
import { isAdded, toTotal } from './figure.ts';

type Side = 'lastYear' | 'yearEnd';

/** What the city's figures are compared with, by id: the counties' bases put together as the figures themselves are. */
export function toBases(side: Side, counties: Counties, { indicators }: Catalogue): Map<string, Earlier> {
  const bases = new Map<string, Earlier>();
  const find = (indicator: Indicator): Earlier | undefined => {
    const known = bases.get(indicator.id);
    if (known) return known;
    const found = isRatio(indicator)
      ? toRatio(indicator, (id) => {
          const operand = indicators.get(id);
          return operand && find(operand);
        })
      : toBase(side, indicator, toAnswers(indicator.id, indicator.单位, counties), counties);
    if (found) bases.set(indicator.id, found);
    return found;
  };
  for (const indicator of indicators.values()) find(indicator);
  return bases;
}

/** A ratio that follows from other figures. */
export const isRatio = ({ 类别, expression }: Indicator): boolean => 类别 === '比率' && expression !== null;

function toBase(
  side: Side,
  indicator: Indicator,
  { known, lacking }: Answers,
  { partial }: Counties,
): Earlier | undefined {
  if (lacking.length > 0 && !partial) return undefined;
  const bases = known.flatMap(({ county, figure }) => {
    const base = figure[side];
    return base ? [{ place: county.place, base }] : [];
  });
  const [first] = bases;
  if (!first) return undefined;
  const without = known.filter(({ figure }) => figure[side]?.value == null).map(({ county }) => county.place);
  const notes = bases.flatMap(({ place, base: { note } }) => (note === null ? [] : [`${place}：${note}`]));
  const shared = {
    period: first.base.period,
    where: '各县区的 facts.json',
    note: notes.length > 0 ? notes.join('；') : null,
    definition: null,
    covered: null,
  };
  if (without.length > 0) return { ...shared, value: null, reason: `缺${toNames(without)}` };
  const values = bases.map(({ base }) => base.value ?? '0');
  if (isAdded(indicator)) return { ...shared, value: toTotal(values), reason: null };
  const [one = '0', ...others] = [...new Set(values)];
  return others.length === 0
    ? { ...shared, value: one, reason: null }
    : { ...shared, value: null, reason: '各县区不同' };
}

function toRatio(
  { expression, operands }: Indicator,
  find: (id: string) => Earlier | undefined,
): Earlier | undefined {
  const bases = operands.map(find);
  const first = bases.find((base): base is Earlier => base !== undefined);
  if (expression === null || !first || bases.some((base) => base === undefined)) return undefined;
  const value = evaluate(
    expression,
    (id) => {
      const base: Pick<Base, 'value' | 'reason'> | undefined = find(id);
      return base?.value == null ? (base?.reason ?? '') : toFraction(base.value);
    },
    (id) => id,
  );
  const notes = [...new Set(bases.flatMap((base) => base?.note ?? []))];
  const shared = { ...first, note: notes.length > 0 ? notes.join('；') : null };
  return typeof value === 'string'
    ? { ...shared, value: null, reason: value }
    : { ...shared, value: toDecimal(value), reason: null };
}
