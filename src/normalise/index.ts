import type { Catalogue } from '../catalogue/index.ts';
import { DATASETS, type Problem } from '../model.ts';
import type { Store } from '../store/index.ts';
import type { LoadedTable } from './load.ts';
import { type Doubt, findOverlaps } from './overlap.ts';
import { findCellProblems, findRowProblems, findTotalProblems } from './problems.ts';
import { setSummariesAside } from './summary.ts';
import { copySmallViews, createViews } from './view.ts';

export type { StatedRow } from './facts.ts';
export { parseNumber, readStated } from './facts.ts';
export { countHidden } from './hidden.ts';
export { type LoadedTable, load } from './load.ts';
export type { Doubt } from './overlap.ts';
export { countRows, IS_PAYMENT, isDated, toDays, toInside } from './rows.ts';
export { unfold } from './unfold.ts';

/** After all sheets are loaded: views over them, and what is wrong with them. */
export async function normalise(
  tables: LoadedTable[],
  catalogue: Catalogue,
  store: Store,
): Promise<{ problems: Problem[]; doubts: Doubt[] }> {
  await createViews(tables, DATASETS, catalogue, store);
  const problems: Problem[] = await setSummariesAside(tables, store);
  await copySmallViews(tables, catalogue, store);
  problems.push(...(await findCellProblems(tables, store)));
  for (const table of tables) problems.push(...(await findRowProblems(table, store)));
  problems.push(...(await findTotalProblems(tables, store)));
  const overlaps = await findOverlaps(tables, store);
  return { problems: [...problems, ...overlaps.problems], doubts: overlaps.doubts };
}
