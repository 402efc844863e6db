import type { Problem } from '../model.ts';
import type { Store, StoreRow } from '../store/index.ts';
import type { LoadedTable } from './load.ts';
import { IS_PAYMENT } from './rows.ts';

/** Rows that two sheets both claim: figures of this programme (and 款项, when known) cannot be trusted. */
export interface Doubt {
  dataset: string;
  programme: string;
  item: string | null;
  reason: string;
}

export interface Overlaps {
  problems: Problem[];
  doubts: Doubt[];
}

/** Finds rows of two sheets that overlap: by registration number, or in programme × 款项 × month × area. */
export async function findOverlaps(tables: LoadedTable[], store: Store): Promise<Overlaps> {
  const problems: Problem[] = [];
  const doubts: Doubt[] = [];
  for (const dataset of ['payouts', 'events', 'services', 'roll'] as const) {
    if (tables.filter((table) => table.dataset === dataset).length < 2) continue;
    const pairs = [
      ...(await store.rows(byRegistration(dataset))),
      ...(dataset === 'roll' ? [] : await store.rows(byArea(dataset))),
    ];
    for (const pair of pairs) {
      const problem = toProblem(pair, tables);
      if (!problem) continue;
      problems.push(problem);
      doubts.push({
        dataset,
        programme: String(pair.programme),
        item: pair.item === null ? null : String(pair.item),
        reason: `“${problem.file}”与“${problem.detail.other}”重叠`,
      });
    }
  }
  return { problems, doubts };
}

const byRegistration = (dataset: string): string =>
  `
  select programme, null as item, min(sheet) as first, max(sheet) as last, count(*) as keys, '登记编号' as scope
  from (select programme, registration, min(sheet) as sheet, max(sheet) as last_sheet
        from all_${dataset} where aside is null and registration is not null group by programme, registration having count(distinct sheet) > 1)
       t(programme, registration, sheet, last_sheet)
  group by programme, sheet, last_sheet`.replace('max(sheet) as last,', 'max(last_sheet) as last,');

/** Sheets that both carry registration numbers are compared by those alone. */
const byArea = (dataset: string): string => `
  select programme, item, first, last, count(*) as keys, min(month) || case when count(*) > 1 then '等' else '' end as scope
  from (select programme, item, strftime(on_day, '%Y-%m') as month, min(sheet) as first, max(sheet) as last
        from all_${dataset} where aside is null and on_day is not null and registration is null and ${dataset === 'payouts' ? IS_PAYMENT : 'true'}
        group by programme, item, event, strftime(on_day, '%Y-%m'), county, town, village, category, hukou, pay_type having count(distinct sheet) > 1)
  group by programme, item, first, last`;

function toProblem(pair: StoreRow, tables: LoadedTable[]): Problem | null {
  const first = tables.find((table) => String(table.id) === pair.first);
  const last = tables.find((table) => String(table.id) === pair.last);
  if (!first || !last) return null;
  const name = (table: LoadedTable) =>
    table.sheet.name ? `${table.sheet.source.name} ${table.sheet.name}` : table.sheet.source.name;
  return {
    kind: 'overlap',
    file: first.sheet.source.name,
    sheet: first.sheet.name,
    row: 0,
    count: Number(pair.keys),
    detail: { other: name(last), scope: [pair.programme, pair.item, pair.scope].filter(Boolean).join(' ') },
    figures: [],
  };
}
