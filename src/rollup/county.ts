import type { Catalogue } from '../catalogue/index.ts';
import { toMeasure } from '../format.ts';
import type { Facts, Figure, FigurePart } from '../model.ts';

/** A county with what its facts say. */
export interface County {
  place: string;
  /** Name of its *.facts.json. */
  file: string;
  facts: Facts;
  /** By id. */
  figures: Map<string, Figure>;
}

/** The counties of a city, and how those are treated that lack something. */
export interface Counties {
  given: County[];
  /** Names of those that handed in nothing. */
  missing: string[];
  /** True: what there is counts, and it is said what is lacking. */
  partial: boolean;
}

/** What the counties say about one indicator. */
export interface Answers {
  /** Those that know it. */
  known: { county: County; figure: Figure; value: string }[];
  /** Why there is nothing of the others, those that handed in nothing among them. */
  lacking: { place: string; file: string | null; reason: string }[];
  /** True when no county has anything of it, not even a doubtful figure. */
  absent: boolean;
}

export const NOT_GIVEN = '没有报送';

/** Sorts the counties by whether they know an indicator of this unit. */
export function toAnswers(id: string, unit: string, { given, missing }: Counties): Answers {
  const known: Answers['known'] = [];
  const lacking: Answers['lacking'] = [];
  let absent = true;
  for (const county of given) {
    const figure = county.figures.get(id);
    if (figure !== undefined && figure.status !== 'absent') absent = false;
    const { place, file } = county;
    if (figure?.value == null) lacking.push({ place, file, reason: figure?.reason ?? '没有这项数' });
    else if (toMeasure(figure.unit) !== toMeasure(unit))
      lacking.push({ place, file, reason: `单位是${figure.unit}，不是${unit}` });
    else known.push({ county, figure, value: figure.value });
  }
  return {
    known,
    lacking: [...lacking, ...missing.map((place) => ({ place, file: null, reason: NOT_GIVEN }))],
    absent,
  };
}

/** A figure county by county, and institution by institution where the counties tell them apart. */
export function toParts({ known, lacking }: Answers, { fields }: Catalogue): FigurePart[] {
  const by = fields.get('county')?.名称 ?? '';
  const at = (name: string) => ({ by, name, within: null });
  const areas = new Set(['county', 'town', 'village'].map((field) => fields.get(field)?.名称));
  return [
    ...known.map(({ county, figure, value }) => ({
      ...at(county.place),
      value,
      text: figure.text,
      reason: null,
    })),
    ...lacking.map(({ place, reason }) => ({
      ...at(place),
      value: null,
      text: `〔待核：${reason}〕`,
      reason,
    })),
    // Months and townships are the counties' own business; institutions are what some formulas are computed by.
    ...known.flatMap(({ county, figure: { parts = [] } }) =>
      parts
        .filter((part) => !areas.has(part.by) && part.by !== MONTH)
        .map(({ target: _, ...part }) => ({ ...part, within: county.place })),
    ),
  ];
}

const MONTH = '月份';

/** 东湖区、西湖区、青云谱区等8个县区 */
export function toNames(places: string[]): string {
  const shown = places.slice(0, 5).join('、');
  return places.length > 5 ? `${shown}等${places.length}个县区` : shown;
}
