import { toDecimal, toFraction, toPending } from '../aggregate/index.ts';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toSpanText, toText } from '../format.ts';
import type { Basis, Figure, Period } from '../model.ts';
import { type Answers, type Counties, toAnswers, toNames, toParts } from './county.ts';

/**
 * A city's figure from its counties', by what may be done with its kind; `shell` is the figure before its value. Ratios
 * that follow from others are not made here: they are computed anew from the city's own parts.
 */
export function toCityFigure(
  indicator: Indicator,
  shell: Figure,
  counties: Counties,
  catalogue: Catalogue,
): Figure {
  const answers = toAnswers(indicator.id, indicator.单位, counties);
  const { known, lacking, absent } = answers;
  if (absent) return { ...shell, status: 'absent', reason: '无来源' };
  const way = toWay(indicator, answers);
  const parts = toParts(answers, catalogue);
  const figure: Figure = { ...shell, covered: toCovered(known), basis: toBasis(way.formula, answers), parts };
  if (known.length === 0) return toPending(figure, toCommonReason(answers));
  if (lacking.length > 0 && !counties.partial)
    return toPending(figure, `缺${toNames(lacking.map(({ place }) => place))}`);
  if (way.reason !== undefined) return toPending(figure, way.reason);
  const { 单位: unit, decimals } = indicator;
  if (way.range)
    return { ...figure, status: 'known', range: way.range, text: toSpanText(way.range, unit, decimals) };
  return { ...figure, status: 'known', value: way.value, text: toText(way.value, unit, decimals) };
}

/** Why no county knows it: their own reason where it is one and the same. */
function toCommonReason({ lacking }: Answers): string {
  const [reason = '', ...others] = new Set(
    lacking.flatMap((each) => (each.file === null ? [] : [each.reason])),
  );
  return others.length === 0 && reason !== '' ? reason : '各县区都没有或待核';
}

/** What comes of the counties' values, and how: a value, a range, or why there is neither. */
type Way = { formula: string } & (
  | { value: string; range?: undefined; reason?: undefined }
  | { value?: undefined; range: { low: string; high: string }; reason?: undefined }
  | { value?: undefined; range?: undefined; reason: string }
);

const isDistinctPersons = ({ 计算 }: Indicator): boolean => 计算 === '人数去重' || 计算 === '户数去重';

/** True for sums in which a person who is in two counties counts twice. */
export const countsTwice = (indicator: Indicator, operand: (id: string) => Indicator | undefined): boolean =>
  isDistinctPersons(indicator) ||
  indicator.operands.some((id) => {
    const other = operand(id);
    return other !== undefined && countsTwice(other, operand);
  });

/** True for the kinds whose values may be added over areas. */
export const isAdded = ({ 类别, 汇总 }: Indicator): boolean =>
  汇总 !== '不加' && (类别 === '当期数' || 类别 === '人次' || 类别 === '期末数');

function toWay(indicator: Indicator, { known }: Answers): Way {
  const values = known.map(({ value }) => value);
  if (isAdded(indicator)) {
    const twice = isDistinctPersons(indicator) ? '，各县区内去重，同一人（户）在两个县区的各计一次' : '';
    return { formula: `各县区之和${twice}`, value: toTotal(values) };
  }
  const [first = '0', ...others] = [...new Set(values.map((value) => toDecimal(toFraction(value))))];
  if (others.length === 0) return { formula: '各县区相同', value: first };
  if (indicator.类别 === '标准' || indicator.类别 === '目标') return toRange([first, ...others]);
  return { formula: '各县区不同', reason: '各县区的数不能相加，也不能平均' };
}

function toRange(values: string[]): Way {
  const sorted = values.toSorted((a, b) => {
    const [left, right] = [toFraction(a), toFraction(b)];
    return left.n * right.d < right.n * left.d ? -1 : 1;
  });
  return {
    formula: '各县区的最低与最高',
    range: { low: sorted[0] ?? '0', high: sorted.at(-1) ?? '0' },
  };
}

/** Exact sum of exact decimals. */
export function toTotal(values: string[]): string {
  const sum = values
    .map(toFraction)
    .reduce((a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d }), { n: 0n, d: 1n });
  return toDecimal(sum);
}

/** Leads down to each county; the county's own 口径 stands behind the formula where they all have the same. */
function toBasis(formula: string, { known, lacking }: Answers): Basis {
  const own = new Set(
    known.flatMap(({ figure: { basis } }) =>
      basis.type === 'rows' ? [`${basis.formula}，${basis.filter}`] : [],
    ),
  );
  const [definition] = own;
  return {
    type: 'counties',
    formula: own.size === 1 ? `${formula}（县区口径：${definition}）` : formula,
    from: [
      ...known.map(({ county: { place, file }, figure, value }) => ({
        place,
        file,
        value,
        text: figure.text,
      })),
      ...lacking.map(({ place, file, reason }) => ({
        place,
        file,
        value: null,
        text: `〔待核：${reason}〕`,
      })),
    ],
  };
}

/** Months that the data cover, where all counties' data cover the same; else it is a problem of its own. */
function toCovered(known: Answers['known']): Period | null {
  const [first, ...others] = known.map(({ figure }) => figure.covered);
  const same = others.every((each) => JSON.stringify(each) === JSON.stringify(first));
  return same ? (first ?? null) : null;
}
