import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset, Problem, Recognition, Sheet } from '../model.ts';
import type { Clash } from './columns.ts';
import type { Verdict } from './dataset.ts';

/** What is doubtful about a head; `row` is its first. */
export interface Doubts {
  row: number;
  clashes: Clash[];
  unused: string[];
}

/** What a person should know about a sheet that was recognised. */
export function toProblems(
  sheet: Sheet,
  { row, clashes, unused }: Doubts,
  verdict: Verdict,
  programme: string | null,
  catalogue: Catalogue,
): Problem[] {
  const at = { file: sheet.source.name, sheet: sheet.name, row, count: 1, figures: [] };
  const name = (id: Dataset) => catalogue.layouts.byDataset.get(id)?.名称 ?? id;
  const columns: Problem[] = [
    ...clashes.map((clash) => ({
      ...at,
      kind: 'columns-equal' as const,
      detail: toDetail(clash, catalogue),
    })),
    ...unused.map((column) => ({ ...at, kind: 'column-unused' as const, detail: { column } })),
  ];
  const unsure: Problem[] = verdict.rival
    ? [
        {
          ...at,
          kind: 'dataset-unsure',
          detail: { first: name(verdict.dataset), second: name(verdict.rival) },
        },
      ]
    : [];
  const department = programme ? catalogue.programmes.get(programme)?.其他部门 : undefined;
  const other: Problem[] =
    department && programme ? [{ ...at, kind: 'other-department', detail: { programme, department } }] : [];
  return [...columns, ...unsure, ...other];
}

const toDetail = ({ field, first, second }: Clash, catalogue: Catalogue): Record<string, string> => ({
  first,
  second,
  field: catalogue.fields.get(field)?.名称 ?? field,
});

/** A sheet that is no table of the business, and why. */
export function toUnknown(sheet: Sheet, found: string): { recognition: Recognition; problems: Problem[] } {
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
