import { extname } from 'node:path';
import { Failure } from '../../failure.ts';
import { type Passage, toMdPassages, toTxtPassages } from './passage.ts';

/** The passages of a text that people wrote, md or plain; throws on anything else. A docx is opened as a package. */
export function readPassages(bytes: Uint8Array, name: string): Passage[] {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw notDraft(name, '旧版 Word 文档（.doc）');
  const text = decode(bytes, name);
  if (/^\s*(?:<!doctype html|<html|<\?xml|%PDF|\{\\rtf)/i.test(text))
    throw notDraft(name, '网页、PDF 或 RTF');
  return /^\.(?:md|markdown)$/i.test(extname(name)) ? toMdPassages(text) : toTxtPassages(text);
}

/** True for a docx and every other zip. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const notDraft = (where: string, found: string): Failure => new Failure('draft-type', { where, found });

/** Notepad writes UTF-8, UTF-16 or the system's GB18030. */
function decode(bytes: Uint8Array, where: string): string {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : null;
  for (const encoding of marked === null ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one; none of them: no text.
    }
  }
  throw new Failure('file-encoding', { where });
}
