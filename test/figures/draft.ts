/** A draft as text, and where in it which figure stands. */
export interface Draft {
  text: string;
  figures: { id: string; from: number; to: number }[];
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};
const toPlain = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** Reads the HTML of a draft. */
export function readDraft(html: string): Draft {
  const draft: Draft = { text: '', figures: [] };
  const body = html.slice(html.indexOf('<body'));
  for (const part of body.split(/(<span class="figure"[^>]*>[^<]*<\/span>)/)) {
    const id = /^<span class="figure"[^>]* data-figure="([^"]*)"/.exec(part)?.[1];
    const from = draft.text.length;
    draft.text += toPlain(part);
    if (id !== undefined) draft.figures.push({ id: toPlain(id), from, to: draft.text.length });
  }
  return draft;
}

const baseOf = (id: string): string => id.split('#')[0] ?? '';

/** What the figures print where the words stand, with everything else left out; '' where they do not stand together. */
export function findPrinted({ text, figures }: Draft, words: string, ids: readonly string[]): string {
  const wanted = new Set(ids.map(baseOf));
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const inside = figures.filter(({ from, to }) => from < at + words.length && to > at);
    const printed = inside.filter(({ id }) => wanted.has(baseOf(id)));
    if (printed.length > 0) return printed.map(({ from, to }) => text.slice(from, to)).join(' ');
  }
  return '';
}
