import type { Catalogue } from '../catalogue/index.ts';
import { toComparable, toPlain } from './label.ts';
import { findMonth } from './month.ts';
import { findSynonyms, type Synonyms } from './synonyms.ts';

/** What a column's label says when it is one of several side by side: 一月份 人数 → month 01, field persons. */
export interface WideLabel {
  says: Record<string, string>;
  /** Field of what is left of the label; null when nothing is left, so that the label says only whose value it is. */
  field: string | null;
}

/** What wide labels are read with. */
export interface WideReader {
  totals: Set<string>;
  synonyms: Synonyms;
  catalogue: Catalogue;
  /** The programme and 款项 that a text names and nothing else. */
  findProgramme(text: string): { programme: string; item: string | null } | null;
}

/** Prepares the dictionary for one sheet; `findProgramme` is null where programmes side by side are not looked for. */
export function toWideReader(
  synonyms: Synonyms,
  findProgramme: WideReader['findProgramme'] | null,
  catalogue: Catalogue,
): WideReader {
  return {
    totals: new Set(catalogue.rowWords.合计),
    synonyms,
    catalogue,
    findProgramme: findProgramme ?? (() => null),
  };
}

/** Reads a label, parents first; null when it says nothing of the kind, is a total, or leaves words that are no measure. */
export function readWideLabel(label: string[], reader: WideReader): WideLabel | null {
  const says: Record<string, string> = {};
  const rests: string[] = [];
  for (const part of label) {
    const plain = toPlain(part).replace(/^(其中|#)[:：]?/, '');
    if (reader.totals.has(plain)) return null;
    const rest = takeWords(plain, says, reader);
    if (rest !== '') rests.push(rest);
  }
  if (Object.keys(says).length === 0) return null;
  if (rests.length === 0) return { says, field: null };
  const field = findMeasure(rests, reader);
  return field === null ? null : { says, field };
}

/** Takes month, group value and programme off the front of a text; what is left is the measure's name. */
function takeWords(text: string, says: Record<string, string>, reader: WideReader): string {
  const month = findMonth(text);
  if (month) {
    says.month = month.year ? `${month.year}-${month.month}` : month.month;
    return takeWords(month.rest, says, reader);
  }
  const plain = toComparable(text);
  const value = reader.synonyms.values.find(
    ({ field, word }) => says[field] === undefined && plain.startsWith(word),
  );
  if (value) {
    says[value.field] = value.canonical;
    return takeWords(text.slice(value.word.length).replace(/^的/, ''), says, reader);
  }
  const named = text === '' ? null : reader.findProgramme(text);
  if (named === null || says.programme !== undefined) return text;
  says.programme = named.programme;
  says.item = named.item ?? '';
  return '';
}

/** The measure that the rest of a label names: the whole rest first, then its last part. */
function findMeasure(rests: string[], { synonyms, catalogue }: WideReader): string | null {
  for (const text of [rests.join(''), rests.at(-1) ?? '']) {
    const found = findSynonyms(text, synonyms)
      .filter(({ field }) => ['金额', '整数', '小数'].includes(catalogue.fields.get(field)?.类型 ?? ''))
      .sort((a, b) => a.rank - b.rank)[0];
    if (found) return found.field;
  }
  return null;
}
