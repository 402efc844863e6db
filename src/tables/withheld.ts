import type { Catalogue } from '../catalogue/index.ts';
import { toExact, toPartId } from '../format.ts';
import type { Figure, Report } from '../model.ts';
import { toPartCell } from './cells.ts';
import { type Frame, type GridColumn, toFrame } from './frame.ts';
import type { Layout } from './layout.ts';
import { isFew, suppress, toPlace } from './suppress.ts';

/** What no table may show: a number that one table withholds must not stand in another. */
export interface Withheld {
  /** Ids of figures whose values for the whole place are withheld. */
  wholes: Set<string>;
  /** Their parts, see `toPartKey`. */
  parts: Set<string>;
  /** Both, as runs of a draft name them. */
  runs: Set<string>;
}

/** A figure at a place; both are needed, as one place may be withheld in some columns only. */
export const toPartKey = ({ id }: Figure, place: string): string => `${id}\n${place}`;

/** For tables that stay within the bureau. */
export const nothingWithheld = (): Withheld => ({ wholes: new Set(), parts: new Set(), runs: new Set() });

/** Looks at all layouts of the house, whichever of them are asked for: two exports of one year must not tell more than one. */
export function findWithheld(layouts: Layout[], { figures, period }: Report, catalogue: Catalogue): Withheld {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const toFrames = (way: Layout['方式']) =>
    layouts.flatMap((layout) => (layout.方式 === way && toFrame(layout, byId, catalogue, period)) || []);
  const [areas, months] = [toFrames('地区'), toFrames('月份')];
  const frames = [...areas, ...months];
  const withheld = nothingWithheld();
  for (const frame of areas) for (const { figure } of addFew(frame, withheld)) withheld.wholes.add(figure.id);
  // A year's sum tells nothing of its months when all of them are withheld.
  for (const frame of months) for (const column of addFew(frame, withheld)) addAll(column, frame, withheld);
  addFewWholes(figures, frames, withheld);
  for (const frame of frames) addPartsOfWholes(frame, withheld);
  return {
    ...withheld,
    runs: new Set([...withheld.wholes, ...frames.flatMap((frame) => toRuns(frame, withheld))]),
  };
}

const toRuns = ({ columns, places }: Frame, { parts }: Withheld): string[] =>
  columns.flatMap(({ figure }) =>
    places.flatMap((place) => (parts.has(toPartKey(figure, place.key)) ? [toPartId(figure.id, place)] : [])),
  );

/** Adds what is about few in one table; returns the columns of which 合计 would give it away. */
function addFew({ columns, places }: Frame, withheld: Withheld): GridColumn[] {
  const shown = places.map(({ matches }) =>
    columns.map(({ figure }) => {
      const part = figure.parts?.find(matches);
      return { cell: toPartCell(figure, part), few: part?.few ?? false };
    }),
  );
  const { cells, totals } = suppress(shown, columns);
  for (const [row, { key }] of places.entries())
    for (const [index, { figure }] of columns.entries())
      if (cells.has(toPlace(row, index))) withheld.parts.add(toPartKey(figure, key));
  return columns.filter((_, index) => totals.has(index));
}

function addAll({ figure }: GridColumn, { places }: Frame, { parts }: Withheld): void {
  for (const { key } of places) parts.add(toPartKey(figure, key));
}

/** A whole of one or two persons takes with it what the same persons get: the figures of its group in any layout. */
function addFewWholes(figures: Figure[], frames: Frame[], { wholes }: Withheld): void {
  for (const { id, value, unit } of figures)
    if (value !== null && isFew(toExact(value, unit), unit)) wholes.add(id);
  for (const { columns } of frames)
    for (const { figure, of } of columns)
      if (columns.some((other) => other.of === of && wholes.has(other.figure.id))) wholes.add(figure.id);
}

/** The parts of a withheld whole would give it away by addition, unless one of them is withheld already. */
function addPartsOfWholes(frame: Frame, withheld: Withheld): void {
  for (const column of frame.columns) {
    const isOpen = !frame.places.some(({ key }) => withheld.parts.has(toPartKey(column.figure, key)));
    if (isOpen && withheld.wholes.has(column.figure.id)) addAll(column, frame, withheld);
  }
}
