/** Chinese characters and their punctuation are two columns of a terminal wide, all others one. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2026]/u;
/** What no line may begin with. */
const CLOSING = /^[，。；：、）》〕”’！？…—,.;:)%]/u;

/** How many columns of a terminal a text takes. */
export const toWidth = (text: string): number =>
  [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0);

/** Cuts a text into lines of at most `width` columns, words and numbers in one piece where they fit. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of toPieces(text).flatMap((each) => (toWidth(each) > width ? [...each] : [each]))) {
    if (line !== '' && toWidth(line + piece) > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return [...lines, line];
}

/** Characters between which a line may end; closing punctuation stays with what it closes. */
function toPieces(text: string): string[] {
  const pieces: string[] = [];
  for (const [piece] of text.matchAll(/[\x21-\x7e]+| +|./gsu)) {
    if (CLOSING.test(piece) && pieces.length > 0) pieces.push(`${pieces.pop()}${piece}`);
    else pieces.push(piece);
  }
  return pieces;
}
