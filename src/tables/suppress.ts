import Big from 'big.js';
import type { GridColumn } from './grid.ts';
import type { Cell } from './table.ts';

/** Counts of so few persons may tell who they are. */
const FEW = 2;
/** Units that count persons or households, once or each time they come. */
const COUNTED = new Set(['人', '名', '户', '人次', '户次', '对']);

/** Rows with the cells that may be shown; `totals` are columns (from 0) whose 合计 would give a withheld cell away. */
export interface Suppressed {
  rows: Cell[][];
  totals: Set<number>;
}

/**
 * Withholds what one or two persons of an area get: every measure of that area and group, of the groups that make up one
 * whole with it, and of the area with the next smallest count, so that nothing comes out by subtraction from 合计. Where
 * there is no such area, 合计 is withheld instead.
 */
export function suppress(rows: Cell[][], columns: GridColumn[]): Suppressed {
  const withheld = new Map<string, Set<number>>();
  const totals = new Set<number>();
  for (const group of new Set(columns.map(({ of }) => of.组))) {
    const counts = toCounts(rows, columns, group);
    const few = rows.flatMap((_, row) => (isFew(counts[row] ?? []) ? [row] : []));
    if (few.length === 0) continue;
    const others = rows.flatMap((_, row) => (few.includes(row) || sumOf(counts[row]).eq(0) ? [] : [row]));
    const [next] = others.sort((a, b) => sumOf(counts[a]).cmp(sumOf(counts[b])));
    const all = next === undefined ? few : [...few, next];
    for (const name of toFamily(group, columns)) {
      withheld.set(name, new Set([...(withheld.get(name) ?? []), ...all]));
      if (next === undefined)
        for (const [index, column] of columns.entries()) if (column.of.组 === name) totals.add(index);
    }
  }
  return {
    rows: rows.map((cells, row) =>
      cells.map((cell, index) => {
        const column = columns[index - 1];
        const hidden = column !== undefined && withheld.get(column.of.组)?.has(row);
        return hidden && cell.type !== 'none' ? { type: 'suppressed' } : cell;
      }),
    ),
    totals,
  };
}

/** By row, the counts of persons and households in a group. */
const toCounts = (rows: Cell[][], columns: GridColumn[], group: string): Big[][] =>
  rows.map((cells) =>
    columns.flatMap((column, index) => {
      const cell = cells[index + 1];
      return column.of.组 === group && COUNTED.has(column.unit) && cell?.type === 'number'
        ? [new Big(cell.value)]
        : [];
    }),
  );

const isFew = (counts: Big[]): boolean => counts.some((count) => count.gt(0) && count.lte(FEW));
const sumOf = (counts: Big[] = []): Big => counts.reduce((all, count) => all.plus(count), new Big(0));

/** A group, the whole that it is part of and the whole's other parts: one of them is what the others leave. */
function toFamily(group: string, columns: GridColumn[]): string[] {
  const own = columns.find(({ of }) => of.组 === group)?.of;
  const whole = own?.属 ?? group;
  const names = columns.flatMap(({ of }) => (of.属 === whole ? [of.组] : []));
  return [...new Set([group, ...names])];
}
