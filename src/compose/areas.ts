import Big from 'big.js';
import type Handlebars from 'handlebars';
import { toCompletions, toPartFigure } from '../aggregate/index.ts';
import type { Figure, FigurePart } from '../model.ts';
import type { Reference } from './helpers.ts';
import { withoutMarks } from './marks.ts';

/** Blocks that are about the areas or institutions of figures. */
export const AREA_BLOCKS = ['各地', '有未达目标'] as const;
/** Helpers that name areas of one figure, and the area that is being written. */
export const RANKS = ['最高', '最低', '前三', '未达目标'] as const;
export const AREA_NAME = '地名';

type Place = Pick<FigurePart, 'by' | 'name' | 'within'>;
type Options = Handlebars.HelperOptions;

/** What the helpers need of a rendering. */
interface Shared {
  figures: Map<string, Figure>;
  /** Names of the area fields, the widest first. */
  levels: string[];
  print: (figure: Figure) => string;
  pending: (figure: Figure, reason: string) => string;
  /** What names mean where a figure is `find`'s. */
  toContext: (find: (id: string) => Figure | undefined) => unknown;
}

/** Helpers for figures by area: {{#各地 …}} writes its text once for each, the ranks name some of them. */
export function toAreaHelpers(shared: Shared) {
  const { figures, print, pending } = shared;
  let here = '';
  const toKept = (figure: Figure, place: Place): Figure => keep(toPart(figure, place), figures);
  const rank = (choose: (parts: Figure[]) => Figure[], word: (figure: Figure) => string) =>
    function (this: unknown, ...parameters: unknown[]) {
      const { first, by } = toArguments(parameters, shared.levels);
      const places = findPlaces([first], by).filter(({ name }) => name !== null);
      const parts = places.map((place) => toKept(first, place));
      const unsure = parts.filter(({ status }) => status !== 'known').length;
      if (parts.length === 0) return pending(first, `${first.name}没有分地区的数`);
      if (unsure > 0) return pending(first, `${first.name}有${unsure}个地区待核`);
      const chosen = choose(parts);
      return chosen.map((part) => `${toPlace(places[parts.indexOf(part)])}（${word(part)}）`).join('、');
    };
  const completionOf = (part: Figure): Figure | undefined => figures.get(`${part.id}#完成率`);
  const findBehind = (parts: Figure[]): Figure[] =>
    sort(
      parts.filter((part) => new Big(completionOf(part)?.value ?? 1).lt(1)),
      (part) => completionOf(part)?.value ?? '1',
    );
  return {
    各地(this: unknown, ...parameters: unknown[]) {
      const { all, by, options } = toArguments(parameters, shared.levels);
      const texts = findPlaces(all, by).map((place) => {
        here = toPlace(place);
        return options.fn(
          shared.toContext((id) => {
            const figure = figures.get(id);
            return figure && toKept(figure, place);
          }),
        );
      });
      here = '';
      return texts.length === 0 ? options.inverse(this) : texts.join('');
    },
    [AREA_NAME]: () => here,
    最高: rank((parts) => equals(sort(parts, toValue, -1), 1), print),
    最低: rank((parts) => equals(sort(parts, toValue), 1), print),
    前三: rank((parts) => equals(sort(parts, toValue, -1), 3), print),
    未达目标: rank(findBehind, (part) => `完成${print(completionOf(part) ?? part)}`),
    有未达目标(this: unknown, ...parameters: unknown[]) {
      const { first, by, options } = toArguments(parameters, shared.levels);
      const parts = findPlaces([first], by).map((place) => toKept(first, place));
      const unsure = parts.some(({ status }) => status !== 'known');
      return unsure || findBehind(parts).length > 0 ? options.fn(this) : options.inverse(this);
    },
  };
}

const toValue = ({ value }: Figure): string => value ?? '0';

/** Ascending, or descending with -1; equal ones stay in the order of the rows. */
const sort = (parts: Figure[], by: (part: Figure) => string, way: 1 | -1 = 1): Figure[] =>
  [...parts].sort((a, b) => way * new Big(by(a)).cmp(by(b)));

/** The first few, and those that are equal to the last of them. */
function equals(parts: Figure[], count: number): Figure[] {
  const last = parts[Math.min(count, parts.length) - 1];
  return parts.filter((part, index) => index < count || (last && new Big(toValue(part)).eq(toValue(last))));
}

/** Figures that a helper was given, and the field by whose values they are told apart. */
function toArguments(parameters: unknown[], levels: string[]) {
  const options = parameters.at(-1) as Options;
  const all = parameters
    .slice(0, -1)
    .flatMap((each) => (typeof each === 'string' ? [] : [(each as Reference).figure]));
  const named = parameters.find((each): each is string => typeof each === 'string');
  const has = (level: string) => all.some(({ parts }) => parts?.some(({ by }) => by === level));
  const by = named ?? levels.find(has) ?? '';
  return { all, first: all[0] as Figure, by, options };
}

/** Areas that one of the figures has; rows that name none last. */
function findPlaces(figures: Figure[], by: string): Place[] {
  const found = new Map<string, Place>();
  for (const { parts = [] } of figures)
    for (const part of parts) if (part.by === by) found.set(JSON.stringify([part.within, part.name]), part);
  const places = [...found.values()];
  return [...places.filter(({ name }) => name !== null), ...places.filter(({ name }) => name === null)];
}

/** "|" would begin another cell of a table. */
const toPlace = (place: Place | undefined): string =>
  withoutMarks(place?.name ?? '未写明').replace(/[|\s]+/g, '');

/** A figure of one area, with its own target; pending where the area has none. */
const toPart = (figure: Figure, place: Place): Figure => toPartFigure(figure, place, toPlace(place));

/** Helpers find the completion of a figure by its id. */
function keep(part: Figure, figures: Map<string, Figure>): Figure {
  if (!figures.has(part.id) && part.value !== null)
    for (const child of toCompletions(part, part.value)) figures.set(child.id, child);
  return part;
}
