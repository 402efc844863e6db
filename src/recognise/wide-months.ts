import type { ColumnMatch, Fold, Period } from '../model.ts';
import type { Head } from './head.ts';
import { findBareMonth, findQuarterCell } from './month.ts';

/** Months without a year get the sheet's; a column 3月、一季度 gets the year too, so rows are rewritten even if nothing unfolds. */
export function withMonths(
  fold: Fold | undefined,
  columns: ColumnMatch[],
  head: Head,
  period: Period | null,
): Fold | undefined {
  const column = columns.find(({ field }) => field === 'month');
  const cells = column ? head.below.map(({ cells: row }) => row[column.index] ?? '') : [];
  const bare = cells.some((cell) => findBareMonth(cell) !== null || findQuarterCell(cell) !== null);
  const year = period?.from.slice(0, 4) ?? null;
  if (fold) return { ...fold, year, monthColumn: bare ? (column?.index ?? null) : null };
  if (!bare || !column) return undefined;
  const yearColumn = columns.find(({ field }) => field === 'year')?.index ?? null;
  return {
    note: '月份按年度补全',
    groups: [],
    once: [],
    keepFirst: false,
    blank: [],
    year,
    yearColumn,
    monthColumn: column.index,
  };
}
