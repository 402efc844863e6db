import type { Catalogue } from '../catalogue/index.ts';
import type { Batch, HeadRow, Sheet } from '../model.ts';
import { findHead, type Head } from './head.ts';
import { isPlainValue, toPlain } from './label.ts';
import { findSynonyms, type Synonyms } from './synonyms.ts';

/** One table of a sheet and its head; null where none was found, or the sheet is hidden. */
export interface Table {
  sheet: Sheet;
  head: Head | null;
}

/**
 * The tables of a sheet, each as a sheet of its own: a second table below the first, or a list to the right of it, is
 * recognised by itself. Nearly always the sheet as it is. Only the first rows are looked at, as forms are short.
 */
export function findTables(sheet: Sheet, synonyms: Synonyms, catalogue: Catalogue): Table[] {
  const head = sheet.hidden ? null : findHead(sheet.head, synonyms, catalogue);
  if (head === null) return [{ sheet, head }];
  const find = (part: Sheet) => findTables(part, synonyms, catalogue);
  const right = findRightList(head, synonyms);
  if (right !== null)
    return [
      ...find(withColumns(sheet, 0, right)),
      ...find(withColumns(sheet, right, Number.POSITIVE_INFINITY)),
    ];
  const row = findEarlierEnd(head, synonyms, catalogue) ?? findSecondTable(head, synonyms, catalogue);
  if (row === null) return [{ sheet, head }];
  const first = withRows(sheet, 0, row);
  return [
    { sheet: first, head: findHead(first.head, synonyms, catalogue) },
    ...find(withRows(sheet, row, Number.POSITIVE_INFINITY)),
  ];
}

const textOf = (row: HeadRow, index: number): string => (row.cells[index] ?? '').trim();

/** First column of a list beside the table: after a blank column, with heads that the table has too (序号、姓名). */
function findRightList(head: Head, synonyms: Synonyms): number | null {
  const rows = [...head.rows, ...head.below];
  const fieldsOf = (from: number, to: number) =>
    head.labels.slice(from, to).flatMap((label) => toField(label.at(-1) ?? '', synonyms));
  for (let column = 2; column < head.labels.length - 2; column++) {
    if (rows.some((row) => textOf(row, column) !== '')) continue;
    const left = new Set(fieldsOf(0, column));
    const right = fieldsOf(column + 1, head.labels.length);
    if (left.size >= 2 && right.length >= 2 && right.some((field) => left.has(field))) return column + 1;
  }
  return null;
}

/** Number of the row at which a second table begins, its title included; null when there is none. */
function findSecondTable(head: Head, synonyms: Synonyms, catalogue: Catalogue): number | null {
  const own = new Set(head.labels.map((label) => toPlain(label.at(-1) ?? '')));
  const at = head.below.findIndex(({ cells }) => {
    const filled = cells.map(toPlain).filter(Boolean);
    const known = new Set(filled.flatMap((cell) => toField(cell, synonyms)));
    const repeated = filled.filter((cell) => own.has(cell)).length * 3 >= filled.length * 2;
    return known.size >= 3 && known.size * 5 >= filled.length * 3 && !cells.some(isPlainValue) && !repeated;
  });
  return at < 1 ? null : toStart(head.below, at, catalogue);
}

/** The same where the second table's head is the better one: then the first table stands above it. */
function findEarlierEnd(head: Head, synonyms: Synonyms, catalogue: Catalogue): number | null {
  const earlier = findHead(head.above, synonyms, catalogue);
  const isTable =
    earlier !== null &&
    earlier.matches.filter(({ field }) => field !== null).length >= 3 &&
    earlier.below.some(({ cells }) => cells.some(isPlainValue));
  return isTable ? toStart([...earlier.below, ...head.rows], earlier.below.length, catalogue) : null;
}

/** Number of the row at which the table begins whose head is at `at`: titles and group names above it belong to it. */
function toStart(rows: HeadRow[], at: number, { rowWords }: Catalogue): number | null {
  const ends = [...rowWords.合计, ...rowWords.表尾].map(toPlain);
  const isAbove = ({ cells }: HeadRow) =>
    !cells.some(isPlainValue) && !cells.some((cell) => ends.some((word) => toPlain(cell).startsWith(word)));
  let first = at;
  while (first > 1 && at - first < 3 && isAbove(rows[first - 1] as HeadRow)) first -= 1;
  return rows[first]?.number ?? null;
}

const toField = (cell: string, synonyms: Synonyms): string[] =>
  findSynonyms(cell, synonyms)
    .slice(0, 1)
    .map(({ field }) => field);

/** The rows from `from` to before `to`. */
function withRows(sheet: Sheet, from: number, to: number): Sheet {
  const isInside = (number: number) => number >= from && number < to;
  async function* read(): AsyncIterable<Batch> {
    for await (const batch of sheet.read()) {
      const kept = batch.numbers.flatMap((number, i) => (isInside(number) ? [i] : []));
      if (kept.length > 0) yield kept.length === batch.numbers.length ? batch : pickRows(batch, kept);
    }
  }
  return { ...sheet, head: sheet.head.filter(({ number }) => isInside(number)), derived: true, read };
}

function pickRows(batch: Batch, kept: number[]): Batch {
  const flags = (values: Uint8Array | undefined) => values && Uint8Array.from(kept, (i) => values[i] ?? 0);
  const picked: Batch = {
    numbers: kept.map((i) => batch.numbers[i] ?? 0),
    columns: batch.columns.map((column) => kept.map((i) => column[i] ?? '')),
    numeric: batch.numeric.map(flags),
    packed: null,
  };
  const hidden = flags(batch.hidden);
  return hidden ? { ...picked, hidden } : picked;
}

/** The columns from `from` to before `to`. */
function withColumns(sheet: Sheet, from: number, to: number): Sheet {
  async function* read(): AsyncIterable<Batch> {
    for await (const batch of sheet.read())
      yield {
        ...batch,
        columns: batch.columns.slice(from, to),
        numeric: batch.numeric.slice(from, to),
        packed: null,
      };
  }
  const rows = sheet.head.map(({ number, cells }) => ({ number, cells: cells.slice(from, to) }));
  return {
    ...sheet,
    head: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
    hiddenColumns: sheet.hiddenColumns.flatMap((column) =>
      column >= from && column < to ? [column - from] : [],
    ),
    derived: true,
    read,
    merges: () =>
      sheet
        .merges()
        .filter(({ left }) => left >= from && left < to)
        .map((merge) => ({ ...merge, left: merge.left - from, right: merge.right - from })),
  };
}
