import type { ColumnMatch, Fold, FoldGroup, HeadRow } from '../model.ts';
import type { Head } from './head.ts';
import { toPlain } from './label.ts';
import { readWideLabel, type WideLabel, type WideReader } from './wide-label.ts';

/** A wide sheet: its columns without those that stand side by side, and how rows unfold. */
export interface Wide {
  columns: ColumnMatch[];
  fold: Fold;
  /** Fields that several columns seemed to hold and that the groups now tell apart. */
  settled: Set<string>;
  /** Labels of columns of numbers between the groups that say nothing known: their money is in no row. */
  unused: string[];
}

/** A column that belongs to one of several groups side by side. */
interface WideColumn extends WideLabel {
  match: ColumnMatch;
}

/** Finds months, programmes or group words (城市、农村) side by side; null when no two of them are. `texts`: unit row, titles. */
export function findWide(head: Head, texts: string[], reader: WideReader): Wide | null {
  const candidates = head.matches.flatMap((match): WideColumn[] => {
    if (head.firm.has(match.index)) return [];
    const label = readWideLabel(head.labels[match.index] ?? [], reader);
    if (label === null || (label.field === null && !isNumeric(head.below, match.index))) return [];
    return [{ ...label, match }];
  });
  const columns = keepLargestKind(candidates);
  const groups = toGroups(columns, findImplied(head, columns, texts, reader), reader);
  if (groups === null || groups.length < 2) return null;
  const said = new Set(groups.flatMap(({ says }) => Object.keys(says)));
  const taken = new Set(groups.flatMap(({ cells }) => cells.map(({ index }) => index)));
  if (head.matches.some(({ index, field }) => !taken.has(index) && field !== null && said.has(field)))
    return null;
  return { ...toWide(head.matches, groups, taken, reader), unused: findUnused(head, taken, reader) };
}

/** Columns that say the same kinds of things (all a month, all a 户口性质); the most frequent kind. */
function keepLargestKind(columns: WideColumn[]): WideColumn[] {
  const kinds = new Map<string, WideColumn[]>();
  for (const column of columns) {
    const kind = Object.keys(column.says).sort().join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), column]);
  }
  return [...kinds.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** Null when two columns of one group hold the same field: then nobody can tell them apart. */
function toGroups(columns: WideColumn[], implied: string, reader: WideReader): FoldGroup[] | null {
  const groups = new Map<string, FoldGroup>();
  for (const { says, field, match } of columns) {
    const key = JSON.stringify(Object.entries(says).sort());
    const group = groups.get(key) ?? { says, cells: [] };
    const cell = { index: match.index, field: field ?? implied, label: match.label, yuan: match.yuan };
    if (group.cells.some((other) => other.field === cell.field)) return null;
    groups.set(key, { says: group.says, cells: [...group.cells, cell] });
  }
  const fits = [...groups.values()].every(({ cells }) =>
    cells.every(({ field }) => reader.catalogue.fields.has(field)),
  );
  return fits ? [...groups.values()] : null;
}

/** What a value is whose label says only the month or the group: money of programmes, else what unit row and titles say. */
function findImplied(head: Head, columns: WideColumn[], texts: string[], { catalogue }: WideReader): string {
  if (columns.some(({ says }) => says.programme !== undefined)) return 'amount';
  for (const text of texts) {
    const found = Object.entries(catalogue.wide.值).find(([, words]) =>
      words.some((word) => text.normalize('NFKC').includes(word.normalize('NFKC'))),
    );
    if (found) return found[0];
  }
  const persons = head.matches.some(({ field }) => field === 'person_id' || field === 'person_name');
  return persons ? 'amount' : 'quantity';
}

/** Columns of numbers that stand among the groups and that nobody knows (低保高龄补贴 beside 高龄补贴). */
function findUnused({ matches, labels, below }: Head, taken: Set<number>, { totals }: WideReader): string[] {
  const [first, last] = [Math.min(...taken), Math.max(...taken)];
  return matches.flatMap(({ index, field, label }) => {
    const inside = index > first && index < last && !taken.has(index);
    const isTotal = labels[index]?.some((part) => totals.has(toPlain(part)));
    const filled = below.some(({ cells }) => /[1-9]/.test(cells[index] ?? ''));
    return inside && field === null && label !== '' && !isTotal && filled && isNumeric(below, index)
      ? [label]
      : [];
  });
}

function toWide(
  matches: ColumnMatch[],
  groups: FoldGroup[],
  taken: Set<number>,
  reader: WideReader,
): Omit<Wide, 'unused'> {
  const { fields, emptyWords } = reader.catalogue;
  const isMoney = (field: string | null) =>
    field !== null && fields.get(field)?.类型 === '金额' && field !== 'standard';
  const held = new Set(groups.flatMap(({ cells }) => cells.map(({ field }) => field)));
  // The file's own total over the groups (合计, 发放合计) holds what they hold: as a column it would count twice.
  const columns = matches.map((match) =>
    taken.has(match.index) || held.has(match.field ?? '') ? { ...match, field: null } : match,
  );
  const people = columns.some(
    ({ field }) => field === 'person_id' || field === 'person_name' || field === 'head_name',
  );
  const zeros = people && [...held].every(isMoney) ? ['0', '0.0', '0.00'] : [];
  const names = Object.keys(groups[0]?.says ?? {})
    .filter((field) => field !== 'item')
    .map((field) => fields.get(field)?.名称 ?? field);
  const fold: Fold = {
    note: `${names.join('、')}并排，每行按${groups.length}组展开`,
    groups,
    once: columns.filter(({ field }) => isMoney(field)).map(({ index }) => index),
    keepFirst: false,
    blank: [...emptyWords, ...zeros],
    year: null,
    yearColumn: columns.find(({ field }) => field === 'year')?.index ?? null,
    monthColumn: null,
  };
  return { columns, fold, settled: held };
}

const NUMBER = /^([-¥(]?\d[\d,.]*(万?元|[人户次对件])?\)?|[-—/]|无)$/;

/** True when what stands below is numbers or nothing: a column 低保 of 是 and 否 is no amount. */
function isNumeric(below: HeadRow[], index: number): boolean {
  const cells = below.map(({ cells: row }) => (row[index] ?? '').normalize('NFKC').replace(/\s/g, ''));
  const filled = cells.filter(Boolean);
  return filled.filter((cell) => NUMBER.test(cell)).length * 5 >= filled.length * 4;
}
