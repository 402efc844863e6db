import type { Batch, HeadRow, Merge, Sheet, Source } from '../../model.ts';
import { type RawBatch, toBatch } from './batch.ts';
import { BATCH_ROWS, openScan, type Plan, runScan } from './plan.ts';
import type { SharedStrings } from './shared-strings.ts';
import { isForThread, scanInThread } from './thread.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

const HEAD_ROWS = 60;
/** Rows among which the head is looked for: files with thousands of blank formatted rows in front exist. */
const HEAD_SCAN = 2000;
/**
 * A sheet of the model: its head is read now, its rows whenever they are asked for. `table` is the workbook's table of
 * strings where it has been loaded for all sheets together.
 */
export async function readSheet(
  source: Source,
  workbook: Workbook,
  sheet: WorkbookSheet,
  table: SharedStrings | undefined,
): Promise<Sheet> {
  const { strings, styles, date1904, zip } = workbook;
  const plan: Plan = { file: zip.file, where: zip.where, sheet: sheet.part, strings, styles, date1904 };
  const { head, hiddenColumns } = await readHead(plan, table);
  let merges: Merge[] = [];
  return {
    source,
    name: sheet.name,
    hidden: sheet.hidden,
    hiddenColumns,
    head,
    csv: null,
    merges: () => merges,
    async *read() {
      merges = yield* readBatches(plan, table);
    },
  };
}

async function* readBatches(
  plan: Plan,
  table: SharedStrings | undefined,
): AsyncGenerator<Batch, Merge[], void> {
  const batches = isForThread(plan) ? scanInThread(plan) : scanHere(plan, table);
  try {
    for (;;) {
      const { value, done } = await batches.next();
      if (done) return value;
      yield toBatch(value, plan.where);
    }
  } finally {
    await batches.return([]);
  }
}

async function* scanHere(plan: Plan, table?: SharedStrings): AsyncGenerator<RawBatch, Merge[], void> {
  const scan = openScan(plan, BATCH_ROWS, table);
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
