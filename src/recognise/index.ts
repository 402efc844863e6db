import type { Catalogue } from '../catalogue/index.ts';
import type { ColumnMatch, Dataset, Fold, HeadRow, Period, Problem, Recognition, Sheet } from '../model.ts';
import type { Synonyms } from './columns.ts';
import { findDataset } from './dataset.ts';
import { findHead, type Head } from './head.ts';
import { findYuan, toPlain } from './label.ts';
import { findBareMonth, findQuarterCell } from './month.ts';
import { findProgramme, findWholeProgramme } from './names.ts';
import { findSheetPeriod } from './period.ts';
import { findTown } from './place.ts';
import { findWide, type Wide } from './wide.ts';
import { toWideReader } from './wide-label.ts';
import { findMembers } from './wide-members.ts';

export { toSynonyms } from './columns.ts';
export { toComparable } from './label.ts';
export { applyFound, applyMapping, type Mapping, MappingSpec } from './mapping.ts';
export { findBareMonth, findQuarterCell } from './month.ts';
export { findPeriod } from './period.ts';
export { findPlace } from './place.ts';
export { findTables } from './tables.ts';

export interface Recognised {
  recognition: Recognition;
  problems: Problem[];
}

/** Says what a sheet is, from its first rows and its names; never reads further. */
export function recognise(sheet: Sheet, catalogue: Catalogue, synonyms: Synonyms): Recognised {
  if (sheet.head.length === 0) return { ...toUnknown(sheet, '空白的工作表'), problems: [] };
  const head = findHead(sheet.head, synonyms, catalogue);
  if (head === null) return toUnknown(sheet, '没有找到表头');
  const names = toNames(sheet, head, catalogue);
  const named = findProgramme(names.titles, catalogue);
  const period = findSheetPeriod(names.dated, [sheet.name, sheet.source.name, ...names.dated]);
  const wide = findWide(
    withUnits(head, names.preamble),
    [...names.units, ...names.titles],
    toWideReader(
      synonyms,
      (text) => findWholeProgramme(text, named?.programme ?? null, catalogue),
      catalogue,
    ),
  );
  const members = wide ? null : findMembers(head, synonyms, catalogue);
  const columns = wide?.columns ?? withUnits(head, names.preamble).matches;
  const fields = toFields(columns, wide ?? members, head);
  const verdict = findDataset(fields, names.titles, named?.programme ?? null, catalogue);
  if (verdict === null) return toUnknown(sheet, `表头为“${toSample(head)}”`);
  const needsProgramme = !['targets', 'facts', 'funds', 'statistics'].includes(verdict.dataset);
  if (needsProgramme && named === null && !fields.has('programme'))
    return toUnknown(sheet, '名称和标题里没有业务名称');
  const folded = verdict.dataset === 'roll' && members ? members : { columns, fold: wide?.fold };
  const fold = withMonths(folded.fold, folded.columns, head, period);
  const town = fields.has('town') ? null : findTownIn([sheet.name, sheet.source.name], catalogue);
  const recognition: Recognition = {
    dataset: verdict.dataset,
    programme: wide && fields.has('programme') ? null : (named?.programme ?? null),
    item: wide && fields.has('programme') ? null : (named?.item ?? null),
    headBottom: head.bottom,
    columns: folded.columns,
    preamble: names.preamble,
    period,
    ...(town === null ? {} : { town }),
    ...(fold === undefined ? {} : { fold }),
    reason: [toReason(verdict.because, named?.text, catalogue, verdict.dataset), fold?.note]
      .filter(Boolean)
      .join('；'),
  };
  const clashes = wide ? head.clashes.filter((clash) => !wide.settled.has(clash.field)) : head.clashes;
  const problems = toProblems(
    sheet,
    { ...head, clashes },
    verdict.dataset,
    verdict.rival,
    recognition.programme,
    catalogue,
  );
  return { recognition, problems };
}

/** The texts that stand around a table, by what may be looked for in them. */
interface Names {
  /** Rows above the head. */
  preamble: string[];
  /** Where the business is looked for: instructions name others (特困人员不得重复填报), so they come last. */
  titles: string[];
  /** Where the period is looked for: not 填表日期. */
  dated: string[];
  /** Unit rows and brackets. */
  units: string[];
}

const LONGEST_TITLE = 40;

function toNames(sheet: Sheet, head: Head, { rowWords }: Catalogue): Names {
  const preamble = head.above.map(toLine);
  const starts = (words: string[]) => (text: string) =>
    words.some((word) => toPlain(text).startsWith(toPlain(word)));
  const isInstruction = (line: string) => line.length > LONGEST_TITLE || starts(rowWords.说明)(line);
  const dated = head.above.map((row) =>
    toLine({ ...row, cells: row.cells.filter((cell) => !starts(rowWords.表尾)(cell)) }),
  );
  const short = preamble.filter((line) => !isInstruction(line));
  return {
    preamble,
    titles: [sheet.name, ...short, sheet.source.name, ...preamble.filter(isInstruction)],
    dated: [sheet.name, ...dated, sheet.source.name],
    units: preamble.filter((line) => /单位[:：]/.test(line)),
  };
}

