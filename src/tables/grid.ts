import Big from 'big.js';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toScale } from '../format.ts';
import type { Figure, Period } from '../model.ts';
import { toFigureCell, toPartCell, toTextCell } from './cells.ts';
import { type GridColumn, toFrame } from './frame.ts';
import type { Layout } from './layout.ts';
import type { Cell, Formula, Row } from './table.ts';
import { toPartKey, type Withheld } from './withheld.ts';

/** Rows by area or month under a 合计, and what must be said about them. */
export interface Grid {
  columns: GridColumn[];
  rows: Row[];
  suppressed: boolean;
  /** Columns that would be empty, with the reason. */
  empty: { name: string; reason: string }[];
}

/** Figures down, areas or months across, without what is withheld; null when none of the figures has any source. */
export function toGrid(
  layout: Layout,
  figures: Map<string, Figure>,
  catalogue: Catalogue,
  period: Period,
  withheld: Withheld,
): Grid | null {
  const frame = toFrame(layout, figures, catalogue, period);
  if (frame === null) return null;
  const { columns, places, empty } = frame;
  const shown = places.map(({ key, matches }) =>
    columns.map(({ figure }): Cell => {
      const hidden = withheld.parts.has(toPartKey(figure, key));
      return hidden ? { type: 'suppressed' } : toPartCell(figure, figure.parts?.find(matches));
    }),
  );
  const total = columns.map(({ figure, indicator }, index): Cell => {
    if (withheld.wholes.has(figure.id)) return { type: 'suppressed' };
    return toFigureCell(figure, toSum(figure, indicator, shown, index));
  });
  const labelled = shown.map((cells, index) => [toTextCell(places[index]?.label ?? ''), ...cells]);
  const all = [[toTextCell('合计'), ...total], ...labelled].map((cells) => withShares(cells, columns));
  return {
    columns,
    rows: all.map((cells, index) => ({ indented: index > 0, bold: index === 0, cells })),
    suppressed: all.some((cells) => cells.some(({ type }) => type === 'suppressed')),
    empty: empty.map(({ group, name, figure }) => ({ name: `${group}${name}`, reason: figure.reason ?? '' })),
  };
}

/** A 合计 that is the sum of the rows below it; null where it is something else (distinct persons, a ratio, a withheld row). */
function toSum(figure: Figure, indicator: Indicator, rows: Cell[][], index: number): Formula | null {
  if (figure.value === null || isDistinct(indicator) || figure.kind === '比率') return null;
  const cells = rows.map((row) => row[index]);
  const numbers = cells.flatMap((cell) => (cell?.type === 'number' ? [cell.value] : []));
  if (numbers.length === 0 || cells.some((cell) => cell?.type === 'pending' || cell?.type === 'suppressed'))
    return null;
  const sum = numbers.reduce((all, value) => all.plus(value), new Big(0));
  if (!sum.times(toScale(figure.unit)).eq(figure.value)) return null;
  return { type: 'sum', from: 1, to: rows.length };
}

export const isDistinct = ({ 计算 }: Indicator): boolean => 计算?.endsWith('去重') ?? false;

/** Ratios of two figures that stand in the same row become formulas. */
function withShares(cells: Cell[], columns: GridColumn[]): Cell[] {
  return cells.map((cell, index) => {
    const column = columns[index - 1];
    if (cell.type !== 'number' || column === undefined) return cell;
    const share = toShare(column, columns);
    const parts = share ? [cells[share.over], cells[share.under]] : [];
    return share && parts.every((part) => part?.type === 'number') && isTrue(cell.value, share, cells)
      ? { ...cell, formula: share }
      : cell;
  });
}

/** The division that a ratio is, where both of its figures stand in the table: a / b, or a * 1000 / b. */
function toShare({ figure, indicator: { expression, operands } }: GridColumn, columns: GridColumn[]) {
  if (expression?.type !== 'operation' || expression.operator !== '/' || operands.length !== 2) return null;
  const find = (id: string | undefined) => columns.findIndex((column) => column.figure.id === id);
  const [over, under] = [find(operands[0]), find(operands[1])];
  const [top, bottom] = [columns[over], columns[under]];
  if (!top || !bottom) return null;
  const { left } = expression;
  const factor = left.type === 'operation' && left.right.type === 'number' ? left.right.value : '1';
  const times = toScale(top.unit).div(toScale(bottom.unit)).div(toScale(figure.unit)).times(factor);
  return { type: 'share' as const, over: over + 1, under: under + 1, times: times.toFixed() };
}

/** A formula stands only where it gives the figure. */
function isTrue(
  value: string,
  { over, under, times }: { over: number; under: number; times: string },
  cells: Cell[],
) {
  const [top, bottom] = [cells[over], cells[under]];
  if (top?.type !== 'number' || bottom?.type !== 'number' || new Big(bottom.value).eq(0)) return false;
  return new Big(top.value).div(bottom.value).times(times).minus(value).abs().lt('0.000000001');
}
