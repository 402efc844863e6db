import { createHash } from 'node:crypto';

/**
 * The bookmark of a figure's n-th appearance in a document, n from 1: "mz_3f9c…_1". Figure ids are Chinese and may be
 * long, bookmark names must be at most 40 letters, digits and underscores, hence a hash (64 bits of SHA-256 of the id).
 */
export function toBookmarkName(figure: string, n: number): string {
  return `mz_${createHash('sha256').update(figure).digest('hex').slice(0, 16)}_${n}`;
}

/** Leads the name of a bookmark back to one of these figure ids; null for a bookmark that is not ours. */
export function createFigureFinder(figures: Iterable<string>): (name: string) => string | null {
  const byName = new Map([...figures].map((figure) => [toBookmarkName(figure, 1).slice(0, -1), figure]));
  return (name) => byName.get(name.replace(/\d+$/, '')) ?? null;
}

/** Gives every appearance of a figure in one document its own bookmark name and id. */
export function createBookmarks(): (figure: string) => { name: string; id: number; n: number } {
  const seen = new Map<string, number>();
  let id = 0;
  return (figure) => {
    const n = (seen.get(figure) ?? 0) + 1;
    seen.set(figure, n);
    id += 1;
    return { name: toBookmarkName(figure, n), id, n };
  };
}

/** Gives out the names and ids of one document's bookmarks. */
export type Bookmarks = ReturnType<typeof createBookmarks>;
