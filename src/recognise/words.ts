import type { Catalogue } from '../catalogue/index.ts';
import type { Verdict } from './dataset.ts';
import type { Head } from './head.ts';
import type { Named } from './names.ts';

/** The first columns of a head, for a person who is to say what it is. */
export const toSample = (head: Head): string =>
  head.matches
    .map((match) => match.label)
    .filter(Boolean)
    .slice(0, 6)
    .join('、');

/** Why a sheet was taken for what it is. */
export function toReason(
  { dataset, because }: Verdict,
  named: Named | null,
  note: string | undefined,
  catalogue: Catalogue,
): string {
  const layout = catalogue.layouts.byDataset.get(dataset)?.名称 ?? dataset;
  const words = because.length > 0 ? `名称含“${because.join('”“')}”` : '按列判断';
  return [`${layout}：${words}`, named && `业务见“${named.text}”`, note].filter(Boolean).join('；');
}
