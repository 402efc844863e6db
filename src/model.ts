import type { ProblemKind } from './problem.ts';

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

/** Between the cells of a column that is handed on as one text; it cannot stand in a cell. */
export const CELL_END = '\u001f';

/** The columns of a batch as the store takes them: no text need be made of their bytes. Only of rows that all have a text. */
export interface PackedColumns {
  /** UTF-8 of a column's cells, joined by CELL_END; undefined where all are empty. */
  bytes(column: number): Uint8Array | undefined;
  /** Characters of the longest cell. */
  longest: number;
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
  /** The same cells as bytes; null where the reader has none, or some row may be blank. */
  packed: PackedColumns | null;
}

/** A merged range: rows from 1, columns from 0, all four inclusive. Only its top left cell has a text. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** How the bytes of a CSV are written. */
export interface CsvDialect {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  delimiter: ',' | ';' | '\t' | '|';
  /** Line feeds in the whole file but for those at its very end; null when the bytes are not UTF-8. */
  lineFeeds: number | null;
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
  /** True when `read()` gives other rows than the file's bytes do: one of several tables, or unfolded rows. */
  derived?: true;
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
  /** 主送机关 or 称谓: flush left, before the text. */
  | { type: 'addressee'; runs: Run[] }
  | Table
  /** 附件说明: the titles of the annexes, before the signature. */
  | { type: 'enclosures'; annexes: Pick<Annex, 'mark' | 'title'>[] }
  /** 署名 and 成文日期 at the end of a document. */
  | { type: 'signature'; organisation: Run[]; date: Run[] };

/** A table; every row has as many cells as the head. */
export interface Table {
  type: 'table';
  /** Empty when it has none. */
  title: Run[];
  head: Run[][];
  rows: Run[][][];
  /** Lines under it. */
  notes: Run[][];
}

/** 附件 or 附表 on pages of its own. */
export interface Annex {
  /** As on its first line, with its number where there are several of its sort: "附件", "附件1", "附表2". */
  mark: string;
  title: Run[];
  captions: Run[][];
  /** True when its pages lie on their side. */
  landscape: boolean;
  blocks: Block[];
}

/** Bars beside one another, drawn by the formats that can (html). */
export interface Chart {
  title: string;
  unit: string;
  /** Upright bars for months, lying ones for names. */
  upright: boolean;
  /** Where a line stands to be reached; null for none. */
  full: number | null;
  /** `value` in `unit`, for its length only; `text` is what is printed; `figure` is the id of the figure that it is. */
  bars: { label: string; value: number; text: string; figure: string }[];
}

/** A document before it has a format. */
export interface Draft {
  /** File name of the template that it was made by; absent where no template was. */
  template?: string;
  /** 标题, centred on top; one entry per line. */
  title: Run[][];
  /** 题注: centred lines under the title, such as the meeting at which a report is given. */
  captions: Run[][];
  blocks: Block[];
  annexes: Annex[];
  charts?: Chart[];
  /** Ids of figures, also of parts, that are about one or two persons or would give them away: no format may tell their values. */
  withheld?: string[];
}

/** What a sheet holds; see datasets.yaml for how it is told. */
export const DATASETS = [
  'payouts',
  'roll',
  'events',
  'services',
  'funds',
  'targets',
  'facts',
  'statistics',
] as const;
export type Dataset = (typeof DATASETS)[number];

/** A span of whole months, both inclusive, as "2022-01". */
export interface Period {
  from: string;
  to: string;
}

/** 类别 of an indicator: what may be done with its values over time and area. */
export type Kind = '期末数' | '当期数' | '人次' | '比率' | '标准' | '目标';

/** One column of a sheet and what it was taken for. */
export interface ColumnMatch {
  /** Index from 0. */
  index: number;
  /** The head's text, parents first, as the file has it. */
  label: string;
  /** Field id of fields.yaml; null when no field fits or two columns fit it equally. */
  field: string | null;
  /** How many 元 one unit of the column is, for money columns; null when the head and the unit row do not say. */
  yuan: number | null;
}

/** One of the items that stand side by side in a row of a wide sheet: a month, a programme, a member … */
export interface FoldGroup {
  /** What the head says about all its cells: {month: "03"}, {programme: "低保", item: "低保金"}. */
  says: Record<string, string>;
  /** Its columns and what they hold; `yuan` as in ColumnMatch. */
  cells: { index: number; field: string; label: string; yuan: number | null }[];
}

/** How a wide sheet becomes a long one: each row gives one row per group. */
export interface Fold {
  /** Chinese: 一列一个月份，每行按12项展开. */
  note: string;
  /** In the order of the columns. None: rows stay as they are, only their months are completed. */
  groups: FoldGroup[];
  /** Shared columns (money of a household) whose cells are kept in a row's first item only. */
  once: number[];
  /** True when the first group (the head of a household) gives a row even where its cells are empty. */
  keepFirst: boolean;
  /** Texts of a cell that say that a row has no such item. */
  blank: string[];
  /** Year of months that are written without one, and the column that gives it row by row; null when unknown. */
  year: string | null;
  yearColumn: number | null;
  /** Column whose months are written without a year or as quarters; null when there is none. */
  monthColumn: number | null;
}

/** What a sheet is, and why. */
export interface Recognition {
  dataset: Dataset | null;
  /** Canonical 业务; null for targets and facts, or when unknown. */
  programme: string | null;
  /** Canonical 款项 named in the sheet's name or title; null when only a column or the default says. */
  item: string | null;
  /** Last row of the head; data begin after it. */
  headBottom: number;
  columns: ColumnMatch[];
  /** Texts above the head (titles, unit row): places and years are looked for here. */
  preamble: string[];
  /** Period that the sheet's name, title or file name gives; null when none does. */
  period: Period | null;
  /** Township that only the sheet's or the file's name gives; absent when a column does or nothing does. */
  town?: string;
  /** How its rows are to be unfolded; absent where a row is one item already. */
  fold?: Fold;
  /** Chinese sentence: why this dataset and programme. */
  reason: string;
}

/** Rows of a sheet by what became of them. read = used + the sum of setAside. */
export interface RowCount {
  /** Rows below the head that hold any text. */
  read: number;
  used: number;
  setAside: { reason: string; rows: number }[];
}

/** A sheet after loading: what it is and what became of its rows. */
export interface LoadedSheet extends RowCount {
  /** Number of the sheet in this run, from 1; the store's table is s<id>. */
  id: number;
  file: string;
  sheet: string;
  dataset: Dataset | null;
  programme: string | null;
  reason: string;
  /** Columns that were taken, as confirmed or recognised; none of a sheet that was not used. */
  columns: LoadedColumn[];
}

/** A column of a sheet and the field that it fills. */
export interface LoadedColumn {
  /** As a spreadsheet calls it: A, B … */
  column: string;
  /** The head's text, parents first, as the file has it. */
  label: string;
  /** Name of the field. */
  field: string;
}

/** Where rows of a figure come from. */
export interface FigureSource {
  file: string;
  sheet: string;
  rowsUsed: number;
  /** First and last row used, as the file numbers them. */
  firstRow: number;
  lastRow: number;
}

/** 依据: what a figure stands on. */
export type Basis =
  | {
      type: 'rows';
      formula: string;
      filter: string;
      sources: FigureSource[];
      setAside: { reason: string; rows: number }[];
    }
  | { type: 'manual'; file: string; sheet: string; row: number; note: string }
  | { type: 'derived'; formula: string; from: string[] }
  /** A city's: put together from its counties' figures of the same id, each with the file that it stands in. */
  | { type: 'counties'; formula: string; from: CountyFigure[] }
  | { type: 'none' };

/** A county's figure as its facts have it. */
export interface CountyFigure {
  /** The county. */
  place: string;
  /** Name of its *.facts.json; null when it handed in none. */
  file: string | null;
  /** As in Figure; null when the county does not know it. */
  value: string | null;
  /** As printed there. */
  text: string;
}

/** A target for an indicator, set by someone. */
export interface Target {
  /** Exact decimal in the indicator's base unit. */
  value: string;
  /** Who set it; null when the sheet does not say. */
  setter: string | null;
  /** The county, township or village for which it is set; null for the whole place. */
  area: string | null;
  /** By when: the end of it is the day that counts. */
  period: Period;
  /** Where it stands: file, sheet and row. */
  where: string;
}

/** What a figure is compared with. */
export interface Base {
  /** The span or, for a stock, the span at whose end it stood. */
  period: Period;
  /** Exact decimal in the figure's base unit; null when last year's data give no sure value. */
  value: string | null;
  /** Chinese: the files it comes from, or the row in which it is stated. */
  where: string;
  /** Chinese: why there is no value; null when there is one. */
  reason: string | null;
  /** Chinese: why the two are not quite comparable (可比性说明); null when nothing says so. */
  note: string | null;
}

/** A figure's value for one of the areas or institutions that make it up. */
export interface FigurePart {
  /** Name of the field that tells the parts apart: 县区, 乡镇街道, 村社区, 机构名称. */
  by: string;
  /** Null for rows that do not say. */
  name: string | null;
  /** The area in which it lies, where names alone may mean two: a village's township, a township's county. */
  within: string | null;
  /** As in Figure; null when it is not known. */
  value: string | null;
  /** As printed, unit included, or 〔待核：…〕. */
  text: string;
  /** Why there is no value; null when there is one. */
  reason: string | null;
  /** The target set for it alone; absent when none was. */
  target?: Target;
  /** Its rows are about one or two persons or households: not to be published. Absent where they are about more, or about things. */
  few?: true;
}

/** An indicator's value for one period, with everything it knows about itself. */
export interface Figure {
  /** "低保.累计户数"; derived ones carry a suffix: #同比, #较上年末, #月平均, #完成率, #差额, and #完成率2 … for further targets. */
  id: string;
  name: string;
  /** As printed: 户, 万元, %. */
  unit: string;
  kind: Kind;
  /** Places after the point when printed; trailing zeros fall away. */
  decimals: number;
  period: Period;
  /** Months that its rows really cover when they end before the period does; null when they cover it. */
  covered: Period | null;
  /** known: value is set. pending: 〔待核〕 with a reason. absent: nothing of its business was given. */
  status: 'known' | 'pending' | 'absent';
  /** Exact decimal in the base unit (元, 人, 户; a ratio of 24.51% is "0.2451…"); null unless known, and for a range. */
  value: string | null;
  /** A city's standard that is not the same in all counties: from the lowest to the highest, in the base unit. */
  range?: { low: string; high: string };
  /** As printed, unit included, or 〔待核：…〕. */
  text: string;
  /** Chinese: why it is pending or absent; null when known. */
  reason: string | null;
  /** 说明 of the indicator: what else is to be known of its 口径; absent when the catalogue says nothing. */
  explanation?: string;
  basis: Basis;
  /** The same figure in the same span a year before (上年同期); null when nothing gives it. */
  lastYear: Base | null;
  /** The same stock at the end of the year before (上年末); null for all but stocks, and when nothing gives it. */
  yearEnd: Base | null;
  /** Those that are due by now first, in the order of the sheet; then those for later. */
  targets: Target[];
  /**
   * Its values by institution, where the indicator has 按, and by area, where a document asks for it; absent when there
   * are none. They need not add up: persons who are in two areas count in both, ratios are computed for each.
   */
  parts?: FigurePart[];
}

/** One measure of a policy: who leads it and what it is held to. */
export interface Measure {
  /** As the sheet has it. */
  title: string;
  /** 牵头单位; null when the sheet does not say. */
  lead: string | null;
  /** What it is held to; none where that is no number. */
  aims: Aim[];
}

/** One thing that a measure is held to. */
export interface Aim {
  /** The indicator as the sheet names it. */
  indicator: string;
  /** Id of the figure and the target for it; both null where the row could not be used. */
  figure: string | null;
  target: Target | null;
}

/** Everything a run found out. */
export interface Report {
  schemaVersion: 2;
  generator: { name: 'mzreport'; version: string };
  place: string;
  organisation: string;
  period: Period;
  /** Without their paths: a folder may bear a person's name. */
  sources: Omit<Source, 'path'>[];
  sheets: LoadedSheet[];
  figures: Figure[];
  /** Measures in the order of their sheet; absent when no sheet of targets names any. */
  measures?: Measure[];
  problems: Problem[];
  /** A city's counties, with the file that each handed in, null for none; absent where the figures are a place's own. */
  counties?: { place: string; file: string | null }[];
}

/** What a document was made with besides the data: all that a bureau may change, as it was. */
export interface Setup {
  /** 文种; null for a bureau's own template. */
  kind: string | null;
  /** File name of the template. */
  template: string;
  /** 成文日期 as printed; null when none was given. */
  date: string | null;
  /** Which of several methods is used, by the name of the setting: 月人均 → 按期末人数. */
  methods: Record<string, string>;
  /** What of templates/ was used, or of the bureau's own folder: "indicators/社会救助.yaml" and its SHA-256. */
  files: { name: string; sha256: string }[];
  /** SHA-256 of 指标 in mzreport.yaml; null when it has none. */
  indicators: string | null;
  /** SHA-256 of 识别 in mzreport.yaml; null when it has none. */
  mappings: string | null;
  /** SHA-256 over all of the above but the date: equal where nothing was changed. */
  fingerprint: string;
}

/** What *.facts.json holds. */
export interface Facts extends Report {
  setup: Setup;
  /** SHA-256 over all the rest: a file that was changed by hand gives itself away. */
  checksum: string;
}

/** A fault of the data: a value, collected, never thrown. Equal ones are counted. */
export interface Problem {
  kind: ProblemKind;
  /** File, and sheet where there is one. */
  file: string;
  sheet: string;
  /** First place it was seen: row number, 0 when it is about the whole sheet. */
  row: number;
  /** How many times. */
  count: number;
  /** What the words need, masked; never a name or a whole number of a person. */
  detail: Record<string, string>;
  /** Ids of the figures that it touches. */
  figures: string[];
}
