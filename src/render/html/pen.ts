import { type Explanation, explain } from '../../explain/index.ts';
import type { Report, Run } from '../../model.ts';
import { createBookmarks } from '../bookmark.ts';
import { conceal } from './conceal.ts';
import { escapeHtml } from './escape.ts';
import { splitTyped } from './typed.ts';

/** A place in the document to which the list beside it leads. */
export interface Place {
  kind: '待核' | '待填' | 'typed' | 'figure';
  /** Id of its element. */
  anchor: string;
  text: string;
  /** Id of the figure; null where there is none. */
  figure: string | null;
}

/** Writes the runs of one document and remembers what it wrote. */
export interface Pen {
  /** Runs as inline HTML: figures that can be asked, placeholders, numbers that a person typed. */
  write(runs: readonly Run[]): string;
  /** The same of a heading or title, in which numbers are names. */
  head(runs: readonly Run[]): string;
  /** In the order of the document. */
  places: Place[];
  /** What the figures in it say about themselves, with the id of the element in which they say it. */
  bases: Map<string, { id: string; explanation: Explanation }>;
}

/** A pen with empty memory. */
export function createPen(report: Report, withheld: ReadonlySet<string> = new Set()): Pen {
  const bookmarks = createBookmarks();
  const places: Place[] = [];
  const bases: Pen['bases'] = new Map();
  const remember = (kind: Place['kind'], text: string, figure: string | null): string => {
    const anchor = figure === null ? `mz_t${places.length + 1}` : bookmarks(figure).name;
    places.push({ kind, anchor, text, figure });
    return anchor;
  };
  const ask = (figure: string): string | null => {
    const known = bases.get(figure);
    if (known) return known.id;
    const explanation = explain(figure, report);
    if (!explanation) return null;
    bases.set(figure, { id: `basis${bases.size + 1}`, explanation: conceal(explanation, withheld) });
    return `basis${bases.size}`;
  };
  const toText = (text: string): string =>
    splitTyped(text)
      .map((piece) =>
        piece.typed === null
          ? escapeHtml(piece.text)
          : `<span class="typed" id="${remember('typed', piece.typed, null)}" tabindex="-1">${escapeHtml(piece.text)}</span>`,
      )
      .join('');
  const toElement = (run: Run, isHead: boolean): string => {
    const text = escapeHtml(run.text);
    if (text === '') return '';
    if (run.type === 'text') return isHead ? text : toText(run.text);
    const kind = run.type === 'figure' ? 'figure' : run.kind;
    const about = toAbout(remember(kind, run.text, run.figure), run.figure, ask);
    return run.type === 'figure'
      ? `<span class="figure"${about}>${text}</span>`
      : `<mark data-kind="${run.kind}"${about}>${text}</mark>`;
  };
  return {
    write: (runs) => runs.map((run) => toElement(run, false)).join(''),
    head: (runs) => runs.map((run) => toElement(run, true)).join(''),
    places,
    bases,
  };
}

/** What an element says of its figure; with a basis it can be reached and pressed by keyboard as a button can. */
function toAbout(anchor: string, figure: string | null, ask: (figure: string) => string | null): string {
  if (figure === null) return ` id="${anchor}" tabindex="-1"`;
  const basis = ask(figure);
  const own = ` id="${anchor}" data-figure="${escapeHtml(figure)}"`;
  return basis === null
    ? own
    : `${own} data-basis="${basis}" role="button" tabindex="0" aria-haspopup="dialog" aria-expanded="false"`;
}
