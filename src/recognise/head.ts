import type { Catalogue } from '../catalogue/index.ts';
import type { ColumnMatch, HeadRow } from '../model.ts';
import { type Columns, matchColumns } from './columns.ts';
import { findYuan, isPlainValue } from './label.ts';
import { findSynonyms, type Synonyms } from './synonyms.ts';
import { readWideLabel, toWideReader, type WideReader } from './wide-label.ts';

/** Where the head is and what its columns are. */
export interface Head extends Columns {
  /** Rows of the head. */
  rows: HeadRow[];
  /** Rows above it. */
  above: HeadRow[];
  /** Rows below it, a code row and a unit row left out. */
  below: HeadRow[];
  /** Last row that belongs to the head, code row and unit row included. */
  bottom: number;
}

const SEARCHED_ROWS = 40;
const MOST_HEAD_ROWS = 4;

/** The window of one to four rows that names the most fields; fewer rows win a tie. Null when no two fields are named. */
export function findHead(rows: HeadRow[], synonyms: Synonyms, catalogue: Catalogue): Head | null {
  const reader = toWideReader(synonyms, null, catalogue);
  const searched = rows.slice(0, SEARCHED_ROWS);
  const known = searched.map(({ cells }) => countKnown(cells, reader));
  let best: { columns: Columns; top: number; height: number } | null = null;
  let bestCount = 1;
  for (let height = 1; height <= MOST_HEAD_ROWS; height++) {
    for (let top = 0; top + height <= searched.length; top++) {
      // A window can hardly name more than its cells do one by one: most need no closer look.
      const most = known.slice(top, top + height).reduce((sum, count) => sum + count, 0);
      if (most <= bestCount) continue;
      const columns = matchColumns(searched.slice(top, top + height), synonyms, catalogue.fields);
      const count = countNamed(columns, reader);
      if (count > bestCount) {
        best = { columns, top, height };
        bestCount = count;
      }
    }
  }
  return best && toHead(rows, best.columns, best.top, best.height);
}

/** How many cells of a row may be labels; minus infinity for a row of data, which is in no head. */
function countKnown(cells: string[], reader: WideReader): number {
  if (cells.filter(isPlainValue).length >= 2 && !isCodeRow(cells)) return Number.NEGATIVE_INFINITY;
  const isKnown = (cell: string) =>
    cell.trim() !== '' &&
    (findSynonyms(cell, reader.synonyms).length > 0 || readWideLabel([cell], reader) !== null);
  return cells.filter(isKnown).length;
}

/**
 * Columns whose meaning is known. Clashing fields count once: the head is there even where two columns fight over a
 * field. Months or groups side by side (一月份 二月份, 城市 户数) are known too.
 */
function countNamed({ matches, clashes, labels, firm }: Columns, reader: WideReader): number {
  const named = matches.filter(({ field }) => field !== null).map(({ index }) => index);
  const kinds = new Map<string, number[]>();
  labels.forEach((label, index) => {
    const wide = firm.has(index) ? null : readWideLabel(label, reader);
    const kind = wide ? Object.keys(wide.says).sort().join() : null;
    if (kind !== null) kinds.set(kind, [...(kinds.get(kind) ?? []), index]);
  });
  const [largest = []] = [...kinds.values()].sort((a, b) => b.length - a.length);
  if (largest.length < 2) return named.length + clashes.length;
  return new Set([...named, ...largest]).size;
}

function toHead(rows: HeadRow[], columns: Columns, top: number, height: number): Head {
  const own = rows.slice(top, top + height);
  let next = top + height;
  let matches = columns.matches;
  for (; next < rows.length; next++) {
    const cells = rows[next]?.cells ?? [];
    if (isRestOfHead(cells, matches)) continue;
    if (isUnitRow(cells)) matches = matches.map((match) => withUnit(match, cells[match.index]));
    else if (!isCodeRow(cells)) break;
  }
  return {
    ...columns,
    matches,
    rows: own,
    above: rows.slice(0, top),
    below: rows.slice(next),
    bottom: rows[next - 1]?.number ?? 0,
  };
}

/** A row that only subdivides columns of unknown meaning (其他专项补贴金: 水价补贴, 取暖补贴): data have more than that. */
function isRestOfHead(cells: string[], matches: ColumnMatch[]): boolean {
  const unknown = new Set(
    matches.filter(({ field, label }) => field === null && label !== '').map(({ index }) => index),
  );
  const at = cells.flatMap((cell, index) => (cell.trim() === '' ? [] : [index]));
  const first = at[0] ?? -1;
  return (
    at.length >= 2 &&
    unknown.has(first) &&
    !cells.some(isPlainValue) &&
    at.every((index) => !matches[index]?.field)
  );
}

const withUnit = <T extends { yuan: number | null }>(match: T, unit: string | undefined): T =>
  match.yuan === null && unit ? { ...match, yuan: findYuan(`(${unit.replace(/[()（）]/g, '')})`) } : match;

const filled = (cells: string[]): string[] =>
  cells.map((cell) => cell.normalize('NFKC').replace(/[\s()]/g, '')).filter(Boolean);

/** 甲 乙 1 2 3, （1）（2）（3）, 栏次 1 2 3: at least three numbers, counted from 1, and nothing else. */
export function isCodeRow(cells: string[]): boolean {
  const codes = filled(cells);
  const numbers = codes.filter((code) => /^\d{1,3}$/.test(code)).map(Number);
  const words = codes.filter((code) => !/^\d{1,3}$/.test(code));
  return (
    numbers.length >= 3 &&
    numbers.every((number, i) => number === i + 1) &&
    words.every((word) => /^(栏次|[甲乙丙丁戊己庚])$/.test(word))
  );
}

const UNIT_WORD = /^(亿元|万元|元|人|户|人次|户次|张|个|名|对|件|岁|%|元\/.{1,4})$/;
/** A row that only names units: 户 人 万元. */
const isUnitRow = (cells: string[]): boolean => {
  const units = filled(cells);
  return units.length >= 2 && units.every((unit) => UNIT_WORD.test(unit));
};
