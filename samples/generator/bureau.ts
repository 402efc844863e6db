import { type Grid, layTable, type Stamp } from './grid.ts';
import { type Layout, type LayoutOf, toBare } from './layout.ts';
import type { Figures } from './ledger.ts';
import type { Registry } from './persons.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { Column, Table } from './table.ts';

/** A community or village and the street or town above it, as they stand at the end of the year. */
export interface Place {
  town: string;
  community: string;
}

/** What every business needs to make its rows and sheets. */
export interface Bureau {
  plan: Plan;
  random: Random;
  registry: Registry;
  /** Where people live. */
  places: readonly Place[];
  layoutOf: LayoutOf;
  stamp: Stamp;
}

/** The sheets of one business and the true figures in them. */
export interface Business {
  grids: Grid[];
  /** Sheets that become a CSV file of this name each. */
  csvs: { name: string; grid: Grid }[];
  figures: Figures;
}

/** A business whose sheets all stand in the workbook. */
export function toBusiness(grids: Grid[], figures: Figures): Business {
  return { grids, csvs: [], figures };
}

/** Lays a table out as the bureau has that sheet. */
export function lay<R>(bureau: Bureau, table: Table<R>): Grid {
  return layTable(table, bureau.layoutOf(table.sheet), bureau.stamp);
}

/** Lays a table out as a system exports it: head in the first row, no dates of the spreadsheet kind. */
export function layBare<R>(bureau: Bureau, table: Table<R>): Grid {
  const layout: Layout = toBare(bureau.layoutOf(table.sheet));
  return layTable(table, { ...layout, date: layout.date === 'excel' ? 'dash' : layout.date }, bureau.stamp);
}

/** The two area columns; the street or town first. */
export function areaColumns<R>(place: (row: R) => Place): [Column<R>, Column<R>] {
  return [
    {
      heads: ['乡镇街道', '街道（乡镇）', '乡镇', '所属乡镇', '镇街'],
      value: (row) => place(row).town,
      isArea: true,
    },
    { heads: ['社区', '村居', '所属社区', '社区（村）'], value: (row) => place(row).community },
  ];
}

/** Names of a person's ID column. */
export const idHeads = ['身份证号', '身份证号码', '公民身份号码', '证件号码'] as const;
/** Names of a household's key column. */
export const householdHeads = ['户编号', '户号', '家庭编号', '户编码'] as const;
/** Names of a payout's month column. */
export const monthHeads = ['发放年月', '发放月份', '年月', '所属月份'] as const;
