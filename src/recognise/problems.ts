import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset, Problem, Recognition, Sheet } from '../model.ts';
import type { Clash } from './columns.ts';
import type { Verdict } from './dataset.ts';
import type { Head } from './head.ts';

/** What a person should know about a sheet that was recognised. */
export function toProblems(
  sheet: Sheet,
  head: Head,
  verdict: Verdict,
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
    (clash): Problem => ({ ...at, kind: 'columns-equal', detail: toDetail(clash, catalogue) }),
  );
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
  return [...clashes, ...unsure, ...other];
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
