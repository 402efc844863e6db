import type { FieldSpec } from '../catalogue/index.ts';
import type { HeadRow } from '../model.ts';
import { type Columns, matchColumns, type Synonyms } from './columns.ts';

/** Where the head is and what its columns are. */
export interface Head extends Columns {
  /** Rows of the head. */
  rows: HeadRow[];
  /** Rows above it. */
  above: HeadRow[];
}

const SEARCHED_ROWS = 40;
const MOST_HEAD_ROWS = 4;

/** The window of one to four rows that names the most fields; fewer rows win a tie. Null when no two fields are named. */
export function findHead(rows: HeadRow[], synonyms: Synonyms, fields: Map<string, FieldSpec>): Head | null {
  let best: Head | null = null;
  let bestCount = 1;
  for (let height = 1; height <= MOST_HEAD_ROWS; height++) {
    for (let top = 0; top + height <= Math.min(rows.length, SEARCHED_ROWS); top++) {
      const window = rows.slice(top, top + height);
      const columns = matchColumns(window, synonyms, fields);
      const count = countFields(columns, fields);
      if (count > bestCount) {
        best = { ...columns, rows: window, above: rows.slice(0, top) };
        bestCount = count;
      }
    }
  }
  return best;
}

/** Clashing fields count once: the head is there even where two columns fight over a field. */
function countFields({ matches, clashes }: Columns, fields: Map<string, FieldSpec>): number {
  const named = matches.filter((match) => match.field !== null && fields.has(match.field));
  return named.length + clashes.length;
}
