import type { Run } from '../../model.ts';
import type { Bookmarks } from '../bookmark.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in an element or in a quoted attribute; characters that no text has fall away. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}

/** Runs as inline HTML: a figure in an element that says which one it is, a placeholder marked. */
export function toInline(runs: readonly Run[], bookmarks: Bookmarks): string {
  return runs.map((run) => toElement(run, bookmarks)).join('');
}

function toElement(run: Run, bookmarks: Bookmarks): string {
  const text = escapeHtml(run.text);
  if (text === '' || run.type === 'text') return text;
  const about =
    run.figure === null ? '' : ` id="${bookmarks(run.figure).name}" data-figure="${escapeHtml(run.figure)}"`;
  return run.type === 'figure'
    ? `<span class="figure"${about}>${text}</span>`
    : `<mark data-kind="${run.kind}"${about}>${text}</mark>`;
}
