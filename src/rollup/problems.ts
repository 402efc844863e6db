import { toDefinition } from '../aggregate/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { toPeriodText } from '../format.ts';
import type { Figure, Problem } from '../model.ts';
import { isHint } from '../problem.ts';
import { type Counties, type County, NOT_GIVEN } from './county.ts';
import { countsTwice, isAdded } from './figure.ts';
import { groupBy } from './group.ts';

/** What is to be known of a city's figures: who lacks what, what differs between the counties, whom they count twice. */
export function findProblems(
  figures: Figure[],
  counties: Counties,
  catalogue: Catalogue,
  city: string,
): Problem[] {
  return [
    ...counties.missing.map((place) => toLacking(place, NOT_GIVEN, city, figures, counties.partial)),
    ...counties.given.flatMap((county) => [
      ...findLacking(county, figures, counties.partial),
      ...findOwn(county, figures),
    ]),
    ...findDifferences(figures, counties, city),
    ...findTwice(figures, catalogue, city),
  ];
}

const at = (file: string) => ({ file, sheet: '', row: 0, count: 1 });

function toLacking(place: string, name: string, file: string, figures: Figure[], partial: boolean): Problem {
  const then = partial ? `汇总的数不含${place}` : '各县区合起来的数列为待核';
  const own = figures.filter(({ basis }) => basis.type === 'counties');
  return {
    kind: 'county-lacks',
    ...at(file),
    detail: { place, name, then, ...(partial ? { partial: '1' } : {}) },
    figures: own.map(({ id }) => id),
  };
}

/** What a county lacks that another has. */
function findLacking({ place, file }: County, figures: Figure[], partial: boolean): Problem[] {
  const own = figures.filter(
    ({ basis }) =>
      basis.type === 'counties' &&
      basis.from.some((each) => each.place === place && each.value === null) &&
      basis.from.some((each) => each.value !== null),
  );
  if (own.length === 0) return [];
  const names = own.slice(0, 5).map(({ name }) => name);
  const rest = own.length > names.length ? `等${own.length}项` : '';
  return [toLacking(place, `没有“${names.join('、')}”${rest}`, file, own, partial)];
}

/** The county's own problems that touch what is put together. */
function findOwn({ place, file, facts }: County, figures: Figure[]): Problem[] {
  const ids = new Set(figures.map(({ id }) => id));
  const own = facts.problems.filter(
    (problem) => !isHint(problem) && problem.figures.some((id) => ids.has(id)),
  );
  if (own.length === 0) return [];
  const touched = [...new Set(own.flatMap((problem) => problem.figures))].filter((id) => ids.has(id));
  return [
    {
      kind: 'county-problems',
      ...at(file),
      detail: { place, count: String(own.length) },
      figures: touched,
    },
  ];
}

/** What one figure means in one county and not in another; said once for all figures of which the same is true. */
function findDifferences(figures: Figure[], { given }: Counties, city: string): Problem[] {
  const noted = figures.flatMap((figure) => {
    const note = toDifference(figure, given);
    return note === '' ? [] : [{ figure, note }];
  });
  return [...groupBy(noted, ({ note }) => note)].map(([note, own]) => {
    const name = own.map(({ figure }) => figure.name).join('”“');
    return {
      kind: 'counties-differ',
      ...at(city),
      detail: { name, note },
      figures: own.map(({ figure }) => figure.id),
    };
  });
}

function toDifference({ id, basis }: Figure, given: County[]): string {
  if (basis.type !== 'counties') return '';
  const own = given.flatMap(({ place, figures }) => {
    const figure = figures.get(id);
    return figure?.value == null ? [] : [{ place, figure }];
  });
  const covered = (each: Figure) => toPeriodText(each.covered ?? each.period);
  return [
    ...toNote(own, (each) => toDefinition(each.basis) ?? '手工填报', '口径不同'),
    ...toNote(own, covered, '覆盖的月份不同'),
  ].join('，');
}

function toNote(
  own: { place: string; figure: Figure }[],
  toKey: (figure: Figure) => string,
  what: string,
): string[] {
  const groups = [...groupBy(own, ({ figure }) => toKey(figure))];
  const texts = groups.map(([key, all]) => `${all.map(({ place }) => place).join('、')}为“${key}”`);
  return groups.length < 2 ? [] : [`${what}（${texts.join('；')}）`];
}

function findTwice(figures: Figure[], { indicators }: Catalogue, city: string): Problem[] {
  const own = figures.filter(({ id, value }) => {
    const indicator = indicators.get(id);
    return (
      indicator !== undefined &&
      value !== null &&
      isAdded(indicator) &&
      countsTwice(indicator, (other) => indicators.get(other))
    );
  });
  if (own.length === 0) return [];
  const names = own.map(({ name }) => name).join('、');
  return [{ kind: 'persons-added', ...at(city), detail: { name: names }, figures: own.map(({ id }) => id) }];
}
