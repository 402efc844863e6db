import { type Setting, toDerived, toPending, toShell } from '../aggregate/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Figure, Period, Report, Source } from '../model.ts';
import { isRatio, toBases } from './base.ts';
import type { Counties } from './county.ts';
import { toCityFigure } from './figure.ts';
import { findProblems } from './problems.ts';
import { settleRatios } from './ratio.ts';
import { toTargets } from './targets.ts';

export { type Admitted, admit, type Handed, isSamePlace } from './admit.ts';
export type { Counties, County } from './county.ts';

/** What a city's report is put together for. */
export interface City {
  place: string;
  organisation: string;
  period: Period;
  generator: Report['generator'];
  sources: Omit<Source, 'path'>[];
  /** Counties in the order in which they are listed. */
  order: string[];
}

/** The city's report from its counties' facts; every figure leads down to theirs. */
export function rollUp(city: City, counties: Counties, catalogue: Catalogue): Report {
  const { targets, problems } = toTargets(counties, catalogue, city.place);
  const setting: Setting = {
    catalogue,
    period: city.period,
    stated: { targets, averages: new Map() },
    lastYear: toBases('lastYear', counties, catalogue),
    yearEnd: toBases('yearEnd', counties, catalogue),
  };
  const joined = toJoined(setting, counties);
  const given = new Set(
    [...joined.values()].filter(({ status }) => status !== 'absent').map(({ id }) => id.split('.')[0] ?? ''),
  );
  const derived = toDerived(joined, setting, given);
  const { figures, suffixed } = settleRatios(derived.figures, derived.suffixed);
  const ordered = figures.map((figure) => withOrder(figure, city.order));
  const { place, organisation, period, generator, sources } = city;
  const files = new Map(counties.given.map((county) => [county.place, county.file]));
  return {
    schemaVersion: 2,
    generator,
    place,
    organisation,
    period,
    sources,
    sheets: [],
    figures: [...ordered, ...suffixed, ...ordered.flatMap(toRangeGrowth)],
    problems: [...findProblems(ordered, counties, catalogue, place), ...problems],
    counties: city.order.map((each) => ({ place: each, file: files.get(each) ?? null })),
  };
}

/** All that the counties' figures are put together for; ratios follow from them. */
function toJoined(setting: Setting, counties: Counties): Map<string, Figure> {
  const all = [...setting.catalogue.indicators.values()].filter((indicator) => !isRatio(indicator));
  return new Map(
    all.map((indicator) => [
      indicator.id,
      toCityFigure(indicator, toShell(indicator, setting), counties, setting.catalogue),
    ]),
  );
}

/** Rows of a table stand in the order of the counties, whoever knows what. */
function withOrder(figure: Figure, order: string[]): Figure {
  if (!figure.parts) return figure;
  const rank = (name: string | null): number => (name === null ? -1 : order.indexOf(name)) >>> 0;
  return { ...figure, parts: figure.parts.toSorted((a, b) => rank(a.name) - rank(b.name)) };
}

/** A standard that differs between the counties has no growth, and says so where a template asks for it. */
function toRangeGrowth(figure: Figure): Figure[] {
  if (!figure.range || !figure.lastYear) return [];
  const { range: _, parts: __, ...rest } = figure;
  const reason = '各县区标准不同';
  return [
    {
      ...toPending(rest, reason),
      id: `${figure.id}#同比`,
      name: `${figure.name}同比`,
      unit: '%',
      kind: '比率',
      value: null,
      text: `${reason}，不计同比`,
      basis: { type: 'derived', formula: '不计', from: [figure.id] },
      lastYear: null,
      yearEnd: null,
      targets: [],
    },
  ];
}
