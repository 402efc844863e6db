import Big from 'big.js';
import { toExact, toPartId, toRounded } from '../format.ts';
import type { Figure, FigurePart } from '../model.ts';
import type { Cell, Formula } from './table.ts';

/** An exact number as printed in a table: separators, and as many places as its unit has. */
export function toTableNumber(value: string, decimals: number): string {
  const [whole = '', places] = new Big(toRounded(new Big(value), decimals)).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return places === undefined ? grouped : `${grouped}.${places}`;
}

/** A cell of a value in base units, such as a figure has. */
export function toNumberCell(value: string, figure: Figure, formula: Formula | null = null): Cell {
  const exact = toExact(value, figure.unit).toFixed();
  return toPlainCell(exact, figure.decimals, figure.id, formula);
}

/** A cell of a value that is in the unit of its head already. */
export const toPlainCell = (
  value: string,
  decimals: number,
  figure: string,
  formula: Formula | null,
): Cell => ({ type: 'number', value, decimals, text: toTableNumber(value, decimals), figure, formula });

/** The whole figure's cell. */
export function toFigureCell(figure: Figure | undefined, formula: Formula | null = null): Cell {
  if (figure === undefined || figure.status === 'absent') return { type: 'none' };
  if (figure.value === null) return { type: 'pending', reason: figure.reason ?? '', figure: figure.id };
  return toNumberCell(figure.value, figure, formula);
}

/** The cell of one part; nothing where it has no rows. */
export function toPartCell(figure: Figure, part: FigurePart | undefined): Cell {
  if (part === undefined) return { type: 'none' };
  const id = toPartId(figure.id, part);
  if (part.value === null) return { type: 'pending', reason: part.reason ?? '', figure: id };
  return toNumberCell(part.value, { ...figure, id });
}

export const toTextCell = (text: string): Cell => ({ type: 'text', text });
