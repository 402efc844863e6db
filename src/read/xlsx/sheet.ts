import type { Batch, HeadRow, Merge, Sheet, Source } from '../../model.ts';
import { type RawBatch, toBatch } from './batch.ts';
import { BATCH_ROWS, openScan, type Plan, runScan } from './plan.ts';
import type { SharedStrings } from './shared-strings.ts';
import { isForThread, scanInThread } from './thread.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

const HEAD_ROWS = 60;
/** Rows among which the head is looked for: files with thousands of blank formatted rows in front exist. */
const HEAD_SCAN = 2000;
/** A table of strings up to this size is kept for the other sheets. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** The table of strings that the sheets of one workbook share, once one of them has loaded it to its end. */
export interface StringsHolder {
  strings: SharedStrings | undefined;
}

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
  const batches = isForThread(plan) ? scanInThread(plan) : scanHere(plan, holder);
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

async function* scanHere(plan: Plan, holder: StringsHolder): AsyncGenerator<RawBatch, Merge[], void> {
  const scan = openScan(plan, BATCH_ROWS, holder.strings);
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
