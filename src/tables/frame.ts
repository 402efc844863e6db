import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toMonths } from '../format.ts';
import type { Figure, FigurePart, Period } from '../model.ts';
import type { Group, Layout } from './layout.ts';
import type { Column } from './table.ts';

/** One figure down a table: its column, and the group with which it is suppressed. */
export interface GridColumn extends Column {
  figure: Figure;
  indicator: Indicator;
  of: Group;
}

/** What a row of a grid stands for. */
export interface Place extends Pick<FigurePart, 'within' | 'name'> {
  /** Tells it from all other places of any table. */
  key: string;
  label: string;
  matches: (part: FigurePart) => boolean;
}

/** Columns and rows of a grid before anything stands in them. */
export interface Frame {
  columns: GridColumn[];
  places: Place[];
  /** Columns that would be empty. */
  empty: GridColumn[];
}

/** Figures down, areas or months across; null when none of the figures has any source. */
export function toFrame(
  layout: Layout,
  figures: Map<string, Figure>,
  catalogue: Catalogue,
  period: Period,
): Frame | null {
  const given = toColumns(layout, figures, catalogue);
  const columns = given.filter(hasValue);
  const own = columns.map(({ figure }) => figure);
  const places = toPlaces(layout.方式, own, catalogue, period);
  if (columns.length === 0 || places.length === 0) return null;
  return { columns, places, empty: given.filter((column) => !hasValue(column)) };
}

const hasValue = ({ figure: { value, parts = [] } }: GridColumn): boolean =>
  value !== null || parts.some((part) => part.value !== null);

function toColumns(layout: Layout, figures: Map<string, Figure>, { indicators }: Catalogue): GridColumn[] {
  return layout.组.flatMap((of) =>
    of.项.flatMap(({ 名, 数 }) => {
      const [figure, indicator] = [figures.get(数), indicators.get(数)];
      if (!figure || !indicator || figure.status === 'absent') return [];
      return [{ group: of.组, name: 名, unit: figure.unit, figure, indicator, of }];
    }),
  );
}

/** The months of the period, or the areas that the figures are told apart by. */
export const toPlaces = (way: string, figures: Figure[], catalogue: Catalogue, period: Period): Place[] =>
  way === '月份' ? toMonthPlaces(figures, period) : toAreaPlaces(figures, catalogue);

/** Areas of the widest level that any of the figures is told apart by; rows that name none come last. */
function toAreaPlaces(figures: Figure[], { fields }: Catalogue): Place[] {
  const parts = figures.flatMap((figure) => figure.parts ?? []);
  const levels = ['county', 'town', 'village'].map((id) => fields.get(id)?.名称 ?? id);
  const level = levels.find((by) => parts.some((part) => part.by === by && part.name !== null));
  const own = parts.filter(({ by }) => by === level);
  const names = new Map(own.map(({ within, name }) => [`${within ?? ''}\n${name ?? ''}`, { within, name }]));
  const places = [...names.values()].map(({ within, name }) => ({
    within,
    name,
    key: [level, within, name].join('\n'),
    label: name ?? '未写明',
    matches: (part: FigurePart) => part.by === level && part.name === name && part.within === within,
  }));
  return [
    ...places.filter(({ label }) => label !== '未写明'),
    ...places.filter(({ label }) => label === '未写明'),
  ];
}

function toMonthPlaces(figures: Figure[], period: Period): Place[] {
  if (!figures.some((figure) => figure.parts?.some(({ by }) => by === MONTH))) return [];
  const oneYear = period.from.slice(0, 4) === period.to.slice(0, 4);
  return toMonths(period).map((month) => ({
    within: null,
    name: month,
    key: [MONTH, '', month].join('\n'),
    label: oneYear ? `${Number(month.slice(5))}月` : `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
    matches: ({ by, name }) => by === MONTH && name === month,
  }));
}

const MONTH = '月份';
