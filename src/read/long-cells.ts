import type { Batch, Sheet } from '../model.ts';

/** No field of any table is as long; one shared text of 32,767 characters may stand in a million cells. */
const MOST_CHARACTERS = 1000;

/** The sheet with over-long texts cut, so that what loads its rows needs no more memory than their number says. */
export function withShortCells(sheet: Sheet): Sheet {
  return {
    ...sheet,
    head: sheet.head.map(({ number, cells }) => ({ number, cells: toShortTexts(cells) })),
    async *read() {
      for await (const batch of sheet.read()) yield toShortBatch(batch);
    },
  };
}

function toShortBatch(batch: Batch): Batch {
  if (batch.packed && batch.packed.longest <= MOST_CHARACTERS) return batch;
  return { ...batch, columns: batch.columns.map(toShortTexts), packed: null };
}

function toShortTexts(texts: string[]): string[] {
  return texts.some(isLong) ? texts.map(toShortText) : texts;
}

/** A text of at most 1,000 characters: what is longer ends in …, cut again it stays the same. */
export const toShortText = (text: string): string => (isLong(text) ? toShort(text) : text);

const isLong = (text: string): boolean => text.length > MOST_CHARACTERS;

/** A part of a string keeps the whole of it alive; through bytes it becomes one of its own. */
const toShort = (text: string): string =>
  `${Buffer.from(text.slice(0, MOST_CHARACTERS))
    .toString()
    .replace(/\ufffd$/, '')}…`;
