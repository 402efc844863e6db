import Big from 'big.js';
import type { GridColumn } from './frame.ts';
import type { Cell } from './table.ts';

/** Counts of so few persons may tell who they are. */
const FEW = 2;
/** Units that count persons or households. */
const COUNTED = new Set(['人', '名', '户', '人次', '户次', '对']);

/** A cell, and whether the rows behind it are about one or two persons, whatever it counts. */
export interface Shown {
  cell: Cell;
  few: boolean;
}

/** What must not be shown: cells by row and column, and columns whose 合计 would give a withheld cell away. All from 0. */
export interface Suppressed {
  cells: Set<string>;
  totals: Set<number>;
}

/** Name of a cell in `Suppressed`. */
export const toPlace = (row: number, column: number): string => `${row} ${column}`;

/**
 * Finds what one or two persons of a row get: every measure of that row and group, of the groups that make up one whole
 * with it, and of the row with the next smallest number, so that nothing comes out by subtraction from 合计. Where there is
 * no such row, 合计 is withheld instead. The rows have no label: their cells are those of the columns.
 */
export function suppress(rows: Shown[][], columns: GridColumn[]): Suppressed {
  const found: Suppressed = { cells: new Set(), totals: new Set() };
  for (const group of new Set(columns.map(({ of }) => of.组))) {
    const own = rows.map((cells) => cells.filter((_, index) => columns[index]?.of.组 === group));
    const units = columns.filter(({ of }) => of.组 === group).map(({ unit }) => unit);
    const few = rows.flatMap((_, row) => (isFewOf(own[row] ?? [], units) ? [row] : []));
    if (few.length === 0) continue;
    const next = findNext(own, few);
    const family = new Set(toFamily(group, columns));
    for (const [index, { of }] of columns.entries()) {
      if (!family.has(of.组)) continue;
      for (const row of next === undefined ? few : [...few, next])
        if (rows[row]?.[index]?.cell.type !== 'none') found.cells.add(toPlace(row, index));
      if (next === undefined) found.totals.add(index);
    }
  }
  return found;
}

/** True of one or two persons or households. `value` in the unit. */
export const isFew = (value: Big, unit: string): boolean =>
  COUNTED.has(unit) && value.gt(0) && value.lte(FEW);

const isFewOf = (cells: Shown[], units: string[]): boolean =>
  cells.some(
    ({ cell, few }, index) =>
      few || (cell.type === 'number' && isFew(new Big(cell.value), units[index] ?? '')),
  );

/** The row with the smallest number among those that are neither few nor nothing. */
function findNext(rows: Shown[][], few: number[]): number | undefined {
  const size = (row: number) => sizeOf(rows[row] ?? []);
  const others = rows.flatMap((_, row) => (few.includes(row) || size(row).eq(0) ? [] : [row]));
  return others.sort((a, b) => size(a).cmp(size(b)))[0];
}

/** The first measure of a group says which of its rows is the smallest. */
function sizeOf(cells: Shown[]): Big {
  const first = cells.find(({ cell }) => cell.type === 'number')?.cell;
  return new Big(first?.type === 'number' ? first.value : 0);
}

/** A group, the whole that it is part of and the whole's other parts: one of them is what the others leave. */
function toFamily(group: string, columns: GridColumn[]): string[] {
  const own = columns.find(({ of }) => of.组 === group)?.of;
  const whole = own?.属 ?? group;
  const names = columns.flatMap(({ of }) => (of.属 === whole ? [of.组] : []));
  return [...new Set([group, ...names])];
}
