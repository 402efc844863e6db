import type { Catalogue } from '../catalogue/index.ts';
import type { ColumnMatch, Dataset, Problem, Recognition, Sheet } from '../model.ts';
import { findDataset, type Verdict } from './dataset.ts';
import { findHead, type Head } from './head.ts';
import { findYuan } from './label.ts';
import { findProgramme, findWholeProgramme, type Named } from './names.ts';
import { findSheetPeriod } from './period.ts';
import { findTown } from './place.ts';
import { toProblems, toUnknown } from './problems.ts';
import type { Synonyms } from './synonyms.ts';
import { type Texts, toTexts } from './texts.ts';
import { findWide, type Wide } from './wide.ts';
import { toWideReader } from './wide-label.ts';
import { findMembers } from './wide-members.ts';
import { withMonths } from './wide-months.ts';
import { toReason, toSample } from './words.ts';

export { applyFound } from './confirmed.ts';
export { toComparable } from './label.ts';
export { applyMapping, type Mapping, MappingSpec } from './mapping.ts';
export { findBareMonth, findQuarterCell } from './month.ts';
export { findPartOfYear, findPeriod } from './period.ts';
export { findPlace } from './place.ts';
export { toSynonyms } from './synonyms.ts';
export { findTables } from './tables.ts';

export interface Recognised {
  recognition: Recognition;
  problems: Problem[];
}

/** A sheet of which the head was found, and what its columns and names say. */
interface Reading {
  sheet: Sheet;
  head: Head;
  texts: Texts;
  named: Named | null;
  /** Months, programmes or groups side by side. */
  wide: Wide | null;
  /** Members of a household side by side. */
  members: Wide | null;
  columns: ColumnMatch[];
  /** The fields that the sheet has once its rows are unfolded. */
  fields: Set<string>;
}

/** Says what a sheet is, from its first rows and its names; never reads further. `head` spares a second search. */
export function recognise(
  sheet: Sheet,
  catalogue: Catalogue,
  synonyms: Synonyms,
  head: Head | null = findHead(sheet.head, synonyms, catalogue),
): Recognised {
  if (sheet.head.length === 0) return { ...toUnknown(sheet, '空白的工作表'), problems: [] };
  if (head === null) return toUnknown(sheet, '没有找到表头');
  const reading = readColumns(sheet, head, catalogue, synonyms);
  const { texts, named, fields, wide } = reading;
  const verdict = findDataset(fields, texts.titles, named?.programme ?? null, catalogue, toOnly(reading));
  if (verdict === null) return toUnknown(sheet, `表头为“${toSample(head)}”`);
  const needsProgramme = !['targets', 'facts', 'funds', 'statistics'].includes(verdict.dataset);
  if (needsProgramme && named === null && !fields.has('programme'))
    return toUnknown(sheet, '名称和标题里没有业务名称');
  const recognition = toRecognition(reading, verdict, catalogue);
  const clashes = head.clashes.filter((clash) => !wide?.settled.has(clash.field));
  const doubts = { clashes, unused: wide?.unused ?? [], row: head.rows[0]?.number ?? 0 };
  return { recognition, problems: toProblems(sheet, doubts, verdict, recognition.programme, catalogue) };
}

function readColumns(sheet: Sheet, head: Head, catalogue: Catalogue, synonyms: Synonyms): Reading {
  const texts = toTexts(sheet, head, catalogue);
  const named = findProgramme(texts.titles, catalogue);
  const withUnit = withUnits(head, texts.preamble);
  const find = (text: string) => findWholeProgramme(text, named?.programme ?? null, catalogue);
  const wide = findWide(withUnit, [...texts.units, ...texts.titles], toWideReader(synonyms, find, catalogue));
  const members = wide ? null : findMembers(withUnit, synonyms, catalogue);
  const columns = wide?.columns ?? withUnit.matches;
  return {
    sheet,
    head,
    texts,
    named,
    wide,
    members,
    columns,
    fields: toFields(columns, wide ?? members, head),
  };
}

function toRecognition(reading: Reading, verdict: Verdict, catalogue: Catalogue): Recognition {
  const { sheet, head, texts, named, wide, members, fields } = reading;
  const period = findSheetPeriod(texts.dated, [sheet.name, sheet.source.name, ...texts.dated]);
  // Only a roll lists persons: where money is paid, a household is one row.
  const { columns, fold: found } =
    verdict.dataset === 'roll' && members ? members : { columns: reading.columns, fold: wide?.fold };
  const fold = withMonths(found, columns, head, period);
  const town = fields.has('town') ? null : findTownIn([sheet.name, sheet.source.name], catalogue);
  // Programmes side by side say of each row what it is; the title's name is that of the whole.
  const own = wide && fields.has('programme') ? null : named;
  return {
    dataset: verdict.dataset,
    programme: own?.programme ?? null,
    item: own?.item ?? null,
    headBottom: head.bottom,
    columns,
    preamble: texts.preamble,
    period,
    ...(town === null ? {} : { town }),
    ...(fold === undefined ? {} : { fold }),
    reason: toReason(verdict, named, fold?.note, catalogue),
  };
}

/** Money of several programmes side by side is paid, even where the title calls the list 花名册. */
function toOnly({ wide, fields }: Reading): Dataset | null {
  const programmes = wide?.fold.groups.some(({ says }) => says.programme !== undefined) ?? false;
  return programmes && fields.has('amount') && !fields.has('start') && !fields.has('stop') ? 'payouts' : null;
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

const findTownIn = (texts: string[], catalogue: Catalogue): string | null =>
  texts.map((text) => findTown(text, catalogue)).find((town) => town !== null) ?? null;

/** The head's own bracket first, then the unit row above it. */
function withUnits(head: Head, preamble: string[]): Head {
  const fromRow = preamble.map(findYuan).find((yuan) => yuan !== null) ?? null;
  return { ...head, matches: head.matches.map((match) => ({ ...match, yuan: match.yuan ?? fromRow })) };
}
