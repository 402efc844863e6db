import type { RawBatch } from './batch.ts';
import { toUtf8 } from './encoding.ts';
import { endScan, feedScan, newScan, type Scan } from './scan.ts';
import {
  closeSharedStrings,
  loadSharedString,
  openSharedStrings,
  type SharedStrings,
} from './shared-strings.ts';
import { inflatePart, type Part } from './zip.ts';

/** All that is needed to read one sheet, as plain data: it may be done in another thread. */
export interface Plan {
  /** Path of the workbook. */
  file: string;
  /** Its name, for failures. */
  where: string;
  sheet: Part;
  strings: Part | undefined;
  /** The kind of each cell style, see date.ts. */
  styles: Uint8Array;
  date1904: boolean;
}

/** Rows of a batch: twice DuckDB's vector. */
export const BATCH_ROWS = 4096;

const NOTHING = Buffer.alloc(0);

/** A scan of the planned sheet that has read nothing yet; `strings` spares it loading a table that is there already. */
export function openScan(plan: Plan, rowLimit: number, strings?: SharedStrings): Scan {
  const { where, styles, date1904 } = plan;
  const table = strings?.complete ? strings : openSharedStrings(plan, plan.strings);
  return newScan({ where, strings: table, styles, date1904 }, rowLimit);
}

/** Streams the planned sheet's rows as bytes through `scan`, which at the end knows the merged ranges. */
export async function* runScan(plan: Plan, scan: Scan): AsyncGenerator<RawBatch, void, void> {
  const { strings } = scan.cell.book;
  try {
    for await (const chunk of toUtf8(inflatePart(plan, plan.sheet), plan.where)) {
      let wanted = feedScan(scan, chunk);
      while (wanted >= 0) {
        await loadSharedString(strings, wanted);
        wanted = feedScan(scan, NOTHING);
      }
      yield* scan.builder.full.splice(0);
    }
    endScan(scan);
    yield* scan.builder.full.splice(0);
  } finally {
    await closeSharedStrings(strings);
  }
}
