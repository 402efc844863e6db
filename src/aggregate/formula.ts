import type { Indicator } from '../catalogue/index.ts';
import { toText } from '../format.ts';
import type { Figure, FigurePart } from '../model.ts';
import { evaluate } from './evaluate.ts';
import { add, type Fraction, toDecimal, toFraction } from './fraction.ts';
import type { Setting } from './index.ts';
import { toKnownPart, toPendingPart } from './parts.ts';
import { toPending, toShell } from './shell.ts';
import { toFormula } from './words.ts';

/** Figures that the catalogue computes from others, given those that are taken from rows and facts. */
export function computeFormulas(
  figures: Map<string, Figure>,
  setting: Setting,
  given: Set<string>,
): Map<string, Figure> {
  const computed = new Map<string, Figure>();
  const find = (id: string): Figure | undefined => {
    const known = figures.get(id) ?? computed.get(id);
    const indicator = setting.catalogue.indicators.get(id);
    if (known || !indicator) return known;
    const figure = toFigure(indicator, indicator.operands.map(find), setting, given);
    computed.set(id, figure);
    return figure;
  };
  for (const { id, expression } of setting.catalogue.indicators.values()) if (expression !== null) find(id);
  return computed;
}

function toFigure(
  indicator: Indicator,
  operands: (Figure | undefined)[],
  setting: Setting,
  given: Set<string>,
): Figure {
  const known = operands.flatMap((figure) => figure ?? []);
  const shell: Figure = {
    ...toShell(indicator, setting),
    covered: known.find(({ covered }) => covered !== null)?.covered ?? null,
    basis: { type: 'derived', formula: toFormula(indicator), from: indicator.operands },
  };
  const parts = toParts(indicator, known);
  const whole = indicator.by === null || indicator.类别 === '比率' ? null : toSum(parts, indicator.by);
  const value = whole ?? toValue(indicator, known);
  if (typeof value === 'string') {
    if (!given.has(indicator.business)) return { ...shell, status: 'absent', reason: '无来源' };
    return toPending(shell, value);
  }
  const exact = toDecimal(value);
  const figure: Figure = {
    ...shell,
    status: 'known',
    value: exact,
    text: toText(exact, indicator.单位, indicator.decimals),
  };
  return parts.length > 0 ? { ...figure, parts } : figure;
}

function toValue(indicator: Indicator, operands: Figure[]): Fraction | string {
  return toResult(indicator, operands, ({ status, value, name, range }) => {
    if (value !== null) return toFraction(value);
    return range ? `各县区的${name}不同` : `${name}${status === 'absent' ? '没有来源' : '待核'}`;
  });
}

function toResult(
  { expression }: Indicator,
  operands: Figure[],
  toOperand: (figure: Figure) => Fraction | string,
): Fraction | string {
  const find = (id: string) => operands.find((figure) => figure.id === id);
  if (expression === null) return '没有公式';
  return evaluate(
    expression,
    (id) => {
      const figure = find(id);
      return figure ? toOperand(figure) : `${id}没有来源`;
    },
    (id) => find(id)?.name ?? id,
  );
}

/** One value for every part that the operands tell apart in the same way. */
function toParts(indicator: Indicator, operands: Figure[]): FigurePart[] {
  const counted = operands.filter((figure) => !holdsEverywhere(figure));
  const has = (figure: Figure, by: string) => figure.parts?.some((part) => part.by === by) ?? false;
  const places = new Map(
    counted.flatMap(({ parts = [] }) => parts.map((part) => [toKey(part), part] as const)),
  );
  return [...places.values()]
    .filter(({ name, by }) => name !== null && counted.every((figure) => has(figure, by)))
    .map((place) => {
      const value = toResult(indicator, operands, (figure) => toOperand(figure, place));
      return typeof value === 'string'
        ? toPendingPart(place, value)
        : toKnownPart(place, toDecimal(value), indicator);
    });
}

const toKey = ({ by, within, name }: FigurePart): string => [by, within, name].join('\n');

/** Standards, targets and rates that are stated hold for each part; what was counted must have been counted there. */
const holdsEverywhere = ({ kind, basis }: Figure): boolean =>
  basis.type === 'manual' && ['标准', '目标', '比率'].includes(kind);

function toOperand(figure: Figure, place: FigurePart): Fraction | string {
  const part = figure.parts?.find((each) => toKey(each) === toKey(place));
  if (part) return part.value === null ? (part.reason ?? '') : toFraction(part.value);
  if (holdsEverywhere(figure) && figure.value !== null) return toFraction(figure.value);
  return `没有${place.name}的${figure.name}`;
}

/** The parts added up; why there is no sum when a part has no value, null when there are no parts. */
function toSum(parts: FigurePart[], by: string): Fraction | string | null {
  const own = parts.filter((part) => part.by === by);
  const open = own.find(({ value }) => value === null);
  if (open) return `${open.name}：${open.reason}`;
  if (own.length === 0) return null;
  return own.map(({ value }) => toFraction(value ?? '0')).reduce(add);
}
