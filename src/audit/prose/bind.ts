import Big from 'big.js';
import type { Prose } from '../../catalogue/index.ts';
import { toMeasure } from '../../format.ts';
import type { Figure } from '../../model.ts';
import { compareValue, type Nearness } from './compare.ts';
import type { NumberToken } from './numbers.ts';
import { comparePlaces, type Placed } from './place.ts';
import type { Expected } from './reference.ts';
import type { Units } from './units.ts';

/** A figure that a number seems to stand for, and how sure that is, 0 to 1. */
export interface Binding {
  figure: Figure;
  nearness: Nearness;
  /** The number as the data give it. */
  was: string;
}

/** What is known for binding numbers by words alone. */
export interface Glossary {
  figures: Figure[];
  /** Where the drafts print each figure, by id. */
  places: Map<string, Expected[]>;
  units: Units;
  prose: Prose;
  /** What each figure is also called, by id. */
  aliases: ReadonlyMap<string, string[]>;
}

/** Where the value fits, so much likeness of words is enough, by its digits: short numbers fit by chance. */
const LIKELY = [1, 0.5, 0.5, 0.3, 0.15];
/** Where it does not, the words must leave no doubt, and no other figure may come near. */
const SURE = 0.8;
const MARGIN = 0.15;

/** The drafts' places of each figure. */
export function toPlaces(drafts: Expected[][]): Map<string, Expected[]> {
  const places = new Map<string, Expected[]>();
  for (const each of drafts.flat())
    if (each.figure !== null) places.set(each.figure, [...(places.get(each.figure) ?? []), each]);
  return places;
}

/** Finds the figure that a number of a hand-written text stands for, by its unit and the words around; null when in doubt. */
export function bind(placed: Placed, glossary: Glossary): Binding | null {
  const { token } = placed;
  const rated = glossary.figures
    .filter((figure) => fitsUnit(placed, figure, glossary.units))
    .map((figure) => ({ figure, ...rate(placed, figure, glossary) }))
    .sort((a, b) => b.near - a.near);
  const [best, next] = rated;
  if (!best) return null;
  const least = LIKELY[Math.min(token.value.c.length, LIKELY.length - 1)] ?? 1;
  const fitting = findFitting(
    token,
    rated.filter(({ far }) => far >= least),
  );
  // 取消136人 is not 新增136人, though that is what the data have of 136: one of the two is wrong, a person must see which.
  if (fitting) return best.near < 0.5 || fitting.near >= best.near - MARGIN ? fitting : null;
  const doubtful = best.near < SURE || (next && best.near - next.near < MARGIN);
  if (doubtful || isOfAnotherTime(placed, glossary.prose)) return null;
  return { figure: best.figure, nearness: 'other', was: best.figure.text };
}

interface Rated {
  figure: Figure;
  /** How much of its name stands in the very words at the number, and in the sentence around. */
  near: number;
  far: number;
}

function findFitting(token: NumberToken, rated: Rated[]): (Binding & Rated) | null {
  for (const each of [...rated].sort((a, b) => b.far - a.far))
    for (const { value, text } of toValues(each.figure)) {
      const turned = isDirected(each.figure) && token.sign * toSign(each.figure, value) < 0;
      const nearness = turned ? 'other' : compareValue(token, value.abs());
      if (nearness !== 'other') return { ...each, nearness, was: text };
    }
  return null;
}

/** Of growth and of what is left of a target the text says which way. */
const isDirected = ({ id, unit }: Figure): boolean =>
  id.includes('#差额') || unit === '%' || unit === '百分点';

/** What is left of a target is above zero where it 还差. */
const toSign = ({ id }: Figure, value: Big): number => (id.includes('#差额') ? -value.s : value.s);

const measureOf = ({ unit }: Figure): string => (unit === '%' || unit === '百分点' ? unit : toMeasure(unit));

const fitsUnit = ({ token }: Placed, figure: Figure, units: Units): boolean =>
  figure.value !== null && token.measure !== '' && units.areAlike(token.measure, measureOf(figure));

/** Its own value first, then what it is compared with. */
function toValues({ value, text, targets, lastYear, yearEnd }: Figure): { value: Big; text: string }[] {
  const others = [...targets.map((target) => target.value), lastYear?.value, yearEnd?.value];
  return [
    ...(value === null ? [] : [{ value: new Big(value), text }]),
    ...others.flatMap((each) => (each == null ? [] : [{ value: new Big(each), text: each }])),
  ];
}

function rate(
  placed: Placed,
  { id, name }: Figure,
  { places, aliases }: Glossary,
): Pick<Rated, 'near' | 'far'> {
  const { left, right } = placed;
  const own = `${/[^#。；]*$/.exec(left)?.[0]}#${/^[^#，。；、,;]*/.exec(right)?.[0]}`;
  const names = [name, ...(aliases.get(id) ?? [])].map(toPairs);
  const share = (text: string) => Math.max(...names.map((pairs) => toShare(pairs, text)));
  const printed = Math.max(0, ...(places.get(id) ?? []).map((place) => comparePlaces(placed, place)));
  return { near: Math.max(share(own), printed), far: Math.max(share(`${left}#${right}`), printed) };
}

const toShare = (pairs: string[], text: string): number =>
  pairs.filter((pair) => text.includes(pair)).length / Math.max(1, pairs.length);

const toPairs = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));

/** A number that was asked for, or that was so before, is not expected to be what is. */
function isOfAnotherTime({ left }: Placed, { 目标, 往期 }: Prose): boolean {
  const clause = /[^。；;]*$/.exec(left)?.[0] ?? '';
  return [...目标, ...往期].some((word) => clause.includes(word));
}
