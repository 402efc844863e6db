import type { Run } from '../model.ts';

/** The runs as one plain text, as printed. */
export function toPlainText(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('');
}

/** How wide a text is in 字: an ASCII character is half of one; `gap` 字 are added wherever Chinese meets a digit or letter. */
export function measureText(text: string, gap: number): number {
  const chars = [...text].map((char) => (/[\x20-\x7e]/.test(char) ? 0.5 : 1));
  const meetings = text.match(/(?<=\p{Script=Han})(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=\p{Script=Han})/gu);
  return chars.reduce((sum, width) => sum + width, 0) + (meetings?.length ?? 0) * gap;
}

/** A text file of ours holds nothing that a terminal would obey: no control characters but tabs and ends of lines. */
export const toTextBytes = (text: string): Uint8Array =>
  new TextEncoder().encode(text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, ''));
