import type { Sheet, Source } from '../../model.ts';
import { loadSharedStrings, openSharedStrings, type SharedStrings } from './shared-strings.ts';
import { readSheet } from './sheet.ts';
import { readWorkbook, type Workbook } from './workbook.ts';
import { readZip } from './zip.ts';

export { isEncryptedOle } from './zip.ts';

/** Opens a workbook and reads the first rows of each worksheet; everything wrong with the file is a `Failure`. */
export async function readXlsx(source: Source): Promise<Sheet[]> {
  const workbook = await readWorkbook(await readZip(source.path, source.name));
  const table = await loadCommonStrings(workbook);
  const sheets: Sheet[] = [];
  for (const sheet of workbook.sheets) sheets.push(await readSheet(source, workbook, sheet, table));
  return sheets;
}

/** A table of strings up to this size is loaded once and kept for all sheets. */
const KEPT_BYTES = 32 * 1024 * 1024;

async function loadCommonStrings({ zip, strings, sheets }: Workbook): Promise<SharedStrings | undefined> {
  if (strings === undefined || sheets.length === 1 || strings.size > KEPT_BYTES) return undefined;
  return loadSharedStrings(openSharedStrings(zip, strings));
}
