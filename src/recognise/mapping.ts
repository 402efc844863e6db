import { z } from 'zod';
import type { Catalogue } from '../catalogue/index.ts';
import { DATASETS, type HeadRow, type Problem, type Recognition, type Sheet } from '../model.ts';
import { toLabels } from './columns.ts';
import { findYuan, toComparable } from './label.ts';
import { findPeriod } from './period.ts';

/** What a person confirmed about a sheet: one entry under 识别 in mzreport.yaml. Columns are named by their head texts. */
export const MappingSpec = z.strictObject({
  表: z.string(),
  数据集: z.enum([...DATASETS, '不用']),
  业务: z.string().optional(),
  款项: z.string().optional(),
  列: z.record(z.string(), z.string()),
});
export type Mapping = z.infer<typeof MappingSpec>;

/** A column that is not to be loaded. */
export const UNUSED = '不用';

/** The name by which a sheet is known next year: without its digits and its place in a folder. */
export const toSheetKey = (sheet: Sheet): string =>
  toComparable(sheet.name === '' ? sheet.source.name.replace(/\.[^.]+$/, '') : sheet.name).replace(
    /\d+/g,
    '',
  );

export interface Mapped {
  recognition: Recognition;
  problems: Problem[];
}

/**
 * A sheet as a person confirmed it; null when no entry fits. An entry fits a sheet with the same head, and, when the
 * head has changed since, the sheet of the same name: then the change is reported and the known columns are used.
 */
export function applyMapping(sheet: Sheet, mappings: Mapping[], catalogue: Catalogue): Mapped | null {
  const own = mappings.filter(
    (mapping) => toComparable(mapping.表).replace(/\d+/g, '') === toSheetKey(sheet),
  );
  for (const mapping of [...own, ...mappings]) {
    const found = findSameHead(sheet, mapping);
    if (found) return { recognition: toRecognition(sheet, mapping, found, catalogue), problems: [] };
  }
  const [mapping] = own;
  const found = mapping && findLikestHead(sheet, mapping);
  if (!mapping || !found) return null;
  return {
    recognition: toRecognition(sheet, mapping, found, catalogue),
    problems: [toDrift(sheet, mapping, found)],
  };
}

interface FoundHead {
  rows: HeadRow[];
  labels: string[];
}

function* toHeads(sheet: Sheet): Generator<FoundHead> {
  for (let height = 1; height <= 4; height++) {
    for (let top = 0; top + height <= Math.min(40, sheet.head.length); top++) {
      const rows = sheet.head.slice(top, top + height);
      yield { rows, labels: toLabels(rows).map((label) => label.join(' ')) };
    }
  }
}

const toNames = (labels: string[]): string[] => labels.map(toComparable).filter(Boolean);

function findSameHead(sheet: Sheet, mapping: Mapping): FoundHead | null {
  const wanted = toNames(Object.keys(mapping.列)).join('|');
  for (const head of toHeads(sheet)) if (toNames(head.labels).join('|') === wanted) return head;
  return null;
}

/** The head with the most of the mapped columns, at least half of them. */
function findLikestHead(sheet: Sheet, mapping: Mapping): FoundHead | null {
  const wanted = new Set(toNames(Object.keys(mapping.列)));
  let best: FoundHead | null = null;
  let most = wanted.size / 2;
  for (const head of toHeads(sheet)) {
    const shared = toNames(head.labels).filter((label) => wanted.has(label)).length;
    if (shared > most) {
      best = head;
      most = shared;
    }
  }
  return best;
}

function toRecognition(
  sheet: Sheet,
  mapping: Mapping,
  { rows, labels }: FoundHead,
  catalogue: Catalogue,
): Recognition {
  const top = rows[0]?.number ?? 0;
  const preamble = sheet.head
    .filter(({ number }) => number < top)
    .map(({ cells }) =>
      cells
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(' '),
    );
  const unit = preamble.map(findYuan).find((yuan) => yuan !== null) ?? null;
  const fields = new Map([...catalogue.fields].map(([id, { 名称 }]) => [名称, id]));
  const wanted = new Map(Object.entries(mapping.列).map(([label, name]) => [toComparable(label), name]));
  const texts = [sheet.name, ...preamble, sheet.source.name];
  return {
    dataset: mapping.数据集 === UNUSED ? null : mapping.数据集,
    programme: mapping.业务 ?? null,
    item: mapping.款项 ?? null,
    headBottom: rows.at(-1)?.number ?? 0,
    columns: labels.map((label, index) => ({
      index,
      label,
      field: fields.get(wanted.get(toComparable(label)) ?? '') ?? null,
      yuan: findYuan(label) ?? unit,
    })),
    preamble,
    period: texts.map(findPeriod).find((period) => period !== null) ?? null,
    reason: '按 mzreport.yaml 的“识别”',
  };
}

function toDrift(sheet: Sheet, mapping: Mapping, { rows, labels }: FoundHead): Problem {
  const now = new Set(toNames(labels));
  const before = new Set(toNames(Object.keys(mapping.列)));
  const missing = Object.keys(mapping.列).filter((label) => !now.has(toComparable(label)));
  const added = labels.filter((label) => label !== '' && !before.has(toComparable(label)));
  return {
    kind: 'layout-drift',
    file: sheet.source.name,
    sheet: sheet.name,
    row: rows[0]?.number ?? 0,
    count: 1,
    detail: { missing: missing.join('、') || '无', added: added.join('、') || '无' },
    figures: [],
  };
}
