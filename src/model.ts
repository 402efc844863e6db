/**
 * The glossary as types. Everything that leaves a stage is one of these: plain data, JSON-safe unless said otherwise.
 * Money is in 元, exact decimals travel as strings ("2850460" or "838.3705882…"), months as "2022-03", dates as "2022-03-15".
 */

/** One input file. */
export interface Source {
  /** Path as the user gave it, or as a glob found it. */
  path: string;
  /** File name without folders; the only form that is printed. */
  name: string;
  /** Size in bytes. */
  bytes: number;
  /** Lower-case hex of the file's SHA-256. */
  sha256: string;
}

/** A row of a sheet's head part, cell by cell; '' is an empty cell. */
export interface HeadRow {
  /** Row number as the file shows it, from 1. */
  number: number;
  /** Cell texts by column index from 0. */
  cells: string[];
}

/** A block of consecutive rows, column by column, because that is how the store takes them. */
export interface Batch {
  /** Row number of each row as the file shows it, ascending; rows that the file leaves out are absent. */
  numbers: number[];
  /** columns[c][i] is the text of column c in the i-th row of the batch; '' is an empty cell. All of equal length. */
  columns: string[][];
  /**
   * numeric[c][i] is 1 where the file stores a number, not text (an ID stored as a number has lost digits).
   * An absent entry means that the column holds no number in this batch.
   */
  numeric: (Uint8Array | undefined)[];
  /** hidden[i] is 1 where the row is hidden; absent when no row of the batch is. */
  hidden?: Uint8Array;
}

/** A merged range: rows from 1, columns from 0, all four inclusive. Only its top left cell has a text. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** How DuckDB can read a CSV by itself. Only for files whose bytes are UTF-8. */
export interface CsvDialect {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  delimiter: ',' | ';' | '\t' | '|';
  /** Bytes of the byte order mark at the beginning, 0 when there is none. */
  bomBytes: number;
}

/** A grid of text cells with addresses. Rows are streamed; nothing of it is kept. */
export interface Sheet {
  source: Source;
  /** The sheet's own name; '' for a CSV. */
  name: string;
  /** True when the workbook hides it (hidden or very hidden). */
  hidden: boolean;
  /** Indexes of hidden columns, ascending. */
  hiddenColumns: number[];
  /** Its first rows that have a cell with text, at most 60: what recognition looks at. */
  head: HeadRow[];
  /** How the bytes of a CSV are written; null for a workbook's sheet. */
  csv: CsvDialect | null;
  /** Streams all rows from the first one on, also those of `head`; can be called again. */
  read(): AsyncIterable<Batch>;
  /** Merged ranges; complete only after `read()` has come to its end. */
  merges(): Merge[];
}

/** A stretch of text inside a block. */
export type Run =
  /** Plain text. */
  | { type: 'text'; text: string }
  /** A figure as printed, unit included; `figure` is its id, such as "低保.累计户数". */
  | { type: 'figure'; text: string; figure: string }
  /**
   * What a person must still do. 待核: a figure that the data cannot give (`figure` is its id, else null);
   * 待填: a text that a person writes. `text` is the whole mark as printed, "〔待填：成文日期〕".
   */
  | { type: 'placeholder'; kind: '待核' | '待填'; text: string; figure: string | null };

/** A block of a draft. Headings carry no numbers: the renderer numbers them, so that a heading that falls away leaves no gap. */
export type Block =
  | { type: 'heading'; level: 1 | 2 | 3 | 4; runs: Run[] }
  | { type: 'paragraph'; runs: Run[] }
  /** 署名 and 成文日期 at the end of a document. */
  | { type: 'signature'; organisation: Run[]; date: Run[] };

/** A document before it has a format. */
export interface Draft {
  /** 标题, centred on top; one entry per line. */
  title: Run[][];
  blocks: Block[];
}
