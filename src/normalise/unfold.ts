import type { Batch, ColumnMatch, Fold, FoldGroup, Recognition, Sheet } from '../model.ts';
import { findBareMonth, findQuarterCell } from '../recognise/index.ts';

/** Where a long row's cells come from. */
interface Layout {
  fold: Fold;
  headBottom: number;
  /** Columns of the wide sheet; those of the groups' fields are added behind them. */
  width: number;
  /** The added columns' fields, in order. */
  fields: string[];
}

/**
 * Makes a wide sheet long: each row gives one row per group that has something in it, under the same row number. A row
 * in which no group has anything stays one row, so that none is lost. Sheets without a fold come back as they are.
 */
export function unfold(sheet: Sheet, recognition: Recognition): { sheet: Sheet; recognition: Recognition } {
  const { fold } = recognition;
  if (!fold) return { sheet, recognition };
  const width = recognition.columns.length;
  const fields = [
    ...new Set(
      fold.groups.flatMap(({ says, cells }) => [...Object.keys(says), ...cells.map(({ field }) => field)]),
    ),
  ];
  const layout: Layout = { fold, headBottom: recognition.headBottom, width, fields };
  return {
    sheet: { ...sheet, derived: true, read: () => readLong(sheet, layout) },
    recognition: { ...recognition, columns: toColumns(recognition.columns, layout) },
  };
}

function toColumns(columns: ColumnMatch[], { fold, width, fields }: Layout): ColumnMatch[] {
  const added = fields.map((field, i): ColumnMatch => {
    const cells = fold.groups.flatMap((group) => group.cells.filter((cell) => cell.field === field));
    // Units may differ from group to group: then cells carry theirs and the column counts 元.
    const yuan = cells.some((cell) => cell.yuan === null)
      ? null
      : isMixed(cells)
        ? 1
        : (cells[0]?.yuan ?? null);
    return { index: width + i, label: cells[0]?.label ?? fold.groups[0]?.cells[0]?.label ?? '', field, yuan };
  });
  return [...columns, ...added];
}

const isMixed = (cells: FoldGroup['cells']): boolean => new Set(cells.map(({ yuan }) => yuan)).size > 1;

async function* readLong(sheet: Sheet, layout: Layout): AsyncIterable<Batch> {
  for await (const batch of sheet.read()) yield toLong(batch, layout);
}

/** A long row: its place in the batch and its group; null where no group has anything. */
interface LongRow {
  from: number;
  group: FoldGroup | null;
  /** False for the second and later rows of one wide row. */
  first: boolean;
}

function toLong(batch: Batch, layout: Layout): Batch {
  const { width, fields, fold } = layout;
  const rows = batch.numbers.flatMap((number, from) =>
    number > layout.headBottom ? toLongRows(batch, from, fold) : [{ from, group: null, first: true }],
  );
  const flags = (values: Uint8Array | undefined) =>
    values && Uint8Array.from(rows, ({ from }) => values[from] ?? 0);
  const shared = Array.from({ length: width }, (_, index) => index);
  const long: Batch = {
    numbers: rows.map(({ from }) => batch.numbers[from] ?? 0),
    columns: [
      ...shared.map((index) => toShared(batch, rows, index, fold)),
      ...fields.map((field) => rows.map((row) => toCell(batch, row, field, layout))),
      // Text beyond the head's last column is no data, but it says that a line was cut wrongly.
      ...batch.columns.slice(width).map((column) => rows.map(({ from }) => column[from] ?? '')),
    ],
    numeric: [
      ...shared.map((index) => flags(batch.numeric[index])),
      ...fields.map((field) => toFlags(batch, rows, field)),
    ],
    packed: null,
  };
  const hidden = flags(batch.hidden);
  return hidden ? { ...long, hidden } : long;
}

function toLongRows(batch: Batch, from: number, fold: Fold): LongRow[] {
  const isFilled = ({ cells }: FoldGroup) =>
    cells.some(
      ({ index }) => !fold.blank.includes(cellOf(batch, index, from)) && cellOf(batch, index, from) !== '',
    );
  const groups = fold.groups.filter((group, i) => (fold.keepFirst && i === 0) || isFilled(group));
  if (groups.length === 0) return [{ from, group: null, first: true }];
  return groups.map((group, i) => ({ from, group, first: i === 0 }));
}

const cellOf = (batch: Batch, index: number, row: number): string =>
  (batch.columns[index]?.[row] ?? '').trim();

function toShared(batch: Batch, rows: LongRow[], index: number, fold: Fold): string[] {
  const column = batch.columns[index];
  if (column === undefined) return rows.map(() => '');
  const once = fold.once.includes(index);
  const months = fold.monthColumn === index;
  return rows.map(({ from, first }) => {
    if (once && !first) return '';
    const text = column[from] ?? '';
    return months ? toMonthCell(text, toYear(batch, from, fold)) : text;
  });
}

/** What an added column holds in a long row. */
function toCell(batch: Batch, { from, group }: LongRow, field: string, { fold }: Layout): string {
  if (group === null) return '';
  const said = group.says[field];
  if (said !== undefined) return field === 'month' ? toMonthCell(said, toYear(batch, from, fold)) : said;
  const cell = group.cells.find((each) => each.field === field);
  if (cell === undefined) return '';
  const text = batch.columns[cell.index]?.[from] ?? '';
  const mixed = isMixed(fold.groups.flatMap(({ cells }) => cells.filter((each) => each.field === field)));
  return mixed && cell.yuan === 10_000 && /\d\s*$/.test(text) ? `${text}万元` : text;
}

/** An ID that the file stores as a number stays marked as one. */
function toFlags(batch: Batch, rows: LongRow[], field: string): Uint8Array {
  return Uint8Array.from(rows, ({ from, group }) => {
    const cell = group?.cells.find((each) => each.field === field);
    return cell === undefined ? 0 : (batch.numeric[cell.index]?.[from] ?? 0);
  });
}

function toYear(batch: Batch, row: number, fold: Fold): string | null {
  const own = fold.yearColumn === null ? null : /20\d{2}/.exec(cellOf(batch, fold.yearColumn, row))?.[0];
  return own ?? fold.year;
}

/** "03", "3月", "一季度" with the year they belong to; a text that names its own year, or no month, stays as it is. */
function toMonthCell(text: string, year: string | null): string {
  const quarter = findQuarterCell(text);
  const month = quarter?.month ?? findBareMonth(text);
  const own = quarter?.year ?? year;
  return month === null || own === null ? text : `${own}-${month}`;
}
