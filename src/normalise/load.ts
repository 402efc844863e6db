import type { Catalogue } from '../catalogue/index.ts';
import type { Dataset, Recognition, Sheet } from '../model.ts';
import type { Store } from '../store/index.ts';
import { loadBatches } from './load-batches.ts';
import { loadCsv } from './load-csv.ts';
import { type LoadedColumn, toLoadedColumns, toPlan } from './plan.ts';

/** A sheet in the store: table s<id>. */
export interface LoadedTable {
  id: number;
  table: string;
  dataset: Dataset;
  recognition: Recognition;
  columns: LoadedColumn[];
  sheet: Sheet;
  /** Programmes that its title or its rows name; complete once the views are made. */
  programmes: string[];
}

/**
 * Streams a sheet's rows into its table; only cleaned and hashed values are stored. A well-formed CSV is read by
 * DuckDB, everything else batch by batch. `onRows` hears how many rows so far.
 */
export async function load(
  id: number,
  sheet: Sheet,
  recognition: Recognition & { dataset: Dataset },
  catalogue: Catalogue,
  store: Store,
  onRows: (rows: number) => void,
): Promise<LoadedTable> {
  const columns = toLoadedColumns(recognition, catalogue);
  const plan = toPlan(`s${id}`, recognition.dataset, recognition, columns, catalogue);
  const done = sheet.csv !== null && !sheet.derived && (await loadCsv(plan, sheet, sheet.csv, store));
  if (!done) await loadBatches(plan, sheet, store, onRows);
  const programmes = recognition.programme ? [recognition.programme] : [];
  return { id, table: plan.table, dataset: recognition.dataset, recognition, columns, sheet, programmes };
}
