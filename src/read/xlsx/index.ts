import type { Merge, Sheet, Source } from '../../model.ts';
import type { RawBatch } from './batch.ts';
import { loadSharedStrings, openSharedStrings, type SharedStrings } from './shared-strings.ts';
import { outlineSheet, type SheetOutline, scanSheet, toSheet } from './sheet.ts';
import { readWorkbook, type Workbook } from './workbook.ts';
import { readZip } from './zip.ts';

export type { RawBatch } from './batch.ts';
export type { SharedStrings } from './shared-strings.ts';
export { type SheetOutline, scanSheet } from './sheet.ts';
export { isEncryptedOle } from './zip.ts';

/** A workbook that has been opened, and may have been read, elsewhere. */
interface OpenedWorkbook {
  outline(): Promise<SheetOutline[] | null>;
  rows(sheet: number): AsyncGenerator<RawBatch, Merge[], void> | null;
}

/** Opens a workbook and reads the first rows of each worksheet; everything wrong with the file is a `Failure`. */
export async function readXlsx(source: Source, opened: OpenedWorkbook | null = null): Promise<Sheet[]> {
  const known = await opened?.outline();
  const { outline, strings } = known ? { outline: known } : await outlineXlsx(source.path, source.name);
  return outline.map((sheet, i) =>
    toSheet(source, sheet, () => opened?.rows(i) ?? scanSheet(sheet.plan, strings)),
  );
}

/**
 * A workbook's worksheets with their first rows, and its table of strings where it is loaded for all of them together;
 * `where` is its name, for failures.
 */
export async function outlineXlsx(
  file: string,
  where: string,
): Promise<{ outline: SheetOutline[]; strings: SharedStrings | undefined }> {
  const workbook = await readWorkbook(await readZip(file, where));
  const strings = await loadCommonStrings(workbook);
  const outline: SheetOutline[] = [];
  for (const sheet of workbook.sheets) outline.push(await outlineSheet(workbook, sheet, strings));
  return { outline, strings };
}

/** A table of strings up to this size is loaded once and kept for all sheets. */
const KEPT_BYTES = 32 * 1024 * 1024;

async function loadCommonStrings({ zip, strings }: Workbook): Promise<SharedStrings | undefined> {
  if (strings === undefined || strings.size > KEPT_BYTES) return undefined;
  return loadSharedStrings(openSharedStrings(zip, strings));
}
