import type { Batch, HeadRow, Merge, Sheet, Source } from '../../model.ts';
import { type RawBatch, toBatch } from './batch.ts';
import { BATCH_ROWS, openScan, type Plan, runScan } from './plan.ts';
import type { SharedStrings } from './shared-strings.ts';
import { canUseThread, scanInThread } from './thread.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

const HEAD_ROWS = 60;
const HEAD_SCAN = 2000;
/** Inflated size from which a sheet is read in a thread: below it the thread's start costs more than it saves. */
const THREAD_BYTES = 8 * 1024 * 1024;

/** Sheets of one workbook share its table of strings once it is loaded, unless it is a large one. */
export interface StringsHolder {
  strings: SharedStrings | undefined;
}

const KEPT_BYTES = 16 * 1024 * 1024;

/** A sheet of the model: its head is read now, its rows whenever they are asked for. */
export async function readSheet(
  source: Source,
  workbook: Workbook,
  sheet: WorkbookSheet,
  holder: StringsHolder,
): Promise<Sheet> {
  const { strings, styles, date1904, zip } = workbook;
  const plan: Plan = { file: zip.file, where: zip.where, sheet: sheet.part, strings, styles, date1904 };
  const { head, hiddenColumns } = await readHead(plan, holder);
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
      merges = yield* readBatches(plan, holder);
    },
  };
}

async function* readBatches(plan: Plan, holder: StringsHolder): AsyncGenerator<Batch, Merge[], void> {
  const inThread = canUseThread() && plan.sheet.size > THREAD_BYTES;
  const batches = inThread ? scanInThread(plan) : scanHere(plan, holder, BATCH_ROWS);
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

async function* scanHere(
  plan: Plan,
  holder: StringsHolder,
  rows: number,
): AsyncGenerator<RawBatch, Merge[], void> {
  const scan = openScan(plan, rows, holder.strings);
  yield* runScan(plan, scan);
  keep(holder, scan.cell.book.strings);
  return scan.merges;
}

function keep(holder: StringsHolder, strings: SharedStrings): void {
  if (strings.complete && strings.bytes <= KEPT_BYTES) holder.strings = strings;
}

async function readHead(plan: Plan, holder: StringsHolder): Promise<Pick<Sheet, 'head' | 'hiddenColumns'>> {
  const head: HeadRow[] = [];
  const scan = openScan(plan, HEAD_ROWS, holder.strings);
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
  keep(holder, scan.cell.book.strings);
  return { head, hiddenColumns: [...scan.hiddenColumns].sort((a, b) => a - b) };
}

/** The row's texts up to its last one that is not blank. */
function toCells(batch: Batch, row: number): string[] {
  const cells = batch.columns.map((column) => column[row] ?? '');
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.trim() === '') width--;
  return cells.slice(0, width);
}
