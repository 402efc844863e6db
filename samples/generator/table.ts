/** What a cell means, before a layout decides how it is written. Money is whole 分. */
export type Value =
  | string
  | number
  | null
  | { fen: number }
  | { month: string | null }
  | { date: string | null };

/** A column of one business table. */
export interface Column<R> {
  /** Names of the column; the first one is the usual one, all of them name the same thing. */
  heads: readonly [string, ...string[]];
  value: (row: R, index: number) => Value;
  /** Parent head where a sheet has two head rows. */
  group?: string;
  /** Name under the parent head where it is shorter there ("姓名" under "男方"). */
  leaf?: string;
  /** Grandparent head where a sheet has three head rows. */
  band?: string;
  /** Added up in 合计 and 小计 rows. */
  summed?: true;
  /** The column with the name that `Table.area` gives; merged downward and 小计 by it. */
  isArea?: true;
}

/** One business table: what it says, not how it looks. */
export interface Table<R> {
  /** Sheet name. */
  sheet: string;
  /** Title without place and year. */
  title: string;
  /** Text after 单位：. */
  unit: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  /** Only for tables whose rows may be gathered by area. */
  area?: (row: R) => string;
  hidden?: true;
}

/** Whole 分 as exact 元 without trailing zeros: 123450 → "1234.5". */
export function toYuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
}

/** A running number as the first column. */
export function sequence<R>(): Column<R> {
  return { heads: ['序号'], value: (_, index) => index + 1 };
}
