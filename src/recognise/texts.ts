import type { Catalogue } from '../catalogue/index.ts';
import type { HeadRow, Sheet } from '../model.ts';
import type { Head } from './head.ts';
import { toPlain } from './label.ts';

/** The texts that stand around a table, by what may be looked for in them. */
export interface Texts {
  /** Rows above the head. */
  preamble: string[];
  /** Where the business is looked for: instructions name others (特困人员不得重复填报), so they come last. */
  titles: string[];
  /** Where the period is looked for: not 填表日期. */
  dated: string[];
  /** Unit rows and brackets. */
  units: string[];
}

const LONGEST_TITLE = 40;

/** Sorts the rows above a head, the sheet's and the file's name by what they may say. */
export function toTexts(sheet: Sheet, head: Head, { rowWords }: Catalogue): Texts {
  const preamble = head.above.map(toLine);
  const starts = (words: string[]) => (text: string) =>
    words.some((word) => toPlain(text).startsWith(toPlain(word)));
  const isInstruction = (line: string) => line.length > LONGEST_TITLE || starts(rowWords.说明)(line);
  const dated = head.above.map((row) =>
    toLine({ ...row, cells: row.cells.filter((cell) => !starts(rowWords.表尾)(cell)) }),
  );
  const short = preamble.filter((line) => !isInstruction(line));
  return {
    preamble,
    titles: [sheet.name, ...short, sheet.source.name, ...preamble.filter(isInstruction)],
    dated: [sheet.name, ...dated, sheet.source.name],
    units: preamble.filter((line) => /单位[:：]/.test(line)),
  };
}

const toLine = (row: HeadRow): string =>
  row.cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' ');
