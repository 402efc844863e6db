import type { Sheet, Source } from '../../model.ts';
import { readSheet, type StringsHolder } from './sheet.ts';
import { readWorkbook } from './workbook.ts';
import { readZip } from './zip.ts';

export { isEncryptedOle } from './zip.ts';

/** Opens a workbook and reads the first rows of each worksheet; everything wrong with the file is a `Failure`. */
export async function readXlsx(source: Source): Promise<Sheet[]> {
  const workbook = await readWorkbook(await readZip(source.path, source.name));
  const holder: StringsHolder = { strings: undefined };
  const sheets: Sheet[] = [];
  for (const sheet of workbook.sheets) sheets.push(await readSheet(source, workbook, sheet, holder));
  return sheets;
}
