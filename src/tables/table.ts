/** What a number follows from in its own table: cells of its row by column, or rows of its column. All from 0. */
export type Formula =
  | { type: 'sum'; from: number; to: number }
  | { type: 'share'; over: number; under: number; times: string }
  | { type: 'minus'; of: number; less: number };

/** One cell of a 附表. */
export type Cell =
  | { type: 'text'; text: string }
  /** `value`: exact, in the unit of its head; `text`: as printed, with separators; `figure`: id of the figure, its part's, or that of which it is a target, a base or a difference. */
  | { type: 'number'; value: string; decimals: number; text: string; figure: string; formula: Formula | null }
  /** Nothing was given. */
  | { type: 'none' }
  | { type: 'pending'; reason: string; figure: string }
  /** Withheld, because it is about one or two persons or would give them away. */
  | { type: 'suppressed' };

/** A column and what stands above it. */
export interface Column {
  /** Word that it shares with its neighbours; '' where it stands alone. */
  group: string;
  name: string;
  /** 户, 万元, %; '' for texts. */
  unit: string;
}

export interface Row {
  /** 其中: one step in. */
  indented: boolean;
  /** 合计. */
  bold: boolean;
  cells: Cell[];
}

/** A finished 附表, before it has a format. */
export interface Sheet {
  /** 社会救助 */
  name: string;
  title: string;
  landscape: boolean;
  organisation: string;
  /** 2022年，截至2022年底 */
  when: string;
  columns: Column[];
  rows: Row[];
  notes: string[];
}

/** The note under a table in which something is withheld. */
export const WITHHELD = '*：为保护个人信息，1至2人（户）的数和可以由它推出的数不公布。';

/** The block that is filled in by hand under every printed table. */
export const FILLED_BY_HAND = '单位负责人：　　　　　　审核人：　　　　　　填表人：　　　　　　填表日期：';

/** What a cell says where it is no number. */
export const toWord = (cell: Exclude<Cell, { type: 'number' }>): string =>
  cell.type === 'text'
    ? cell.text
    : cell.type === 'suppressed'
      ? '*'
      : cell.type === 'pending'
        ? '待核'
        : '—';

/** A cell as printed. */
export const toPrinted = (cell: Cell): string => (cell.type === 'number' ? cell.text : toWord(cell));
