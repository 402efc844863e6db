import { type Batch, CELL_END, type Merge, type Sheet } from '../model.ts';
import { type Store, toIdentifier } from '../store/index.ts';
import type { LoadPlan } from './plan.ts';
import { toCreate, toInsert } from './statement.ts';

/** Rows per statement: planning one costs as much as cleaning some ten thousand rows. */
const ROWS_PER_INSERT = 32_768;

/** Loads what a reader delivers; rows are read while the store works on those before. */
export async function loadBatches(
  plan: LoadPlan,
  sheet: Sheet,
  store: Store,
  onRows: (rows: number) => void,
): Promise<void> {
  await store.run(toCreate(plan));
  const insert = await store.prepare(toInsert(plan));
  let waiting: Uint8Array[][] = [];
  let waitingRows = 0;
  let running: Promise<void> = Promise.resolve();
  let rows = 0;
  const flush = async () => {
    await running;
    if (waiting.length > 0) running = insert(toJoined(waiting));
    running.catch(() => {});
    waiting = [];
    waitingRows = 0;
  };
  for await (const batch of sheet.read()) {
    const kept = toKept(batch, plan.recognition.headBottom);
    if (kept.length > 0) waiting.push(toParameters(batch, kept, plan, sheet.csv !== null));
    waitingRows += kept.length;
    if (waitingRows >= ROWS_PER_INSERT) await flush();
    rows += batch.numbers.length;
    onRows(rows);
  }
  await flush();
  await running;
  await fillDown(plan, sheet.merges(), store);
}

/** Cells of several batches, parameter by parameter. */
const toJoined = (parts: Uint8Array[][]): Uint8Array[] =>
  (parts[0] ?? []).map((_, parameter) =>
    Buffer.concat(parts.flatMap((part, i) => [...(i === 0 ? [] : [SEPARATOR]), part[parameter] ?? NOTHING])),
  );

const SEPARATOR = Buffer.from(CELL_END);
const NOTHING = Buffer.alloc(0);

/** Positions of rows below the head that hold any text at all. */
export function toKept(batch: Batch, headBottom: number): number[] {
  const { numbers, packed } = batch;
  if (packed && numbers.every((number) => number > headBottom)) return numbers.map((_, i) => i);
  const kept: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    if ((numbers[i] ?? 0) > headBottom && batch.columns.some((column) => hasText(column[i]))) kept.push(i);
  }
  return kept;
}

const hasText = (text: string | undefined): boolean =>
  text !== undefined && text !== '' && text.trim() !== '';

/** The parameters of toInsert for the kept rows of a batch. */
function toParameters(batch: Batch, kept: number[], plan: LoadPlan, delimited: boolean): Uint8Array[] {
  const all = kept.length === batch.numbers.length;
  const pick = <T>(values: T[]): T[] => (all ? values : kept.map((i) => values[i] as T));
  const empty = Buffer.from(CELL_END.repeat(kept.length - 1));
  const packed = all && batch.packed && batch.packed.longest <= LONGEST_CELL ? batch.packed : null;
  const cells = plan.bound.map((index) => {
    const numbers = marksNumbers(plan, index) ? batch.numeric[index] : undefined;
    if (packed && numbers === undefined) return packed.bytes(index) ?? empty;
    const column = batch.columns[index];
    if (column === undefined) return empty;
    return toBytes(pick(markNumbers(column, numbers)).map(withoutSeparator));
  });
  const marks = delimited ? toBytes(toRaggedMarks(batch, kept, plan)) : empty;
  return [toBytes(pick(batch.numbers)), marks, ...cells];
}

const toBytes = (cells: (string | number)[]): Uint8Array => Buffer.from(cells.join(CELL_END));

/** A delimited line with text beyond the head's last column is cut wrongly: its amounts may stand in other columns. */
function toRaggedMarks(batch: Batch, kept: number[], plan: LoadPlan): string[] {
  const beyond = batch.columns.slice(plan.recognition.columns.length);
  return kept.map((i) => (beyond.some((column) => hasText(column[i])) ? 'ragged' : ''));
}

/** No value is longer than this; a cell that is (a text pasted into it, ten thousand times over) must not cost its length. */
const LONGEST_CELL = 500;

const withoutSeparator = (text: string): string => {
  const cut = text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL) : text;
  return cut.includes(CELL_END) ? cut.replaceAll(CELL_END, ' ') : cut;
};

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
