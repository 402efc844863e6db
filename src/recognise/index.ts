import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset, HeadRow, Problem, Recognition, Sheet } from '../model.ts';
import type { Synonyms } from './columns.ts';
import { findDataset } from './dataset.ts';
import { findHead, type Head } from './head.ts';
import { findYuan } from './label.ts';
import { findProgramme } from './names.ts';
import { findPeriod } from './period.ts';

export { toSynonyms } from './columns.ts';
export { toComparable } from './label.ts';
export { applyMapping, type Mapping, MappingSpec } from './mapping.ts';
export { findPeriod } from './period.ts';
export { findPlace } from './place.ts';

export interface Recognised {
  recognition: Recognition;
  problems: Problem[];
}

/** Says what a sheet is, from its first rows and its names; never reads further. */
export function recognise(sheet: Sheet, catalogue: Catalogue, synonyms: Synonyms): Recognised {
  const head = findHead(sheet.head, synonyms, catalogue.fields);
  if (head === null) return toUnknown(sheet, '没有找到表头');
  const preamble = head.above.map(toLine);
  const named = findProgramme([sheet.name, ...preamble, sheet.source.name], catalogue);
  const fields = new Set(
    [...head.matches.map((match) => match.field), ...head.clashes.map((clash) => clash.field)].filter(
      (field) => field !== null,
    ),
  );
  const verdict = findDataset(
    fields,
    [sheet.name, ...preamble, sheet.source.name],
    named?.programme ?? null,
    catalogue,
  );
  if (verdict === null)
    return toUnknown(
      sheet,
      `表头为“${head.matches
        .map((match) => match.label)
        .filter(Boolean)
        .slice(0, 6)
        .join('、')}”`,
    );
  const needsProgramme = !['targets', 'facts', 'funds', 'statistics'].includes(verdict.dataset);
  if (needsProgramme && named === null && !fields.has('programme'))
    return toUnknown(sheet, '名称和标题里没有业务名称');
  const recognition: Recognition = {
    dataset: verdict.dataset,
    programme: named?.programme ?? null,
    item: named?.item ?? null,
    headBottom: head.rows.at(-1)?.number ?? 0,
    columns: withUnits(head, preamble),
    preamble,
    period:
      [sheet.name, ...preamble, sheet.source.name].map(findPeriod).find((period) => period !== null) ?? null,
    reason: toReason(verdict.because, named?.text, catalogue, verdict.dataset),
  };
  return {
    recognition,
    problems: toProblems(sheet, head, verdict.dataset, verdict.rival, recognition.programme, catalogue),
  };
}

const toLine = (row: HeadRow): string =>
  row.cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' ');

/** The head's own bracket first, then the unit row above it. */
function withUnits(head: Head, preamble: string[]) {
  const fromRow = preamble.map(findYuan).find((yuan) => yuan !== null) ?? null;
  return head.matches.map((match) => ({ ...match, yuan: match.yuan ?? fromRow }));
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
