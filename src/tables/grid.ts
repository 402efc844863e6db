import Big from 'big.js';
import type { Catalogue, Indicator } from '../catalogue/index.ts';
import { toMonths, toScale } from '../format.ts';
import type { Figure, FigurePart, Period } from '../model.ts';
import { toFigureCell, toPartCell, toTextCell } from './cells.ts';
import type { Group, Layout } from './layout.ts';
import { suppress } from './suppress.ts';
import type { Cell, Column, Formula, Row } from './table.ts';

/** One figure down a table: its column, and the group with which it is suppressed. */
export interface GridColumn extends Column {
  figure: Figure;
  indicator: Indicator;
  of: Group;
}

/** Rows by area or month under a 合计, and what must be said about them. */
export interface Grid {
  columns: GridColumn[];
  rows: Row[];
  suppressed: boolean;
  /** Columns that would be empty, with the reason. */
  empty: { name: string; reason: string }[];
}

/** What a row of a grid stands for. */
export interface Place {
  label: string;
  matches: (part: FigurePart) => boolean;
}

/** Figures down, areas or months across; null when none of the figures has any source. Suppressed where asked. */
export function toGrid(
  layout: Layout,
  figures: Map<string, Figure>,
  catalogue: Catalogue,
  period: Period,
  hide: boolean,
): Grid | null {
  const given = toColumns(layout, figures, catalogue);
  const columns = given.filter(hasValue);
  const places = toPlaces(
    layout.方式,
    columns.map(({ figure }) => figure),
    catalogue,
    period,
  );
  if (columns.length === 0 || places.length === 0) return null;
  const shown = places.map(({ matches }) =>
    columns.map(({ figure }) => {
      const part = figure.parts?.find(matches);
      return { cell: toPartCell(figure, part), few: part?.few ?? false };
    }),
  );
  const open = { rows: shown.map((cells) => cells.map(({ cell }) => cell)), totals: new Set<number>() };
  const kept = hide && layout.方式 === '地区' ? suppress(shown, columns) : open;
  const total = columns.map((column, index) =>
    kept.totals.has(index)
      ? ({ type: 'suppressed' } as const)
      : toFigureCell(column.figure, toSum(column, kept.rows, index)),
  );
  const labelled = kept.rows.map((cells, index) => [toTextCell(places[index]?.label ?? ''), ...cells]);
  const all = [[toTextCell('合计'), ...total], ...labelled].map((cells) => withShares(cells, columns));
  return {
    columns,
    rows: all.map((cells, index) => ({ indented: index > 0, bold: index === 0, cells })),
    suppressed: all.some((cells) => cells.some(({ type }) => type === 'suppressed')),
    empty: given
      .filter((column) => !hasValue(column))
      .map(({ group, name, figure }) => ({ name: `${group}${name}`, reason: figure.reason ?? '' })),
  };
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
    label: oneYear ? `${Number(month.slice(5))}月` : `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
    matches: ({ by, name }) => by === MONTH && name === month,
  }));
}

const MONTH = '月份';

/** A 合计 that is the sum of the rows below it; null where it is something else (distinct persons, a ratio, a withheld row). */
function toSum({ figure, indicator }: GridColumn, rows: Cell[][], index: number): Formula | null {
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
