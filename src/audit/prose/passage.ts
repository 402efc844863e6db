/** A bookmark in a passage: the offsets of what it encloses. */
export interface Mark {
  name: string;
  from: number;
  to: number;
}

/** A paragraph, or a row of a table with its cells parted by tabs, of a document that people wrote. */
export interface Passage {
  /** Chinese: 第12行, 第3段, 表2第4行. */
  place: string;
  /** Number of its line, or of the paragraph in a docx; from 1. */
  line: number;
  text: string;
  marks: Mark[];
}

/** The lines of a plain text; lines without a word are left out. */
export function toTxtPassages(text: string): Passage[] {
  return toLines(text).map(({ line, content }) => toPassage(line, content));
}

/** The lines of a Markdown text without its marks. */
export function toMdPassages(text: string): Passage[] {
  return toLines(text)
    .filter(({ content }) => !/^\|?[\s|:-]+\|?$/.test(content))
    .map(({ line, content }) => toPassage(line, withoutMarkdown(content)));
}

const toPassage = (line: number, text: string): Passage => ({ place: `第${line}行`, line, text, marks: [] });

function toLines(text: string): { line: number; content: string }[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ line: index + 1, content }))
    .filter(({ content }) => content.trim() !== '');
}

function withoutMarkdown(line: string): string {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  const plain =
    row === undefined
      ? line
          .replace(/^\s*#{1,6}\s+/, '')
          .replace(/^\s*(?:>\s*)+/, '')
          .replace(/^\s*[-*+]\s+/, '')
      : row
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim())
          .join('\t');
  return plain.replace(/\*\*|__|`/g, '').replace(/\\([\\`*_[\]<>~&|#.()+=-])/g, '$1');
}
