export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
export const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it may stand in XML, between tags or in quotes. */
export const escapeXml = (text: string): string =>
  clean(text).replace(/[&<>"\t\n\r]/g, (char) => ENTITIES[char] ?? ' ');

/** XML 1.0 has no way to write these; one of them, from a pasted cell, makes the whole file unreadable. */
export function clean(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
