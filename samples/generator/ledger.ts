import { toYuan } from './table.ts';

/** True figures by indicator id, as exact decimals: 元, 户, 人, 件 … */
export type Figures = Record<string, string>;

/** How many rows of each kind a sheet holds. */
export interface RowCounts {
  /** Title, unit row and head rows. */
  head: number;
  data: number;
  /** 合计 and 小计 rows. */
  totals: number;
  /** 填表人, 注. */
  footer: number;
}

/** A declared figure of the 手工填报 file. */
export interface Fact {
  id: string;
  value: string;
  unit: string;
  period: string;
}

/** What is true about a bureau, by its own counters. */
export interface Ledger {
  place: string;
  bureau: string;
  year: number;
  figures: Figures;
  facts: Fact[];
  /** By file name, then by sheet name; a CSV's sheet name is ''. */
  rows: Record<string, Record<string, RowCounts>>;
}

/** Counts rows. */
export function countRows<R>(rows: readonly R[], fits: (row: R) => boolean = () => true): string {
  return String(rows.filter(fits).length);
}

/** Counts the different keys among the rows. */
export function countDistinct<R>(rows: readonly R[], key: (row: R) => string): string {
  return String(new Set(rows.map(key)).size);
}

/** Adds up a whole number per row. */
export function addUp<R>(rows: readonly R[], count: (row: R) => number): string {
  return String(rows.reduce((total, row) => total + count(row), 0));
}

/** Adds up 分 per row and gives 元. */
export function addMoney<R>(rows: readonly R[], fen: (row: R) => number): string {
  return toYuan(rows.reduce((total, row) => total + fen(row), 0));
}
