import Big from 'big.js';
import type { GridColumn } from './grid.ts';
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

/** Rows with the cells that may be shown; `totals` are columns (from 0) whose 合计 would give a withheld cell away. */
export interface Suppressed {
  rows: Cell[][];
  totals: Set<number>;
}

/**
 * Withholds what one or two persons of an area get: every measure of that area and group, of the groups that make up one
 * whole with it, and of the area with the next smallest number, so that nothing comes out by subtraction from 合计. Where
 * there is no such area, 合计 is withheld instead. The rows have no label: their cells are those of the columns.
 */
export function suppress(rows: Shown[][], columns: GridColumn[]): Suppressed {
  const withheld = new Map<string, Set<number>>();
  const totals = new Set<number>();
  for (const group of new Set(columns.map(({ of }) => of.组))) {
    const own = rows.map((cells) => cells.filter((_, index) => columns[index]?.of.组 === group));
    const units = columns.filter(({ of }) => of.组 === group).map(({ unit }) => unit);
    const few = rows.flatMap((_, row) => (isFew(own[row] ?? [], units) ? [row] : []));
    if (few.length === 0) continue;
    const size = (row: number) => sizeOf(own[row] ?? []);
    const others = rows.flatMap((_, row) => (few.includes(row) || size(row).eq(0) ? [] : [row]));
    const [next] = others.sort((a, b) => size(a).cmp(size(b)));
    const all = next === undefined ? few : [...few, next];
    for (const name of toFamily(group, columns)) {
      withheld.set(name, new Set([...(withheld.get(name) ?? []), ...all]));
      if (next === undefined)
        for (const [index, column] of columns.entries()) if (column.of.组 === name) totals.add(index);
    }
  }
  return {
    rows: rows.map((cells, row) =>
      cells.map(({ cell }, index) => {
        const hidden = withheld.get(columns[index]?.of.组 ?? '')?.has(row);
        return hidden && cell.type !== 'none' ? { type: 'suppressed' } : cell;
      }),
    ),
    totals,
  };
}

function isFew(cells: Shown[], units: string[]): boolean {
  return cells.some(({ cell, few }, index) => {
    if (few) return true;
    if (cell.type !== 'number' || !COUNTED.has(units[index] ?? '')) return false;
    const count = new Big(cell.value);
    return count.gt(0) && count.lte(FEW);
  });
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
