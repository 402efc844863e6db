import type { Catalogue } from '../catalogue/index.ts';
import { findNearest } from '../catalogue/nearest.ts';
import { Failure } from '../failure.ts';
import type { Figure } from '../model.ts';
import { toComparable } from '../recognise/index.ts';

/** How a figure that follows from another may be asked for, and its suffix. */
const SUFFIXES: [words: string, suffix: string][] = [
  ['较上年末', '#较上年末'],
  ['与目标的差额', '#差额'],
  ['完成率', '#完成率'],
  ['月平均', '#月平均'],
  ['同比', '#同比'],
  ['差额', '#差额'],
];

/**
 * The id of the figure that a person means by an id, a name or an alias, whatever follows "@" or "#" with it; `figures`
 * are those that may have other names than the catalogue's. Throws, with the nearest names, when none or several fit.
 */
export function findId(text: string, catalogue: Catalogue, figures: Figure[]): string {
  const [, name = '', place = '', suffix = ''] = /^([^@#]*)(@[^#]*)?(#.*)?$/.exec(text.trim()) ?? [];
  const names = toNames(catalogue, figures);
  const own = findOne(name, names);
  if (own !== null) return `${own}${place}${suffix}`;
  for (const [words, end] of suffix === '' ? SUFFIXES : []) {
    const base = name.endsWith(words) ? findOne(name.slice(0, -words.length), names) : null;
    if (base !== null) return `${base}${place}${end}`;
  }
  throw new Failure('figure-unknown', {
    where: text,
    expected: findLike(name, names).join('、'),
  });
}

/** Comparable name → ids that it may mean, with the name as it is written. */
type Names = Map<string, { text: string; ids: Set<string> }>;

function toNames({ indicators }: Catalogue, figures: Figure[]): Names {
  const names: Names = new Map();
  const add = (text: string, id: string) => {
    const key = toComparable(text);
    const entry = names.get(key) ?? { text, ids: new Set() };
    names.set(key, { ...entry, ids: entry.ids.add(id) });
  };
  for (const { id, 名称, 别名 } of indicators.values())
    for (const name of [id, 名称, id.slice(id.indexOf('.') + 1), ...别名]) add(name, id);
  for (const { id, name } of figures.filter((figure) => !figure.id.includes('#')))
    for (const each of [id, name]) add(each, id);
  return names;
}

/** An id is never ambiguous, whatever else it is the short name of. */
function findOne(name: string, names: Names): string | null {
  const found = names.get(toComparable(name));
  if (!found || name === '') return null;
  const ids = [...found.ids];
  const own = ids.find((id) => toComparable(id) === toComparable(name));
  if (own !== undefined) return own;
  if (ids.length === 1) return ids[0] ?? null;
  throw new Failure('figure-unknown', {
    where: name,
    found: `，它可以指${ids.length}个数`,
    expected: ids.join('、'),
  });
}

/** The nearest names; what holds the text follows, for a text that is too short to be like anything. */
function findLike(name: string, names: Names): string[] {
  const all = [...names.values()].map(({ text }) => text);
  const holding = all.filter((text) => name !== '' && text.includes(name));
  return [...new Set([...findNearest(name, all), ...holding])].slice(0, 5);
}
