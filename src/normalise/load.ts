import type { Catalogue } from '../catalogue/index.ts';
import type { Batch, Dataset, Merge, Recognition, Sheet } from '../model.ts';
import { type Store, toIdentifier } from '../store/index.ts';
import { type LoadedColumn, toLoadedColumns } from './plan.ts';
import { CELL_END, type LoadPlan, toCreate, toInsert, toPlan } from './statement.ts';

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

/** Streams a sheet's rows into its table; only cleaned and hashed values are stored. `onRows` hears how many so far. */
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
  await store.run(toCreate(plan));
  const insert = await store.prepare(toInsert(plan));
  let rows = 0;
  for await (const batch of sheet.read()) {
    const kept = toKept(batch, recognition.headBottom);
    if (kept.length > 0) await insert(toTexts(batch, kept, plan));
    rows += batch.numbers.length;
    onRows(rows);
  }
  await fillDown(plan, sheet.merges(), store);
  return {
    id,
    table: plan.table,
    dataset: recognition.dataset,
    recognition,
    columns,
    sheet,
    programmes: recognition.programme ? [recognition.programme] : [],
  };
}

/** Positions of rows below the head that hold any text at all. */
export function toKept(batch: Batch, headBottom: number): number[] {
  const kept: number[] = [];
  for (let i = 0; i < batch.numbers.length; i++) {
    if ((batch.numbers[i] ?? 0) > headBottom && batch.columns.some((column) => hasText(column[i])))
      kept.push(i);
  }
  return kept;
}

const hasText = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && text.trim() !== '';

function toTexts(batch: Batch, kept: number[], plan: LoadPlan): string[] {
  const all = kept.length === batch.numbers.length;
  const pick = <T>(values: T[]): T[] => (all ? values : kept.map((i) => values[i] as T));
  const blank = kept.map(() => '');
  const texts = plan.bound.map((index) => {
    const column = batch.columns[index];
    if (column === undefined) return blank.join(CELL_END);
    return pick(marksNumbers(plan, index) ? markNumbers(column, batch.numeric[index]) : column)
      .map(withoutSeparator)
      .join(CELL_END);
  });
  return [pick(batch.numbers).join(CELL_END), ...texts];
}

const withoutSeparator = (text: string): string =>
  text.includes(CELL_END) ? text.replaceAll(CELL_END, ' ') : text;

/** An ID or a date stored as a number reads differently from one stored as text. */
const marksNumbers = (plan: LoadPlan, index: number): boolean =>
  plan.columns.some(
    (column) =>
      column.index === index &&
      (column.type === '人员标识' || column.type === '日期' || column.type === '年月'),
  );

function markNumbers(column: string[], numeric: Uint8Array | undefined): string[] {
  return numeric ? column.map((text, i) => (numeric[i] ? `\u0001${text}` : text)) : column;
}

/** A merged cell has its text in the first row only; the rows below belong to the same area. */
async function fillDown(plan: LoadPlan, merges: Merge[], store: Store): Promise<void> {
  for (const column of plan.columns.filter(({ type }) => type === '文本')) {
    const ranges = merges.filter(
      (merge) =>
        merge.left === column.index && merge.bottom > merge.top && merge.top > plan.recognition.headBottom,
    );
    if (ranges.length === 0) continue;
    const field = toIdentifier(column.field);
    const values = ranges.map((merge) => `(${merge.top}, ${merge.bottom})`).join(', ');
    await store.run(`update ${plan.table} set ${field} = m.value
      from (select first_row, last_row, ${field} as value from (values ${values}) v(first_row, last_row) join ${plan.table} on row = first_row) m
      where row > m.first_row and row <= m.last_row and ${plan.table}.${field} is null and aside is distinct from 'total'`);
  }
}
