import type { Catalogue } from '../catalogue/index.ts';
import { toComparable, withoutUnit } from './label.ts';

/** A field that claims a word, with 0 for 首选 and 1 for 末选, and the word's place in the list. */
export interface Synonym {
  field: string;
  rank: number;
  order: number;
}

/** The dictionary turned round, once per run. */
export interface Synonyms {
  /** Comparable head text → the fields that claim it. */
  words: Map<string, Synonym[]>;
  /** Values of the fields by which wide sheets unfold (城市, 集中供养), longest first; `word` is comparable. */
  values: { field: string; word: string; canonical: string }[];
}

/** The fields that a text as people write it may name. */
export const findSynonyms = (text: string, synonyms: Synonyms): Synonym[] =>
  [...new Set([toComparable(text), withoutUnit(text)])].flatMap((key) => synonyms.words.get(key) ?? []);

/** Turns the dictionary round once per run. */
export function toSynonyms(catalogue: Catalogue): Synonyms {
  const words: Synonyms['words'] = new Map();
  const add = (word: string, field: string, rank: number, order: number) => {
    for (const key of new Set([toComparable(word), withoutUnit(word)])) {
      const claims = words.get(key) ?? [];
      if (!claims.some((claim) => claim.field === field)) claims.push({ field, rank, order });
      words.set(key, claims);
    }
  };
  for (const [field, spec] of catalogue.fields) {
    spec.首选.forEach((word, order) => {
      add(word, field, 0, order);
    });
    spec.末选.forEach((word, order) => {
      add(word, field, 1, order);
    });
  }
  return { words, values: toValues(catalogue) };
}

function toValues(catalogue: Catalogue): Synonyms['values'] {
  const values = catalogue.wide.维度.flatMap((field) =>
    Object.entries(catalogue.fields.get(field)?.取值 ?? {}).flatMap(([canonical, spellings]) =>
      [canonical, ...spellings]
        .filter((word) => word.length >= 2)
        .map((word) => ({ field, word: toComparable(word), canonical })),
    ),
  );
  return values.sort((a, b) => b.word.length - a.word.length);
}
