import type { Catalogue, Indicator } from '../catalogue/index.ts';
import type { Problem, Target } from '../model.ts';
import { type Answers, type Counties, toAnswers, toNames } from './county.ts';
import { isAdded, toTotal } from './figure.ts';
import { groupBy } from './group.ts';

/** The city's targets by id, those of its counties among them, and which could not be put together. */
export interface CityTargets {
  targets: Map<string, Target[]>;
  problems: Problem[];
}

/** Targets add where every county has one for something that adds; one that is the same everywhere holds for the whole. */
export function toTargets(counties: Counties, { indicators }: Catalogue, file: string): CityTargets {
  const found: CityTargets = { targets: new Map(), problems: [] };
  for (const indicator of indicators.values()) {
    const answers = toAnswers(indicator.id, indicator.单位, counties);
    const own = counties.given.flatMap(({ place, figures }) =>
      (figures.get(indicator.id)?.targets ?? []).map((target) => ({ ...target, area: place })),
    );
    if (own.length === 0) continue;
    const { wholes, apart } = toWholes(indicator, own, counties, answers);
    found.targets.set(indicator.id, [...wholes, ...own]);
    if (apart !== '') found.problems.push(toProblem(indicator, apart, file));
  }
  return found;
}

type Own = Target & { area: string };

function toWholes(indicator: Indicator, own: Own[], counties: Counties, answers: Answers) {
  const places = counties.given.map(({ place }) => place);
  const lacking = answers.lacking.map(({ place }) => place);
  const wanted = counties.partial
    ? places.filter((place) => !lacking.includes(place))
    : [...places, ...counties.missing];
  const groups = toGroups(own, wanted);
  const wholes = groups.flatMap(({ targets, setter }) => {
    const value = toValue(indicator, targets);
    const period = targets[0]?.period;
    return value === null || !period
      ? []
      : [{ value, setter, area: null, period, where: '各县区的 facts.json' }];
  });
  const without = wanted.filter((place) => !own.some(({ area }) => area === place));
  const apart =
    wholes.length > 0
      ? ''
      : without.length > 0
        ? `只有部分县区有（缺${toNames(without)}）`
        : '各县区的不是同一件事（谁下达的、时期或数值不同）';
  return { wholes, apart };
}

/** Targets of all the counties for one period: those of one setter, or each county's only one. */
function toGroups(own: Own[], wanted: string[]): { setter: string | null; targets: Own[] }[] {
  const isWhole = (targets: Own[]) =>
    targets.length === wanted.length && wanted.every((place) => targets.some(({ area }) => area === place));
  const periods = groupBy(own, ({ period }) => `${period.from} ${period.to}`);
  return [...periods.values()].flatMap((inPeriod) => {
    const bySetter = [...groupBy(inPeriod, ({ setter }) => setter)].map(([setter, targets]) => ({
      setter,
      targets,
    }));
    const whole = bySetter.filter(({ targets }) => isWhole(targets));
    if (whole.length > 0) return whole;
    return isWhole(inPeriod) ? [{ setter: '各县区', targets: inPeriod }] : [];
  });
}

function toValue(indicator: Indicator, targets: Own[]): string | null {
  const values = targets.map(({ value }) => value);
  if (isAdded(indicator)) return toTotal(values);
  return new Set(values).size === 1 ? (values[0] ?? null) : null;
}

const toProblem = ({ id, 名称 }: Indicator, note: string, file: string): Problem => ({
  kind: 'targets-apart',
  file,
  sheet: '',
  row: 0,
  count: 1,
  detail: { name: 名称, note },
  figures: [id],
});
