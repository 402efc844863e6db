import type { Batch, HeadRow, Merge, Sheet, Source } from '../../model.ts';
import { type RawBatch, toBatch } from './batch.ts';
import { BATCH_ROWS, openScan, type Plan, runScan } from './plan.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

const HEAD_ROWS = 60;
/** Rows among which the head is looked for: files with thousands of blank formatted rows in front exist. */
const HEAD_SCAN = 2000;

/** A worksheet's first rows and how to read all of them, as plain data: it may be found in another thread. */
export interface SheetOutline extends Pick<Sheet, 'name' | 'hidden' | 'hiddenColumns' | 'head'> {
  plan: Plan;
}

/** Reads the first rows of a worksheet; `strings` is the workbook's table where it is loaded already. */
export async function outlineSheet(
  { strings: part, styles, date1904, zip }: Workbook,
  sheet: WorkbookSheet,
  strings: SharedStrings | undefined,
): Promise<SheetOutline> {
  const plan: Plan = { file: zip.file, where: zip.where, sheet: sheet.part, strings: part, styles, date1904 };
  return { name: sheet.name, hidden: sheet.hidden, plan, ...(await readHead(plan, strings)) };
}

/** A sheet of the model; `scan` gives its rows whenever they are asked for. */
export function toSheet(
  source: Source,
  { name, hidden, hiddenColumns, head, plan }: SheetOutline,
  scan: () => AsyncGenerator<RawBatch, Merge[], void>,
): Sheet {
  let merges: Merge[] = [];
  return {
    source,
    name,
    hidden,
    hiddenColumns,
    head,
    csv: null,
    merges: () => merges,
    async *read() {
      merges = yield* toBatches(scan(), plan.where);
    },
  };
}

async function* toBatches(
  batches: AsyncGenerator<RawBatch, Merge[], void>,
  where: string,
): AsyncGenerator<Batch, Merge[], void> {
  try {
    for (;;) {
      const { value, done } = await batches.next();
      if (done) return value;
      yield toBatch(value, where);
    }
  } finally {
    await batches.return([]);
  }
}

/** Streams a sheet's rows as bytes, and gives its merges. */
export async function* scanSheet(
  plan: Plan,
  strings?: SharedStrings,
): AsyncGenerator<RawBatch, Merge[], void> {
  const scan = openScan(plan, BATCH_ROWS, strings);
  yield* runScan(plan, scan);
  return scan.merges;
}

async function readHead(plan: Plan, table?: SharedStrings): Promise<Pick<Sheet, 'head' | 'hiddenColumns'>> {
  const head: HeadRow[] = [];
  const scan = openScan(plan, HEAD_ROWS, table);
  let scanned = 0;
  for await (const raw of runScan(plan, scan)) {
    const batch = toBatch(raw, plan.where);
    for (
      let i = 0;
      i < batch.numbers.length && head.length < HEAD_ROWS && scanned < HEAD_SCAN;
      i++, scanned++
    ) {
      const cells = toCells(batch, i);
      if (cells.length > 0) head.push({ number: batch.numbers[i] ?? 0, cells });
    }
    if (head.length >= HEAD_ROWS || scanned >= HEAD_SCAN) break;
  }
  return { head, hiddenColumns: [...scan.hiddenColumns].sort((a, b) => a - b) };
}

/** The row's texts up to its last one that is not blank. */
function toCells(batch: Batch, row: number): string[] {
  const cells = batch.columns.map((column) => column[row] ?? '');
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.trim() === '') width--;
  return cells.slice(0, width);
}
