import type { Catalogue } from '../catalogue/index.ts';
import { Failure } from '../failure.ts';
import { toPeriodText } from '../format.ts';
import type { Facts, Period } from '../model.ts';
import type { County } from './county.ts';

/** A county's facts and the name of their file. */
export interface Handed {
  file: string;
  facts: Facts;
}

/** The counties that may be put together for a period, and those that are passed over with the reason. */
export interface Admitted {
  given: County[];
  period: Period;
  late: { place: string; reason: string }[];
}

/**
 * Checks that the counties may be added: each is named and there once, none is part of another, and all are of one period.
 * Of another period than the `wanted` one is as good as not handed in; where none is wanted, the run ends.
 */
export function admit(handed: Handed[], city: string, wanted: Period | null, catalogue: Catalogue): Admitted {
  const counties = handed.map((each) => toCounty(each, city, catalogue));
  const [first] = counties;
  if (!first)
    throw new Failure('counties-unfit', {
      where: '县区',
      found: '一份 facts.json 也没有',
      expected: '写出各县区的 facts.json',
    });
  const period = wanted ?? first.facts.period;
  const late = counties.filter(({ facts }) => !isSame(facts.period, period));
  const [other] = late;
  if (wanted === null && other)
    throw new Failure('counties-unfit', {
      where: `${first.file}”和“${other.file}`,
      found: `时期不同（${toPeriodText(period)}、${toPeriodText(other.facts.period)}）`,
      expected: '换成同一时期的，或用 --year、--period 写明要汇总哪个时期',
    });
  const given = counties.filter((county) => !late.includes(county));
  if (given.length === 0)
    throw new Failure('counties-unfit', {
      where: first.file,
      found: `没有一份是${toPeriodText(period)}的`,
      expected: '核对 --year、--period，或换成这个时期的 facts.json',
    });
  requireApart(given, catalogue);
  return {
    given,
    period,
    late: late.map(({ place, facts }) => ({
      place,
      reason: `报送的是${toPeriodText(facts.period)}的，不是${toPeriodText(period)}的`,
    })),
  };
}

const isSame = (a: Period, b: Period): boolean => a.from === b.from && a.to === b.to;

function toCounty({ file, facts }: Handed, city: string, { areas }: Catalogue): County {
  if (facts.place === '')
    throw new Failure('counties-unfit', {
      where: file,
      found: '没有写明是哪个县区',
      expected: '用 --place 写明县区，重新运行 mzreport summarize',
    });
  const place = Object.entries(areas.别名).find(([, words]) => words.includes(facts.place))?.[0];
  return {
    // In a city's own tables its name need not stand before each county's.
    place: place ?? withoutCity(facts.place, city),
    file,
    facts,
    figures: new Map(facts.figures.map((figure) => [figure.id, figure])),
  };
}

const withoutCity = (place: string, city: string): string =>
  place.startsWith(city) && place.length > city.length + 1 ? place.slice(city.length) : place;

/** Two files of one county, or a city's beside its county's, would count the same rows twice. */
function requireApart(counties: County[], { fields }: Catalogue): void {
  const by = fields.get('county')?.名称;
  for (const [index, county] of counties.entries()) {
    const twin = counties.slice(0, index).find(({ place }) => isSamePlace(place, county.place));
    if (twin)
      throw new Failure('counties-unfit', {
        where: `${twin.file}”和“${county.file}`,
        found: `都是${county.place}的`,
        expected: '只留一份',
      });
    const inside = findInside(county, by);
    const part = counties.find(
      (other) => other !== county && inside.some((place) => isSamePlace(place, other.place)),
    );
    if (part)
      throw new Failure('counties-unfit', {
        where: county.file,
        found: `已经包含${part.place}，与“${part.file}”重复`,
        expected: '只留县区的，或只留市里的',
      });
  }
}

function findInside({ facts }: County, by: string | undefined): string[] {
  const parts = facts.figures.flatMap(({ parts: own = [] }) => own);
  const named = new Set(parts.flatMap((part) => (part.by === by && part.name !== null ? [part.name] : [])));
  return [...(facts.counties ?? []).map(({ place }) => place), ...named];
}

/** 南昌市东湖区 and 东湖区 are one place. */
export function isSamePlace(a: string, b: string): boolean {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long === short || (long.endsWith(short) && /[省市州盟]$/.test(long.slice(0, -short.length)));
}
