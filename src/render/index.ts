import type { Draft, Report } from '../model.ts';
import type { Style } from './style.ts';

export { createFigureFinder, toBookmarkName } from './bookmark.ts';
export {
  isRecordProperty,
  type Printed,
  type PrintedRecord,
  parseProperties,
  toProperties,
} from './record.ts';
export type { Style } from './style.ts';
export { parseStyle } from './style.ts';
export { type Appearance, toAppearances } from './words.ts';

/** A format that only prints ignores the report; one that lets a reader ask (html) or doubts (docx) looks figures up in it. */
type Renderer = (draft: Draft, style: Style, report: Report) => Uint8Array | Promise<Uint8Array>;

/** Format → its file, loaded only when asked for: the docx library alone takes longer to load than md takes to write. */
const RENDERERS = {
  docx: async (): Promise<Renderer> => (await import('./docx/document.ts')).renderDocx,
  html: async (): Promise<Renderer> => (await import('./html/document.ts')).renderHtml,
  md: async (): Promise<Renderer> => (await import('./md.ts')).renderMd,
  txt: async (): Promise<Renderer> => (await import('./txt.ts')).renderTxt,
};

export type Format = keyof typeof RENDERERS;

/** All formats; each is also the file name extension. */
export const FORMATS = Object.keys(RENDERERS) as Format[];

/** Begins to load what the formats need, so that it is there when the draft is. */
export function loadRenderers(formats: Format[]): void {
  for (const format of formats) RENDERERS[format]().catch(() => {});
}

/** The draft as the bytes of a file, with what `report` knows of its figures; the same three always give the same bytes. */
export async function render(
  draft: Draft,
  format: Format,
  style: Style,
  report: Report,
): Promise<Uint8Array> {
  const renderer = await RENDERERS[format]();
  return renderer(draft, style, report);
}
