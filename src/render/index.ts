import type { Draft } from '../model.ts';
import type { Style } from './style.ts';

export type { Style } from './style.ts';
export { parseStyle } from './style.ts';

type Renderer = (draft: Draft, style: Style) => Uint8Array | Promise<Uint8Array>;

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

/** The draft as the bytes of a file; the same draft and style always give the same bytes. */
export async function render(draft: Draft, format: Format, style: Style): Promise<Uint8Array> {
  const renderer = await RENDERERS[format]();
  return renderer(draft, style);
}
