/** Characters that take two columns of a terminal: Chinese and its punctuation. */
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’—…]/u;

/** What no line begins with. */
const CLOSING = /^[，。；：、）”’》〕？！]/u;

/** Columns that a text takes on a terminal. */
export const toWidth = (text: string): number =>
  [...text].reduce((sum, each) => sum + (WIDE.test(each) ? 2 : 1), 0);

/** A text in lines of at most so many columns: broken at spaces and between Chinese characters, but not before 。 and the like. */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = [];
  let current = '';
  for (const piece of toPieces(line)) {
    if (current !== '' && toWidth((current + piece).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else current += piece;
  }
  return [...lines, current.trimEnd()].join('\n');
}

/** What stays together: a Latin word with the space behind it, or a Chinese character with the closing marks behind it. */
function toPieces(line: string): string[] {
  const pieces: string[] = [];
  for (const each of line.match(/[\x21-\x7e]+ *|\s+|[^\x20-\x7e]\s*/gu) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && CLOSING.test(each)) pieces[pieces.length - 1] = last + each;
    else pieces.push(each);
  }
  return pieces;
}