/** The fields that a sheet has once its rows are unfolded. */
function toFields(columns: ColumnMatch[], wide: Wide | null, head: Head): Set<string> {
  const groups = wide?.fold.groups ?? [];
  const fields = new Set(
    groups.flatMap(({ says, cells }) => [...Object.keys(says), ...cells.map(({ field }) => field)]),
  );
  for (const { field } of columns) if (field !== null) fields.add(field);
  for (const { field } of head.clashes) fields.add(field);
  return fields;
}

const toSample = (head: Head): string =>
  head.matches
    .map((match) => match.label)
    .filter(Boolean)
    .slice(0, 6)
    .join('、');

/** Months without a year get the sheet's; a column 3月、一季度 gets the year too, so rows are rewritten even if nothing unfolds. */
function withMonths(
  fold: Fold | undefined,
  columns: ColumnMatch[],
  head: Head,
  period: Period | null,
): Fold | undefined {
  const column = columns.find(({ field }) => field === 'month');
  const cells = column ? head.below.map(({ cells: row }) => row[column.index] ?? '') : [];
  const bare = cells.some((cell) => findBareMonth(cell) !== null || findQuarterCell(cell) !== null);
  const year = period?.from.slice(0, 4) ?? null;
  if (fold) return { ...fold, year, monthColumn: bare ? (column?.index ?? null) : null };
  if (!bare || !column) return undefined;
  const yearColumn = columns.find(({ field }) => field === 'year')?.index ?? null;
  return {
    note: '月份按年度补全',
    groups: [],
    once: [],
    keepFirst: false,
    blank: [],
    year,
    yearColumn,
    monthColumn: column.index,
  };
}

const findTownIn = (texts: string[], catalogue: Catalogue): string | null =>
  texts.map((text) => findTown(text, catalogue)).find((town) => town !== null) ?? null;

const toLine = (row: HeadRow): string =>
  row.cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' ');

/** The head's own bracket first, then the unit row above it. */
function withUnits(head: Head, preamble: string[]): Head {
  const fromRow = preamble.map(findYuan).find((yuan) => yuan !== null) ?? null;
  return { ...head, matches: head.matches.map((match) => ({ ...match, yuan: match.yuan ?? fromRow })) };
}

function toReason(
  because: string[],
  text: string | undefined,
  catalogue: Catalogue,
  dataset: Dataset,
): string {
  const layout = catalogue.layouts.byDataset.get(dataset)?.名称 ?? dataset;
  const words = because.length > 0 ? `名称含“${because.join('”“')}”` : '按列判断';
  return text ? `${layout}：${words}；业务见“${text}”` : `${layout}：${words}`;
}

function toProblems(
  sheet: Sheet,
  head: Head,
  dataset: Dataset,
  rival: Dataset | null,
  programme: string | null,
  catalogue: Catalogue,
): Problem[] {
  const at = {
    file: sheet.source.name,
    sheet: sheet.name,
    row: head.rows[0]?.number ?? 0,
    count: 1,
    figures: [],
  };
  const name = (id: Dataset) => catalogue.layouts.byDataset.get(id)?.名称 ?? id;
  const clashes = head.clashes.map(
    (clash): Problem => ({
      ...at,
      kind: 'columns-equal',
      detail: {
        first: clash.first,
        second: clash.second,
        field: catalogue.fields.get(clash.field)?.名称 ?? clash.field,
      },
    }),
  );
  const unsure: Problem[] = rival
    ? [{ ...at, kind: 'dataset-unsure', detail: { first: name(dataset), second: name(rival) } }]
    : [];
  const department = programme ? catalogue.programmes.get(programme)?.其他部门 : undefined;
  const other: Problem[] =
    department && programme ? [{ ...at, kind: 'other-department', detail: { programme, department } }] : [];
  return [...clashes, ...unsure, ...other];
}

function toUnknown(sheet: Sheet, found: string): Recognised {
  const recognition: Recognition = {
    dataset: null,
    programme: null,
    item: null,
    headBottom: 0,
    columns: [],
    preamble: [],
    period: null,
    reason: `未识别：${found}`,
  };
  const problem: Problem = {
    kind: 'sheet-unknown',
    file: sheet.source.name,
    sheet: sheet.name,
    row: 0,
    count: 1,
    detail: { found },
    figures: [],
  };
  return { recognition, problems: [problem] };
}
